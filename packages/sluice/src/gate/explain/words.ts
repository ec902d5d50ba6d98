/** Numbers as people read them: lengths of time, moments in UTC, credits. */

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../../base/index.ts";

/** From which length on a unit is the one to speak in, and the smaller one that is said with it. */
const UNITS = [
  { from: 2 * DAY_MS, whole: DAY_MS, name: "days", rest: HOUR_MS, restName: "h" },
  { from: 2 * HOUR_MS, whole: HOUR_MS, name: "h", rest: MINUTE_MS, restName: "min" },
  { from: 2 * MINUTE_MS, whole: MINUTE_MS, name: "min", rest: SECOND_MS, restName: "s" },
] as const;

/** `340 ms`, `12.5 s`, `3 min 20 s`, `15 days 14 h`. */
export function durationInWords(ms: number): string {
  const unit = UNITS.find(({ from }) => ms >= from);
  if (unit === undefined) {
    return ms < SECOND_MS ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`;
  }
  const whole = Math.floor(ms / unit.whole);
  const rest = Math.floor((ms - whole * unit.whole) / unit.rest);
  return `${whole} ${unit.name}${rest === 0 ? "" : ` ${rest} ${unit.restName}`}`;
}

/** `2026-06-15 09:30:12.345 UTC`, without milliseconds where there are none. */
export function momentInWords(atMs: number): string {
  const [day = "", time = ""] = new Date(atMs).toISOString().split("T");
  return `${day} ${time.replace(/(\.000)?Z$/, "")} UTC`;
}

export function creditsInWords(credits: number): string {
  return `${credits} ${credits === 1 ? "credit" : "credits"}`;
}

/** Markdown's first thing to say, as one line: its first paragraph, or the items of its first list. */
export function firstOfPage(markdown: string): string {
  const [first = ""] = markdown.trim().split(/\n\s*\n/);
  return first
    .replace(/\n\s*/g, " ")
    .replace(/(^|\s)[-*] /g, "$1")
    .replace(/[`*]/g, "")
    .trim();
}
