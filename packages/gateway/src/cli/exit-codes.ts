// How a command ends, for whoever runs it in a script.

import { StartError } from "../start-error.ts";

export const exitCodes = {
  fine: 0,
  /** Wrong use, or a refusal. */
  refused: 1,
  /** It is not there, or what was proved is not so. */
  notThere: 2,
  /** Nobody answers, or a store is down. */
  notReached: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A failure that says how the command ends. Its message says what to do next. */
export class CommandError extends StartError {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}
