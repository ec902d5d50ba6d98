/** What comes of waiting in the lane. */
import type { Flight } from "./policy/pacer.ts";
import type { Ticket } from "./policy/queue.ts";

/** The right to send once. */
export interface Turn {
  readonly kind: "turn";
  readonly ticket: Ticket;
  readonly flight: Flight | undefined;
  /** In the lane. */
  readonly waitedMs: number;
  /** What held it up when it came. */
  readonly heldBy: "rate" | "concurrency" | undefined;
}

/** Nothing was sent: the queue is full, or its turn would come after its deadline. */
export interface Turned {
  readonly kind: "full" | "late";
  /** Until it could have left. */
  readonly waitMs: number;
}
