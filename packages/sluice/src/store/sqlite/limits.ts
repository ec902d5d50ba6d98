// Rate windows and slots of an embedded gate: in memory, since one process serves, and put back after a
// restart from what the log knows.

import type { Clock } from "../../base/index.ts";
import type {
  Admission,
  Admitted,
  LimitRefused,
  Limits,
  SlotClaim,
  TakenPlaces,
} from "../../gate/stores.ts";
import { MemoryLimits } from "../memory/index.ts";

/**
 * Exact within one life of the process. A process that ends in order forgets no place; one that is killed
 * forgets those of requests whose rows the log had not written: those of the last quarter of a second, or
 * what its buffer held while it could not keep up. Slots are not put back: their calls died too.
 */
export class SqliteLimits implements Limits {
  readonly #memory = new MemoryLimits();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  admit(admission: Admission, nowMs: number): Admitted | LimitRefused {
    return this.#memory.admit(admission, nowMs);
  }

  release(slots: readonly SlotClaim[]): void {
    this.#memory.release(slots);
  }

  /**
   * Takes places as if their requests had come `ageMs` ago. To be called before the first request: what is
   * put back later counts from the newest time that was seen, so it stays too long rather than too short.
   */
  restore(places: readonly TakenPlaces[]): void {
    const nowMs = this.#clock.monotonicMs();
    for (const { id, windowMs, cost, ageMs } of places.toSorted((a, b) => b.ageMs - a.ageMs)) {
      if (ageMs >= windowMs) continue;
      // Whatever the limit is now: these were admitted.
      const window = { id, limit: Number.POSITIVE_INFINITY, windowMs, cost };
      this.#memory.admit({ windows: [window], slots: [] }, nowMs - Math.max(ageMs, 0));
    }
  }
}
