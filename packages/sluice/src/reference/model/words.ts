/** Numbers, times and lists as people write them. */

import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../base/index.ts";

/** `1,048,576` */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** `1 credit`, `5 credits` */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** `a, b and c` */
export function listed(parts: readonly string[], last = "and"): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} ${last} ${parts.at(-1)}`;
}

const UNITS = [
  ["day", DAY_MS],
  ["hour", HOUR_MS],
  ["minute", MINUTE_MS],
] as const;

/** `60 seconds`, `30 minutes`, `24 hours`: the largest unit that gives a whole number above one. */
export function duration(ms: number): string {
  for (const [unit, unitMs] of UNITS) {
    if (ms % unitMs === 0 && ms / unitMs > 1) return counted(ms / unitMs, unit);
  }
  return ms % 1_000 === 0 ? counted(ms / 1_000, "second") : counted(ms, "millisecond");
}

/** `1 MiB (1,048,576 bytes)` */
export function bytes(value: number): string {
  for (const [unit, size] of [
    ["GiB", 1_073_741_824],
    ["MiB", 1_048_576],
    ["KiB", 1_024],
  ] as const) {
    if (value % size === 0) return `${count(value / size)} ${unit} (${count(value)} bytes)`;
  }
  return counted(value, "byte");
}

/** `MAVERA_API_KEY`: where programs keep the key of an API of that name. */
export function environmentName(title: string): string {
  const word = wordOf(title).toUpperCase();
  return /^[A-Z]/.test(word) ? `${word}_API_KEY` : "API_KEY";
}

/** `mavera`: an API's name in the names of files and modules. */
export function slugOf(title: string): string {
  const word = wordOf(title).toLowerCase();
  return /^[a-z]/.test(word) ? word : "api";
}

function wordOf(title: string): string {
  return title.replaceAll(/[^A-Za-z0-9]+/g, "_").replaceAll(/^_+|_+$/g, "");
}

/** `unknown_persona` → `Unknown persona.`: for conditions that only their names explain. */
export function sentenceOf(name: string): string {
  const words = name.replaceAll("_", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
