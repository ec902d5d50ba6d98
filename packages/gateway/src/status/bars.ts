// Days as pictures: a bar for how available each was, and a line for how long requests took. Colours and sizes of nothing are
// written into the page: its style has them, so that the policy needs no exception.

import { DAY_MS } from "sluice/base";
import { DURATION_BOUNDS_MS } from "sluice/gate";
import { escapeHtml } from "../pages/html.ts";
import { DAYS_SHOWN, dateOf } from "./calendar.ts";
import type { History } from "./numbers.ts";
import { atMost, dayWords, percent } from "./words.ts";

/** From these on a day is all right, or some of it was not. */
export const FINE = 0.999;
export const SOME = 0.95;

const HEIGHT = 32;
const STEP = 8;
const WIDTH = 6;
const ALL = DAYS_SHOWN * STEP - (STEP - WIDTH);

/** What is worse is taller, too: not everybody tells its colour apart. */
const HEIGHTS = { fine: 22, some: 27, many: HEIGHT } as const;

/** The days without data stand together, however many they are. */
export function barsSvg(name: string, history: History, firstDayMs: number): string {
  const bars: string[] = [];
  let nextAt = 0;
  for (const day of history.days) {
    const at = (day.dayMs - firstDayMs) / DAY_MS;
    if (at < nextAt || at >= DAYS_SHOWN) continue;
    bars.push(...noData(firstDayMs, nextAt, at));
    const { availability = 1 } = day;
    const kind = availability >= FINE ? "fine" : availability >= SOME ? "some" : "many";
    bars.push(bar(kind, at, HEIGHTS[kind], dayWords(day.dayMs, day)));
    nextAt = at + 1;
  }
  bars.push(...noData(firstDayMs, nextAt, DAYS_SHOWN));
  const label = escapeHtml(barsLabel(name, history));
  return (
    `<svg class="bars" viewBox="0 0 ${ALL} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}">` +
    `${bars.join("")}</svg>`
  );
}

function bar(kind: string, at: number, height: number, words: string): string {
  const path = `M${at * STEP} ${HEIGHT - height}h${WIDTH}v${height}h-${WIDTH}z`;
  return `<path class="${kind}" d="${path}"><title>${escapeHtml(words)}</title></path>`;
}

function noData(firstDayMs: number, from: number, to: number): string[] {
  if (from >= to) return [];
  const path = Array.from(
    { length: to - from },
    (_, i) => `M${(from + i) * STEP} ${HEIGHT - 4}h${WIDTH}v4h-${WIDTH}z`,
  );
  const [first, last] = [from, to - 1].map((at) => dateOf(firstDayMs + at * DAY_MS));
  const words = first === last ? first : `${first} to ${last}`;
  return [`<path class="none" d="${path.join("")}"><title>${words}: no data</title></path>`];
}

function barsLabel(name: string, { total, days }: History): string {
  if (days.length === 0) return `${name}: no data of the last ${DAYS_SHOWN} days`;
  const worst = days.reduce((a, b) => ((b.availability ?? 1) < (a.availability ?? 1) ? b : a));
  const missing = DAYS_SHOWN - days.length;
  return [
    `${name}, by day: ${percent(total.availability)} available in ${DAYS_SHOWN} days`,
    ...(worst.failures > 0 ? [`worst ${dateOf(worst.dayMs)}: ${percent(worst.availability)}`] : []),
    ...(missing > 0 ? [`${missing} without data`] : []),
  ].join(", ");
}

const LINE_HEIGHT = 40;
/** The classes that durations are counted in, each twice the one before or so: a scale by ratio. */
const CLASSES = DURATION_BOUNDS_MS.length + 1;

/** The p95 of each day, broken where there is no data; its words say what the line does. */
export function p95Line({ days }: History, firstDayMs: number): { words: string; svg: string } {
  const classes = days.map(({ p95MsMax = 0 }) => classOf(p95MsMax));
  const [least, most] = [Math.min(...classes), Math.max(...classes)];
  const [low, high] = [Math.max(0, least - 1), Math.min(CLASSES - 1, most + 1)];
  let path = "";
  let before: number | undefined;
  for (const [i, day] of days.entries()) {
    const at = (day.dayMs - firstDayMs) / DAY_MS;
    const x = at * STEP + WIDTH / 2;
    const y = LINE_HEIGHT - (((classes[i] ?? 0) - low) / (high - low)) * LINE_HEIGHT;
    // A day alone is a dash: a line needs two ends.
    path += before === at - 1 ? `L${x} ${y.toFixed(1)}` : `M${x - 2} ${y.toFixed(1)}h2`;
    before = at;
  }
  const [from, to] = [least, most].map((at) => atMost(DURATION_BOUNDS_MS[at] ?? Infinity));
  const svg =
    `<svg class="line" viewBox="0 0 ${ALL} ${LINE_HEIGHT}" preserveAspectRatio="none" aria-hidden="true">` +
    `<path d="${path}"/></svg>`;
  return { words: from === to ? `${from}` : `from ${from} to ${to}`, svg };
}

function classOf(msMax: number): number {
  const at = DURATION_BOUNDS_MS.indexOf(msMax);
  return at < 0 ? CLASSES - 1 : at;
}
