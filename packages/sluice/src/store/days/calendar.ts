// Days (UTC) as the moments at which they begin.

export const dayMs: number = 24 * 60 * 60 * 1_000;

/** How many days of sums are kept, today included: a quarter, whatever becomes of the rows. */
export const DAYS_KEPT = 90;

export function dayOf(atMs: number): number {
  return Math.floor(atMs / dayMs) * dayMs;
}

/** Sums of days before this one are forgotten. */
export function firstKeptDayMs(nowMs: number): number {
  return dayOf(nowMs) - (DAYS_KEPT - 1) * dayMs;
}
