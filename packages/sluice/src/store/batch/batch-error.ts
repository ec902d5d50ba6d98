// Why a command was not run, or why nobody knows whether it was: all that a batcher itself throws.

/**
 * `overloaded`, `closed`: it was not run. `stalled`: the engine does not answer; what it had been handed
 * may have run or may still run. `broken`: the engine's answer was not one.
 */
export type BatchErrorReason = "overloaded" | "closed" | "stalled" | "broken";

/** A batcher could not do what it was asked. */
export class BatchError extends Error {
  override readonly name: string = "BatchError";
  readonly reason: BatchErrorReason;

  constructor(reason: BatchErrorReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
