// What stands behind an option, read: times, durations, credits, names with numbers.

import { systemClock } from "sluice/base";
import { durationMs } from "../../config/written.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z?$/;

export function wrongValue(option: string, text: string, advice: string): CommandError {
  return new CommandError(`${option} is ${JSON.stringify(text)}: ${advice}.`, exitCodes.refused);
}

/** A day, a moment (UTC), or so long from now: `direction` says which way. */
export function momentFrom(option: string, text: string, direction: "ago" | "ahead"): number {
  const span = durationMs(text);
  if (span !== undefined) return systemClock.wallMs() + (direction === "ago" ? -span : span);
  const isMoment = MOMENT.test(text);
  const atMs =
    isMoment || DAY.test(text)
      ? Date.parse(isMoment && !text.endsWith("Z") ? `${text}Z` : text)
      : Number.NaN;
  if (Number.isNaN(atMs)) {
    const example = direction === "ago" ? '"15m", "2h"' : '"30d"';
    throw wrongValue(
      option,
      text,
      `give ${example}, a day like "2027-01-31", or a moment like "2027-01-31T12:00Z" (UTC)`,
    );
  }
  return atMs;
}

export function durationFrom(option: string, text: string): number {
  const span = durationMs(text);
  if (span === undefined)
    throw wrongValue(option, text, 'give something like "30m", "24h" or "7d"');
  return span;
}

/** Whole credits, with `_` or `,` between digits if somebody likes. */
export function creditsFrom(option: string, text: string): number {
  const plain = text.replaceAll(/[_,]/g, "");
  const credits = /^\d{1,13}$/.test(plain) ? Number(plain) : Number.NaN;
  if (Number.isNaN(credits)) throw wrongValue(option, text, "give a whole number of credits");
  return credits;
}

/** Null for `none`, which takes away what is there. */
export function orNone<T>(text: string, read: (text: string) => T): T | null {
  return text === "none" ? null : read(text);
}

/** One of a few words. */
export function oneOf<Word extends string>(
  option: string,
  text: string,
  words: readonly Word[],
): Word {
  const found = words.find((word) => word === text);
  if (found === undefined) throw wrongValue(option, text, `give ${words.join(", ")}`);
  return found;
}

type Said<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** What was said, without what was not: the contract takes no undefined. */
export function said<T extends object>(members: T): Said<T> {
  const known = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Said<T>;
}
