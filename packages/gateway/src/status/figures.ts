// The arithmetic of the page: how available something was and how long it took, from the sums of its days.
//
// What counts are requests that were answered: a caller who left was not. A refusal is the contract at work, so it counts as
// answered well; an answer of 500 or above is a failure, whoever was the reason for it.

import { type DaySum, DURATION_BOUNDS_MS } from "sluice/gate";

/** What of a day's sum the page is made from. */
export type Counted = Pick<DaySum, "requests" | "failures" | "abandoned" | "durations">;

export interface Figures {
  /** Those that were answered. */
  readonly requests: number;
  /** Of these, with 500 or above. */
  readonly failures: number;
  /** From 0 to 1; undefined where nothing was answered: nobody knows. */
  readonly availability: number | undefined;
  /**
   * So many milliseconds or less took half of the requests, and 95 of 100: the bound of the class that the request in question
   * is counted in. Infinity beyond the last bound; undefined where nothing was answered.
   */
  readonly p50MsMax: number | undefined;
  readonly p95MsMax: number | undefined;
}

/** Of all days together: percentiles come from the joined classes, for percentiles cannot be added up. */
export function figuresOf(days: readonly Counted[]): Figures {
  let [answered, failed] = [0, 0];
  const durations = new Array<number>(DURATION_BOUNDS_MS.length + 1).fill(0);
  for (const day of days) {
    answered += day.requests - day.abandoned;
    failed += day.failures;
    for (const [at, count] of day.durations.entries()) durations[at] = (durations[at] ?? 0) + count;
  }
  const isKnown = answered > 0;
  // A stream that had failed when its caller left is both.
  const failures = Math.min(failed, answered);
  return {
    requests: answered,
    failures,
    availability: isKnown ? (answered - failures) / answered : undefined,
    p50MsMax: isKnown ? percentileMsMax(durations, 0.5) : undefined,
    p95MsMax: isKnown ? percentileMsMax(durations, 0.95) : undefined,
  };
}

/** By nearest rank: the smallest bound that at least that part of the requests kept. */
function percentileMsMax(durations: readonly number[], part: number): number {
  const total = durations.reduce((sum, count) => sum + count, 0);
  const rank = Math.max(1, Math.ceil(part * total));
  let seen = 0;
  for (const [at, count] of durations.entries()) {
    seen += count;
    if (seen >= rank) return DURATION_BOUNDS_MS[at] ?? Infinity;
  }
  return Infinity;
}
