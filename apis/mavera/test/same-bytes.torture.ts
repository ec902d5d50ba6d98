import { describeSameBytes } from "@sluice-internal/both-ways/describe-same-bytes";
import { subject } from "./subject.ts";

describeSameBytes(subject, "servers");
