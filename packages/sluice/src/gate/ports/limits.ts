/** The port to what counts: rate windows and concurrency slots. */
import type { Awaitable } from "../../base/index.ts";

/** Rate windows and concurrency slots together, because a call takes all of them or none. */
export interface Limits {
  /**
   * Takes `cost` places in every window and one slot of every kind, or nothing at all.
   * Invariants: in any half-open interval (t - windowMs, t] no window admits more than its limit at that
   * time; what is refused leaves no trace; `retryAfterMs` is the first instant at which the same admission
   * passes if nobody else takes anything.
   * `nowMs` never goes back within one gate (its monotonic clock); a store with a clock of its own uses that.
   * Down: throws, or decides by what this process knows: see `whenDown`.
   */
  admit(admission: Admission, nowMs: number): Awaitable<Admitted | LimitRefused>;
  /**
   * Gives slots back. Idempotent: a slot that is not held is left alone.
   * @param owner As when they were claimed.
   */
  release(slots: readonly SlotClaim[], owner?: string): Awaitable<void>;
  /**
   * The longest that a job's slot stays taken after it was claimed, whatever the claim says: a gate claims those of its jobs
   * again in time, as does every gate on their ledger. Absent: for as long as was asked.
   */
  readonly jobLeaseMs?: number;
  /** True while any part of the store does not answer; absent where that cannot be. */
  readonly partlyDown?: boolean;
}

export interface Admission {
  readonly windows: readonly WindowClaim[];
  readonly slots: readonly SlotClaim[];
  /**
   * Whose all these counters are: the account. A store in several parts keeps what one owner has in one part, so
   * a counter is always claimed with the same owner. @default one owner for all that name none
   */
  readonly owner?: string;
  /**
   * What to do when the store does not answer: `throw`, or decide by a `local` count of this process alone, which
   * is exact for what passes here. A store that is never down ignores it. @default "throw"
   */
  readonly whenDown?: "local" | "throw";
}

export interface WindowClaim {
  /** One counter: the window's name and who owns it. */
  readonly id: string;
  /** May differ from one admission to the next: the current one counts. */
  readonly limit: number;
  readonly windowMs: number;
  /** Places that this call takes, 1 or more. More than `limit` can never pass. */
  readonly cost: number;
}

export interface SlotClaim {
  readonly id: string;
  /** One call: the request id. Claiming twice with one member takes one slot. */
  readonly member: string;
  /** 0: nobody gets one, and a member that has it keeps it for another lease. */
  readonly limit: number;
  /** After this long without a release the holder is taken for dead; claiming again for a shorter time takes nothing from it. */
  readonly leaseMs: number;
  /** A job has it: its lease does not end with this process, any process may claim it again, and any may give it back. */
  readonly detached?: boolean;
}

/** How one window stands after a decision. */
export interface WindowState {
  readonly remaining: number;
  /** Until the oldest place that counts comes free; 0 for an empty window. */
  readonly resetMs: number;
}

export interface Admitted {
  readonly admitted: true;
  /** In the order of the claims. */
  readonly windows: readonly WindowState[];
  /** How many slots of each kind are taken now, this call's included; in the order of the claims. */
  readonly slotsTaken: readonly number[];
  /** Only where the store did not answer, and this process decided alone: why. */
  readonly local?: { readonly cause: unknown };
}

export interface LimitRefused {
  readonly admitted: false;
  readonly windows: readonly WindowState[];
  /** As it stood; nothing was taken. */
  readonly slotsTaken: readonly number[];
  /** What was full; where several were, the one that takes longest. */
  readonly refusedBy: { readonly kind: "window" | "slot"; readonly index: number };
  /** Infinity when `cost` exceeds `limit`: waiting never helps. */
  readonly retryAfterMs: number;
  /** As in {@link Admitted}. */
  readonly local?: { readonly cause: unknown };
}

/** Places that were taken, `ageMs` ago. */
export interface TakenPlaces {
  readonly id: string;
  readonly windowMs: number;
  readonly cost: number;
  readonly ageMs: number;
}
