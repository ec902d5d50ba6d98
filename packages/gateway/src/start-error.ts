// What whoever starts the gateway can put right.

import { type ExitCode, exitCodes } from "./exit-codes.ts";

/** Shown as it is, without a stack: its message says what is wrong and what to do. */
export class StartError extends Error {
  override readonly name = "StartError";
  readonly exitCode: ExitCode = exitCodes.refused;
}
