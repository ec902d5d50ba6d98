// How long credits last at the rate of the last days. It says how sure it can be: a rate is of whole days since the first use,
// with the quietest and the busiest of them as its bounds, and of less than two days there is none.

import { DAY_MS, dayOf } from "sluice/base";

export interface SpendDay {
  /** When it began (UTC). */
  readonly dayMs: number;
  readonly requests: number;
  readonly credits: number;
}

export interface Asked {
  readonly nowMs: number;
  readonly remaining: number;
  /** When the allowance starts anew; undefined where nothing does. */
  readonly resetAtMs: number | undefined;
  /** One for each day up to the one of now, in any order; what is missing, nothing happened on. */
  readonly days: readonly SpendDay[];
}

/** Credits a day or left, at the rate of the quietest day, of the average, of the busiest. */
export interface Range {
  readonly least: number;
  readonly likely: number;
  readonly most: number;
}

export interface Forecast {
  readonly kind: "too_little_data" | "idle" | "exhausted" | "lasts" | "runs_out";
  /** Whole days that the rate is of. */
  readonly basisDays: number;
  readonly perDay: Range | undefined;
  /** At the likely rate; undefined where it lasts. */
  readonly runsOutAtMs: number | undefined;
  /** At the rate of the busiest day. */
  readonly soonestAtMs: number | undefined;
  /** Of `least` the busiest day is the cause. Undefined where nothing starts anew. */
  readonly leftAtReset: Range | undefined;
}

/** Days that it looks back. */
export const BASIS_DAYS = 7;
const BASIS_DAYS_MIN = 2;
/** Nobody plans farther. */
const HORIZON_MS = 366 * DAY_MS;

export function forecast({ nowMs, remaining, resetAtMs, days }: Asked): Forecast {
  const basis = wholeDays(days, nowMs);
  const nothing = {
    basisDays: basis.length,
    ...{ perDay: undefined, runsOutAtMs: undefined, soonestAtMs: undefined },
    leftAtReset: undefined,
  };
  const perDay = basis.length < BASIS_DAYS_MIN ? undefined : rateOf(basis, days, nowMs);
  if (remaining <= 0) return { ...nothing, kind: "exhausted", perDay };
  if (perDay === undefined) return { ...nothing, kind: "too_little_data" };
  const untilMs = Math.min(resetAtMs ?? Number.POSITIVE_INFINITY, nowMs + HORIZON_MS);
  const endsAt = (rate: number) => {
    const atMs = nowMs + (remaining / rate) * DAY_MS;
    return rate > 0 && atMs < untilMs ? Math.floor(atMs) : undefined;
  };
  const runsOutAtMs = endsAt(perDay.likely);
  const known = {
    basisDays: basis.length,
    perDay,
    runsOutAtMs,
    soonestAtMs: endsAt(perDay.most),
    leftAtReset:
      resetAtMs === undefined ? undefined : leftAfter(remaining, perDay, resetAtMs - nowMs),
  };
  if (perDay.most === 0) return { ...known, kind: "idle" };
  return { ...known, kind: runsOutAtMs === undefined ? "lasts" : "runs_out" };
}

/** The last whole days, from the one of the first use on: what was before says nothing of the rate. */
function wholeDays(days: readonly SpendDay[], nowMs: number): readonly number[] {
  const todayMs = dayOf(nowMs);
  const byDay = new Map(days.map((day) => [day.dayMs, day]));
  const firstMs = Math.min(
    ...days.filter(({ requests }) => requests > 0).map(({ dayMs }) => dayMs),
  );
  const found: number[] = [];
  for (let dayMs = todayMs - BASIS_DAYS * DAY_MS; dayMs < todayMs; dayMs += DAY_MS) {
    if (dayMs >= firstMs) found.push(byDay.get(dayMs)?.credits ?? 0);
  }
  return found;
}

/** Today counts as the part of a day that it is, so that a burst of this morning is seen at once. */
function rateOf(basis: readonly number[], days: readonly SpendDay[], nowMs: number): Range {
  const todayMs = dayOf(nowMs);
  const today = days.find(({ dayMs }) => dayMs === todayMs)?.credits ?? 0;
  const sum = basis.reduce((total, credits) => total + credits, today);
  const likely = sum / (basis.length + (nowMs - todayMs) / DAY_MS);
  return {
    least: Math.min(likely, ...basis),
    likely,
    most: Math.max(likely, today, ...basis),
  };
}

function leftAfter(remaining: number, { least, likely, most }: Range, ms: number): Range {
  const left = (rate: number) => Math.max(0, Math.floor(remaining - (rate * ms) / DAY_MS));
  return { least: left(most), likely: left(likely), most: left(least) };
}
