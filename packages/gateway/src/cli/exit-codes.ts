// A failure that says how its command ends.

import type { ExitCode } from "../exit-codes.ts";
import { StartError } from "../start-error.ts";

export { type ExitCode, exitCodes } from "../exit-codes.ts";

/** Its message says what to do next. */
export class CommandError extends StartError {
  override readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}
