import { describeSameBytes } from "./same-bytes.ts";

describeSameBytes("memory");
describeSameBytes("a file");
