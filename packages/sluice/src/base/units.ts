// Units of time in milliseconds, as everything inside counts it.

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
/** Of UTC, where each is as long. */
export const DAY_MS = 86_400_000;

/** When the day (UTC) of a moment began. */
export function dayOf(atMs: number): number {
  return Math.floor(atMs / DAY_MS) * DAY_MS;
}
