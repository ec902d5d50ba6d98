/** Work that has been handed to the upstream, and the ways in which it is ended from outside. */
import type { Work } from "./upstream.ts";

export interface RunningWork {
  readonly work: Work;
  /** Why it was aborted; undefined while it was not. */
  readonly abortReason: unknown;
  /** The result, or a `DeadlineError` when the operation's deadline passes first. */
  withinDeadline<T>(result: Promise<T>): Promise<T>;
  /** Aborts the work's signal at the deadline, also where nobody waits for a result. */
  keepDeadline(): void;
  /** Stops listening and timing. */
  close(): void;
}

/** Thrown at the deadline; whoever waits for the work turns it into `upstream_timeout`. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
}
