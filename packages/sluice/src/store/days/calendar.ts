// Days (UTC) as the moments at which they begin.

import { DAY_MS, dayOf } from "../../base/index.ts";

/** How many days of sums are kept, today included: a quarter, whatever becomes of the rows. */
export const DAYS_KEPT = 90;

/** Sums of days before this one are forgotten. */
export function firstKeptDayMs(nowMs: number): number {
  return dayOf(nowMs) - (DAYS_KEPT - 1) * DAY_MS;
}
