import { describeSameBytes } from "./same-bytes.ts";

describeSameBytes("servers");
