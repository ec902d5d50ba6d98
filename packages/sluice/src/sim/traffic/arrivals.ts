// When a caller's next call comes: evenly on average, in bursts, or more by day than by night.

import type { Random } from "../../base/index.ts";
import type { AnyGroup } from "../contract-scenario.ts";

const BURST_MAX = 12;

export interface Arrivals {
  /** How long from this moment of the run until the next call. */
  nextMs(nowMs: number): number;
}

export function arrivalsOf(
  { shape, perMinute }: AnyGroup,
  durationMs: number,
  random: Random,
): Arrivals {
  const meanMs = 60_000 / perMinute;
  const gapMs = (mean: number) => -Math.log(1 - random.float()) * mean;
  switch (shape) {
    case "steady":
      return { nextMs: () => gapMs(meanMs) };
    case "bursty": {
      let left = 0;
      return {
        nextMs() {
          if (left-- > 0) return random.float() * 5;
          left = random.integer(BURST_MAX);
          return gapMs(meanMs * (left + 1));
        },
      };
    }
    case "diurnal":
      return {
        nextMs(nowMs) {
          // One day is the run's length: by night a tenth of the calls by day.
          const share = 0.55 - 0.45 * Math.cos((2 * Math.PI * nowMs) / durationMs);
          return gapMs((meanMs * 0.55) / share);
        },
      };
  }
}
