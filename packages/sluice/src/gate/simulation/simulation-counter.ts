/** Counts simulated requests, so that a series of them repeats exactly. Bounded: the series unused longest is forgotten. */

const SERIES_MAX = 10_000;

/** How often each key has sent each header value. */
export interface SimulationCounter {
  /** 1 for the first, 2 for the second, … */
  next(series: string): number;
}

export function createSimulationCounter(): SimulationCounter {
  const counts = new Map<string, number>();
  return {
    next(series) {
      const count = (counts.get(series) ?? 0) + 1;
      counts.delete(series);
      counts.set(series, count);
      if (counts.size > SERIES_MAX) {
        const [oldest] = counts.keys();
        if (oldest !== undefined) counts.delete(oldest);
      }
      return count;
    },
  };
}
