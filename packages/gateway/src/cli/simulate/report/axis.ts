// The numbers along an axis: few, round, and with a unit that fits them all.

import { HOUR_MS, MINUTE_MS, SECOND_MS } from "sluice/base";
import { grouped } from "../../print/words.ts";

const TICKS_MAX = 200;

/** Round steps from 0 to `most` or a little beyond, about so many; at least two. */
export function ticksTo(most: number, about: number): readonly number[] {
  if (!(most > 0 && Number.isFinite(most))) return [0, 1];
  const rough = most / Math.max(1, about);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((by) => by * power).find((one) => one >= rough * (1 - 1e-9));
  return steps(step ?? rough, most);
}

const TIME_STEPS_MS = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR_MS),
];

/** The same for times: steps of a clock. */
export function timeTicksTo(mostMs: number, about: number): readonly number[] {
  if (!(mostMs > 0 && Number.isFinite(mostMs))) return [0, SECOND_MS];
  const rough = mostMs / Math.max(1, about);
  const step = TIME_STEPS_MS.find((one) => one >= rough) ?? Math.ceil(rough / HOUR_MS) * HOUR_MS;
  return steps(step, mostMs);
}

function steps(step: number, most: number): number[] {
  const count = Math.min(TICKS_MAX, Math.max(1, Math.ceil(most / step - 1e-9)));
  return Array.from({ length: count + 1 }, (_, at) => at * step);
}

/** `0:30`, `1:05:00`: a moment of a run, as a stopwatch shows it; tenths where it needs them. */
export function stopwatch(ms: number): string {
  const isFine = ms % SECOND_MS !== 0;
  const seconds = ms / SECOND_MS;
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)];
  const left = (seconds % 60).toFixed(isFine ? 1 : 0).padStart(isFine ? 4 : 2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${left}` : `${minutes}:${left}`;
}

/** `1,200`, `4.1`, `0.03`: three digits that matter, and no more. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "-";
  if (Math.abs(value) >= 1_000) return grouped(Math.round(value));
  const rounded = Number(value.toPrecision(value >= 100 ? 3 : 2));
  return String(rounded);
}

/** @param of what the whole is: a share is of 1 */
export function percent(part: number, of = 1): string {
  return of === 0 ? "-" : `${short((100 * part) / of)} %`;
}
