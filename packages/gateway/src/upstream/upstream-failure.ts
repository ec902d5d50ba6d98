// What keeps an upstream from answering: a thing of the network, which passes, told apart from bugs.

/** How far the request had come. */
export type FailurePhase =
  /** No connection was free, and too many requests waited for one. */
  | "queue"
  /** No connection came about; nothing was sent. */
  | "connect"
  /** The answer's head did not come, or was not one. */
  | "head"
  /** The answer broke off, or was not framed as it said. */
  | "body";

/** For operators: its message may name hosts and ports, and is never shown to a caller. */
export class UpstreamFailure extends Error {
  override readonly name = "UpstreamFailure";
  readonly phase: FailurePhase;

  constructor(phase: FailurePhase, cause: unknown) {
    const said = cause instanceof Error ? cause.message || cause.name : String(cause);
    super(`the upstream failed (${phase}): ${said}`, { cause });
    this.phase = phase;
  }
}
