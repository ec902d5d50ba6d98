// When an allowance starts anew: calendar months in UTC, or lazily, a while after the last start.

import type { Reset } from "./plan.ts";

/** The month that was asked for last: nearly every call is about the same one, and dates are slow. */
let month = { startMs: 0, endMs: 0 };

function monthOf(atMs: number): { readonly startMs: number; readonly endMs: number } {
  if (atMs >= month.startMs && atMs < month.endMs) return month;
  const date = new Date(atMs);
  const [year, index] = [date.getUTCFullYear(), date.getUTCMonth()];
  month = { startMs: Date.UTC(year, index), endMs: Date.UTC(year, index + 1) };
  return month;
}

/** The first instant of the UTC month. */
export function monthStartMs(atMs: number): number {
  return monthOf(atMs).startMs;
}

/** The first instant that no longer belongs to the period that began at `startMs`. */
export function periodEndMs(reset: Reset, startMs: number): number {
  return reset.kind === "lazy" ? startMs + reset.everyMs : monthOf(startMs).endMs;
}

/**
 * When the period that began at `startMs` is followed by the next one, or the one that nobody has needed yet. Undefined for a
 * lazy one that has not begun: it waits for whoever spends.
 */
export function resetAtMs(
  reset: Reset,
  startMs: number | undefined,
  nowMs: number,
): number | undefined {
  if (startMs !== undefined) return periodEndMs(reset, startMs);
  return reset.kind === "lazy" ? undefined : monthOf(nowMs).endMs;
}

/** The first instant after the UTC month that began at `startMs`: when a budget of that month starts anew. */
export function monthEndMs(startMs: number): number {
  return monthOf(startMs).endMs;
}

/** When a period that somebody needs now began: a month began by itself, a lazy one begins now. */
export function periodStartMs(reset: Reset, nowMs: number): number {
  return reset.kind === "lazy" ? nowMs : monthStartMs(nowMs);
}
