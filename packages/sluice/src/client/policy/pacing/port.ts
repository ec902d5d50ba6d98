// What is asked of a pacer: when a call may leave; and what it is told: what the call came back with.
import type { RateState } from "../../failure/hints.ts";
import type { Describable } from "./described.ts";

/** What a server counts: nearly always all calls of one key, in one window. */
export interface Pacer {
  /**
   * How long until one more call of this operation may leave, 0 for now; `Infinity` is never answered. Without an
   * operation: how long no call at all may. Does not take anything.
   */
  waitMs(nowMs: number, operation?: string): number;
  /** A call leaves. */
  sent(nowMs: number, operation?: string): Flight;
  /** Operations that may have to wait while others need not. */
  readonly apart: readonly string[];
  /** For tests and events: what the pacer believes. */
  readonly belief: Describable & { readonly inFlight: number };
}

export interface Flight {
  /**
   * Its answer's head came. `states` as the headers said, empty where they said nothing; `refused` when it was a 429
   * for the rate.
   */
  answered(nowMs: number, states: readonly RateState[], refused?: Refused): void;
  /** It failed without an answer: whether the server counted it, nobody knows (so it is counted). */
  lost(nowMs: number): void;
}

export interface Refused {
  /** As the server said. */
  readonly waitMs: number | undefined;
}
