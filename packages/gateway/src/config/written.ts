/** Values that are written with a unit, or that stand elsewhere: durations, sizes, secrets, addresses. */

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "sluice/base";

/** `"500ms"`, `"30s"`, `"1m"`, `"24h"`, `"30d"`. */
export type Duration = `${number}${"ms" | "s" | "m" | "h" | "d"}`;
/** `"512B"`, `"16KiB"`, `"10MiB"`. */
export type Size = `${number}${"B" | "KiB" | "MiB"}`;

/** Read when the configuration is loaded: from a variable of the environment, or from a file. Never written here. */
export type SecretSource = { readonly env: string } | { readonly file: string };
/** An address, or where it stands. */
export type UrlSource = string | SecretSource;

const MS = { ms: 1, s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS } as const;
const BYTES = { B: 1, KiB: 1_024, MiB: 1_048_576 } as const;

/** Milliseconds; undefined where the text is no duration. */
export function durationMs(text: unknown): number | undefined {
  return amount(text, /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/, MS);
}

/** Bytes; undefined where the text is no size. */
export function sizeBytes(text: unknown): number | undefined {
  return amount(text, /^(\d{1,9}(?:\.\d{1,3})?)(B|KiB|MiB)$/, BYTES);
}

function amount(
  text: unknown,
  form: RegExp,
  units: Readonly<Record<string, number>>,
): number | undefined {
  const [, count, unit = ""] = (typeof text === "string" && form.exec(text)) || [];
  const whole = Number(count) * (units[unit] ?? Number.NaN);
  return Number.isSafeInteger(whole) ? whole : undefined;
}

/** The shortest text for a duration. */
export function durationText(ms: number): Duration {
  return ms === 0 ? "0s" : (shortest(ms, MS) as Duration);
}

export function sizeText(bytes: number): Size {
  return shortest(bytes, BYTES) as Size;
}

function shortest(whole: number, units: Readonly<Record<string, number>>): string {
  const fitting = Object.entries(units).filter(([, size]) => whole % size === 0);
  const [unit, size] = fitting.at(-1) ?? ["", 1];
  return `${whole / size}${unit}`;
}
