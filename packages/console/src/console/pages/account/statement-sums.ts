// What a statement adds up to: each line's change of what the account has, and the sums of a period, which must meet.

import type { Listed } from "../../admin.ts";

export type Entry = Listed<"listEntries">;
type Side = Entry["from"];

/** What a movement is called. */
export function wordsOf({ from, to, pot }: Entry): string {
  if (from === "issued") return pot.startsWith("grant/") ? "Granted" : "Allowance";
  if (to === "issued") return "Allowance taken back";
  if (to === "charged") return "Charged";
  if (to === "lapsed") return "Lapsed";
  return to === "held" ? "Held for a request" : "Given back";
}

/** By how much a movement changes what is available. */
export function changeOf({ from, to, amount }: Entry): number {
  return (to === "available" ? amount : 0) - (from === "available" ? amount : 0);
}

function totalOf({ availableAfter, heldAfter }: Entry): number {
  return availableAfter + heldAfter;
}

/** What the account had, available and held, before a movement. */
function totalBefore(entry: Entry): number {
  const had = (side: Side) => side === "available" || side === "held";
  const { from, to, amount } = entry;
  return totalOf(entry) - (had(to) ? amount : 0) + (had(from) ? amount : 0);
}

export interface Sums {
  readonly opening: number;
  readonly given: number;
  readonly takenBack: number;
  readonly charged: number;
  readonly lapsed: number;
  /** Available and held. */
  readonly closing: number;
  readonly held: number;
  /** Whether the lines lead from the opening balance to the closing one, each from the one before. */
  readonly addsUp: boolean;
}

/**
 * @param entries of a period, the newest first
 * @param earlier the last movement before them, if there was one
 */
export function sumsOf(entries: readonly Entry[], earlier: Entry | undefined): Sums {
  const sum = (is: (entry: Entry) => boolean) =>
    entries.reduce((total, entry) => total + (is(entry) ? entry.amount : 0), 0);
  const [newest = earlier] = entries;
  const oldest = entries.at(-1);
  const opening = earlier ? totalOf(earlier) : oldest ? totalBefore(oldest) : 0;
  const closing = newest === undefined ? 0 : totalOf(newest);
  const given = sum(({ from }) => from === "issued");
  const takenBack = sum(({ to }) => to === "issued");
  const charged = sum(({ to }) => to === "charged");
  const lapsed = sum(({ to }) => to === "lapsed");
  const meets = opening + given - takenBack - charged - lapsed === closing;
  const isChain = entries.every((entry, at) => {
    const before = entries[at + 1] ?? earlier;
    return before === undefined || totalBefore(entry) === totalOf(before);
  });
  const held = newest?.heldAfter ?? 0;
  return { opening, given, takenBack, charged, lapsed, closing, held, addsUp: meets && isChain };
}
