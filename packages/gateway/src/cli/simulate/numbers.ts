// Numbers and times behind options, each within bounds: what a simulation is given, it must be able to run.

import { durationText } from "../../config/written.ts";
import { durationFrom, wrongValue } from "../operator/values.ts";

/** Whole, or with a fraction where `isFine`. */
export function numberWithin(
  option: string,
  text: string | undefined,
  otherwise: number,
  { least, most, isFine = false }: { least: number; most: number; isFine?: boolean },
): number {
  if (text === undefined) return otherwise;
  const value = /^\d{1,9}(?:\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most && (isFine || Number.isInteger(value))) return value;
  const kind = isFine ? "a number" : "a whole number";
  throw wrongValue(option, text, `give ${kind} from ${least} to ${most}`);
}

/** In milliseconds, as `30s` says. */
export function timeWithin(
  option: string,
  text: string | undefined,
  otherwiseMs: number,
  { leastMs, mostMs }: { leastMs: number; mostMs: number },
): number {
  if (text === undefined) return otherwiseMs;
  const ms = durationFrom(option, text);
  if (ms >= leastMs && ms <= mostMs) return ms;
  throw wrongValue(option, text, `give ${durationText(leastMs)} to ${durationText(mostMs)}`);
}
