/** Work that has been handed to the upstream, and the ways in which it is ended from outside. */
import type { Work } from "./upstream.ts";

export interface RunningWork {
  readonly work: Work;
  /** Why it was aborted; undefined while it was not. */
  readonly abortReason: unknown;
  /**
   * What `conclude` makes of the result, or `fail` of what it rejects with, of what `conclude` throws, or of a `DeadlineError`
   * when the operation's deadline passes first. One of them is called, in one step: each more would cost every call a turn.
   */
  withinDeadline<T, U>(
    result: Promise<T>,
    conclude: (done: T) => U,
    fail: (error: unknown) => U,
  ): Promise<U>;
  /** Aborts the work's signal at the deadline, also where nobody waits for a result. */
  keepDeadline(): void;
  /** Stops listening and timing. */
  close(): void;
}

/** Thrown at the deadline; whoever waits for the work turns it into `upstream_timeout`. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
}
