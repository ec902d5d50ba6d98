// Rate windows and concurrency slots in memory: everything is looked at first, then everything is
// taken, or nothing. The hot path of an embedded gate, so it makes no object but its answer.

import type {
  Admission,
  Admitted,
  LimitRefused,
  Limits,
  SlotClaim,
  WindowClaim,
  WindowState,
} from "../../gate/stores.ts";
import { assertDifferent, refuseCost } from "../claims/index.ts";
import { ExactWindow } from "./exact-window.ts";
import { Hand } from "./hand.ts";
import { Slots } from "./slots.ts";

const NO_SLOTS: readonly number[] = [];

/**
 * Exact, and forgotten with the process. A clock that steps back stands still here until it has
 * caught up: nothing that was let go comes back, and no window admits more than its limit.
 */
export class MemoryLimits implements Limits {
  readonly #counters = new Map<string, ExactWindow>();
  readonly #hand = new Hand(this.#counters, (counter, nowMs) => counter.isIdle(nowMs));
  readonly #slots = new Slots();
  /** Scratch: the counters of the admission in hand, in the order of its claims. */
  readonly #found: (ExactWindow | undefined)[] = [];
  #clockMs: number = Number.NEGATIVE_INFINITY;

  admit(admission: Admission, nowMs: number): Admitted | LimitRefused {
    const { windows, slots } = admission;
    if (windows.length > 1) assertDifferent(windows);
    if (slots.length > 1) assertDifferent(slots);
    if (nowMs > this.#clockMs) this.#clockMs = nowMs;

    let longestMs = 0;
    let kind: "window" | "slot" = "window";
    let index = 0;
    for (let at = 0; at < windows.length; at++) {
      const waitMs = this.#windowWaitMs(windows[at] as WindowClaim, at, nowMs);
      if (waitMs <= longestMs) continue;
      longestMs = waitMs;
      index = at;
    }
    for (let at = 0; at < slots.length; at++) {
      const waitMs = this.#slots.waitMs(slots[at] as SlotClaim, this.#clockMs, nowMs);
      if (waitMs <= longestMs) continue;
      longestMs = waitMs;
      kind = "slot";
      index = at;
    }
    if (longestMs === 0) {
      this.#take(admission, nowMs);
      return {
        admitted: true,
        windows: this.#states(windows, nowMs),
        slotsTaken: this.#slotsTaken(slots),
      };
    }
    return {
      admitted: false,
      windows: this.#states(windows, nowMs),
      slotsTaken: this.#slotsTaken(slots),
      refusedBy: { kind, index },
      retryAfterMs: longestMs,
    };
  }

  release(slots: readonly SlotClaim[]): void {
    for (const slot of slots) this.#slots.release(slot);
  }

  /** Leases of a slot that run at the latest time this has seen. */
  slotsInUse(id: string): number {
    return this.#slots.inUse(id, this.#clockMs);
  }

  /** How many windows are kept in memory: below about twice those in which something counts. */
  get countersHeld(): number {
    return this.#counters.size;
  }

  /** How many slot ids are kept in memory. */
  get slotIdsHeld(): number {
    return this.#slots.idsHeld;
  }

  #windowWaitMs(claim: WindowClaim, at: number, nowMs: number): number {
    if (!(claim.cost >= 1)) refuseCost(claim);
    const counter = this.#counters.get(claim.id);
    this.#found[at] = counter;
    if (counter === undefined) return claim.cost > claim.limit ? Number.POSITIVE_INFINITY : 0;
    if (nowMs < this.#clockMs) counter.catchUp(this.#clockMs);
    return counter.waitMs(claim, nowMs);
  }

  #take({ windows, slots }: Admission, nowMs: number): void {
    let created = 0;
    for (let at = 0; at < windows.length; at++) {
      const claim = windows[at] as WindowClaim;
      let counter = this.#found[at];
      if (counter === undefined) {
        counter = this.#create(claim.id, at);
        created++;
      }
      counter.take(claim, nowMs);
    }
    // Only now: the hand must not drop an idle counter that this admission is about to use.
    for (; created > 0; created--) this.#hand.sweep(this.#clockMs);
    for (let at = 0; at < slots.length; at++) {
      this.#slots.take(slots[at] as SlotClaim, this.#clockMs);
    }
  }

  #create(id: string, at: number): ExactWindow {
    const counter = new ExactWindow();
    counter.catchUp(this.#clockMs);
    this.#counters.set(id, counter);
    this.#found[at] = counter;
    return counter;
  }

  #slotsTaken(slots: readonly SlotClaim[]): readonly number[] {
    return slots.length === 0 ? NO_SLOTS : slots.map(({ id }) => this.slotsInUse(id));
  }

  #states(windows: readonly WindowClaim[], nowMs: number): WindowState[] {
    const states: WindowState[] = [];
    for (let at = 0; at < windows.length; at++) {
      const claim = windows[at] as WindowClaim;
      const counter = this.#found[at];
      states.push(
        counter === undefined
          ? { remaining: claim.limit, resetMs: 0 }
          : counter.state(claim, nowMs),
      );
    }
    return states;
  }
}
