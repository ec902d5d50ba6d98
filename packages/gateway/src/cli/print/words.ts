// Numbers and times as people read them: credits in groups, times in UTC, and how long that is from now.

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, systemClock } from "sluice/base";

const YEAR_MS = 365 * DAY_MS;
/** Beyond that, hours do not matter. */
const FINE_DAYS = 14;

/** `12,345`. */
export function grouped(number: number): string {
  return String(number).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

/** `2026-11-22 10:35:21 UTC`. */
export function moment(atMs: number): string {
  return `${stamp(atMs)} UTC`;
}

/** The same for a column whose heading says UTC. */
export function stamp(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19).replace("T", " ");
}

/** `in 6 days`, `2 hours ago`, `now`. */
export function fromNow(atMs: number, nowMs: number = systemClock.wallMs()): string {
  const distance = Math.abs(atMs - nowMs);
  if (distance < SECOND_MS) return "now";
  return atMs > nowMs ? `in ${span(distance)}` : `${span(distance)} ago`;
}

/** With its moment, for whoever must act. */
export function momentFromNow(atMs: number): string {
  return `${moment(atMs)} (${fromNow(atMs)})`;
}

/** `57 s`, `46 minutes`, `8 days 13 h`: as fine as somebody would act on. */
export function span(ms: number): string {
  if (ms < SECOND_MS) return `${Math.round(ms)} ms`;
  if (ms < 10 * SECOND_MS) return `${Math.round(ms / 100) / 10} s`;
  if (ms < 2 * MINUTE_MS) return `${Math.round(ms / SECOND_MS)} s`;
  if (ms < 2 * HOUR_MS) return `${Math.round(ms / MINUTE_MS)} minutes`;
  if (ms < 2 * DAY_MS) return `${Math.round(ms / HOUR_MS)} hours`;
  if (ms >= 2 * YEAR_MS) return `${Math.round(ms / YEAR_MS)} years`;
  const hours = Math.floor((ms % DAY_MS) / HOUR_MS);
  const isFine = ms < FINE_DAYS * DAY_MS && hours > 0;
  return isFine ? `${Math.floor(ms / DAY_MS)} days ${hours} h` : `${Math.round(ms / DAY_MS)} days`;
}

export function counted(count: number, what: string): string {
  return `${grouped(count)} ${what}${count === 1 ? "" : "s"}`;
}

/** What is not there. */
export const nothing = "-";

export function orNothing(text: string | number | null | undefined): string {
  return text === null || text === undefined || text === "" ? nothing : String(text);
}
