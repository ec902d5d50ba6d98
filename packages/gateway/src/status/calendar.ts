// The days that the page shows, by when they begin (UTC).

export const dayMs: number = 24 * 60 * 60 * 1_000;

/** As many as the log adds up: today, and those before. */
export const DAYS_SHOWN = 90;

export function dayOf(atMs: number): number {
  return Math.floor(atMs / dayMs) * dayMs;
}

export function firstDayMs(nowMs: number): number {
  return dayOf(nowMs) - (DAYS_SHOWN - 1) * dayMs;
}

/** `2026-11-22` */
export function dateOf(atMs: number): string {
  return isoOf(atMs).slice(0, 10);
}

/** RFC 3339, as feeds and `<time>` want it. */
export function isoOf(atMs: number): string {
  return new Date(atMs).toISOString();
}
