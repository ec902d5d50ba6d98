// The days that the page shows, by when they begin (UTC).

import { DAY_MS, dayOf } from "sluice/base";

/** As many as the log adds up: today, and those before. */
export const DAYS_SHOWN = 90;

export function firstDayMs(nowMs: number): number {
  return dayOf(nowMs) - (DAYS_SHOWN - 1) * DAY_MS;
}

/** `2026-11-22` */
export function dateOf(atMs: number): string {
  return isoOf(atMs).slice(0, 10);
}

/** RFC 3339, as feeds and `<time>` want it. */
export function isoOf(atMs: number): string {
  return new Date(atMs).toISOString();
}
