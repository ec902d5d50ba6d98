// Request ids: UUIDv7 (RFC 9562), in order within a process, made in a fraction of a microsecond
// since every answer needs one.

import type { Clock } from "./clock.ts";
import type { Random } from "./random.ts";

/**
 * A maker of UUIDv7 request ids, each greater than the one before it as text, also when the clock
 * stands still or steps back. Whoever has read the wall clock already may hand the time in.
 * @example const nextRequestId = createRequestIds(systemClock, systemRandom);
 */
export function createRequestIds(clock: Clock, random: Random): (wallMs?: number) => string {
  let lastMs = -1;
  let counter = 0;
  let prefix = "";

  function startMillisecond(ms: number): void {
    lastMs = ms;
    // RFC 9562 §6.2 method 1: a 12-bit counter that starts at random with its top bit clear,
    // leaving room to count.
    counter = random.integer(2048);
    const time = ms.toString(16).padStart(12, "0");
    prefix = `${time.slice(0, 8)}-${time.slice(8)}-7`;
  }

  return (nowMs = clock.wallMs()) => {
    if (nowMs > lastMs) startMillisecond(nowMs);
    else if (counter < 4095) counter++;
    else startMillisecond(lastMs + 1); // The counter is full: run ahead, as the RFC allows.
    const high = random.integer(2 ** 32);
    const low = random.integer(2 ** 32);
    // Joined from pieces of fewer than 13 characters, which V8 copies flat: the string is made of
    // three parts instead of a chain of ten.
    const middle = `${hex3(counter)}${variants[high & 3]}${hex3((high >>> 2) & 4095)}-`;
    const last =
      hex3((high >>> 14) & 4095) +
      hex3(((high >>> 26) << 6) | (low & 63)) +
      hex3((low >>> 6) & 4095) +
      hex3((low >>> 18) & 4095);
    return prefix + middle + last;
  };
}

/**
 * When a UUIDv7 was made, in milliseconds since the epoch; undefined when the text is not a UUIDv7.
 */
export function uuidTimeMs(id: string): number | undefined {
  if (!uuid7.test(id)) return undefined;
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

const uuid7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** The start of the fourth group: its first digit carries the variant, binary 10. */
const variants = ["-8", "-9", "-a", "-b"] as const;

const hexTable: readonly string[] = Array.from({ length: 4096 }, (_, value) =>
  value.toString(16).padStart(3, "0"),
);

function hex3(value: number): string {
  return hexTable[value] as string;
}
