// How much of a sliding log others have used: earlier runs with the same key, and other processes.

import type { Sight } from "./sight.ts";
import type { Known } from "./worlds.ts";

export class OthersUse {
  #calls = 0;
  #untilMs = Number.POSITIVE_INFINITY;

  /** How many of the limit's places are not ours to use. */
  at(nowMs: number): number {
    return nowMs < this.#untilMs ? this.#calls : 0;
  }

  see(sight: Sight, { log, limit, jitterMs }: Known, windowMs: number): void {
    const { sentMs, number, unsettled, remaining } = sight;
    const used = limit - remaining;
    const ownMost = log.since(sentMs - windowMs - jitterMs);
    const ownSince = Math.min(log.since(sentMs + jitterMs - windowMs), log.keptMax);
    const ownLeast = ownSince - (log.share - 1) - (log.total - number) - unsettled;
    const [most, least] = [used - Math.max(1, ownLeast), used - ownMost];
    const isFirst = this.#untilMs === Number.POSITIVE_INFINITY;
    const before = isFirst ? most : this.at(sight.handledByMs);
    this.#calls = Math.max(0, least, Math.min(before, most));
    if (isFirst || least > 0) this.#untilMs = sight.handledByMs + windowMs + jitterMs;
  }
}
