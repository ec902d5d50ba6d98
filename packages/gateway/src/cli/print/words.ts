// Numbers and times as people read them: credits in groups, times in UTC, and how long that is from now.

import { systemClock } from "sluice/base";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

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
  if (distance < 1_000) return "now";
  return atMs > nowMs ? `in ${span(distance)}` : `${span(distance)} ago`;
}

/** With its moment, for whoever must act. */
export function momentFromNow(atMs: number): string {
  return `${moment(atMs)} (${fromNow(atMs)})`;
}

/** The two largest units would be more than anybody needs. */
export function span(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${Math.round(ms / 100) / 10} s`;
  if (ms < 2 * MINUTE) return `${Math.round(ms / 1_000)} s`;
  if (ms < 2 * HOUR) return `${Math.round(ms / MINUTE)} minutes`;
  if (ms < 2 * DAY) return `${Math.round(ms / HOUR)} hours`;
  return `${Math.round(ms / DAY)} days`;
}

export function counted(count: number, what: string): string {
  return `${grouped(count)} ${what}${count === 1 ? "" : "s"}`;
}

/** What is not there. */
export const nothing = "-";

export function orNothing(text: string | number | null | undefined): string {
  return text === null || text === undefined || text === "" ? nothing : String(text);
}
