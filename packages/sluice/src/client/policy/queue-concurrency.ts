/** How many calls may run at once: one more each round trip while all is well, a tenth fewer when the server is full. */
import { insist } from "../decide/numbers.ts";

export interface ConcurrencySettings {
  readonly concurrencyStart: number;
  readonly concurrencyMin: number;
  readonly concurrencyMax: number;
}

/** `overloaded`: a timeout, a 503, a 429 for concurrency. `ignored`: what says nothing about load. */
export type RunOutcome = "success" | "overloaded" | "ignored";

const CUT = 0.9;

export class Concurrency {
  readonly #settings: ConcurrencySettings;
  #limit: number;
  #cutMs = Number.NEGATIVE_INFINITY;

  constructor(settings: ConcurrencySettings) {
    const { concurrencyStart, concurrencyMin, concurrencyMax } = settings;
    insist(concurrencyMin >= 1, "queue: concurrencyMin below 1 lets nobody go");
    insist(
      concurrencyMin <= concurrencyStart && concurrencyStart <= concurrencyMax,
      "queue: concurrencyMin ≤ concurrencyStart ≤ concurrencyMax must hold",
    );
    this.#settings = settings;
    this.#limit = concurrencyStart;
  }

  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** @param running how many ran, the one that ended included: so many ends make one round trip. */
  learn(outcome: RunOutcome, running: number, startedMs: number, nowMs: number): void {
    const { concurrencyMin, concurrencyMax } = this.#settings;
    if (outcome === "success" && 2 * running >= this.#limit) {
      this.#limit = Math.min(concurrencyMax, this.#limit + 1 / running);
    }
    // Calls that ran together tell of one overload, not of one each.
    if (outcome === "overloaded" && startedMs > this.#cutMs) {
      this.#limit = Math.max(concurrencyMin, this.#limit * CUT);
      this.#cutMs = nowMs;
    }
  }
}
