// Who has been silent for too long: one timer for all exchanges, and a count in each, so that a chunk costs no clock.

import type { Clock } from "sluice/base";

/** Silence is noticed up to one tick late. */
const TICK_MS = 1_000;

export interface Watched {
  /** Where it stands among the watched. */
  watchIndex: number;
  /** Ticks since anything was heard. */
  quietTicks: number;
  /** How many are too many; infinity where silence is no fault. */
  readonly quietTicksMax: number;
  /** Too many have passed. */
  onQuiet(): void;
}

/**
 * A dense array rather than a `Set`: a set that many pass through leaves tables behind that keep their old members alive,
 * and the collector moves them all to the old generation.
 */
export class QuietWatch {
  readonly #clock: Clock;
  readonly #watched: Watched[] = [];
  #isTicking = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(watched: Watched): void {
    watched.watchIndex = this.#watched.push(watched) - 1;
    if (this.#isTicking) return;
    this.#isTicking = true;
    this.#clock.after(TICK_MS, () => this.#tick());
  }

  delete(watched: Watched): void {
    const { watchIndex } = watched;
    if (watchIndex === -1) return;
    watched.watchIndex = -1;
    const last = this.#watched.pop();
    if (last === undefined || last === watched) return;
    this.#watched[watchIndex] = last;
    last.watchIndex = watchIndex;
  }

  #tick(): void {
    // From behind, since whoever is cut off leaves, and the last one takes its place.
    for (let i = this.#watched.length - 1; i >= 0; i--) {
      const watched = this.#watched[i];
      if (watched !== undefined && ++watched.quietTicks > watched.quietTicksMax) watched.onQuiet();
    }
    this.#isTicking = this.#watched.length > 0;
    if (this.#isTicking) this.#clock.after(TICK_MS, () => this.#tick());
  }
}

/** Rounded up: nothing is cut off before its time. */
export function ticksIn(ms: number): number {
  return Math.ceil(ms / TICK_MS);
}
