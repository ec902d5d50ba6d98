// A pot of credits, and what lies on each of its sides.

import type { Entry, EntrySide } from "../../gate/stores.ts";

/** What lies on each side. `issued` is what came from outside, so it is negative. */
export type Sides = Record<EntrySide, number>;

/** Credits of one origin: an allowance's period, or a grant. Its cap is what was issued to it. */
export interface Pot {
  readonly id: string;
  readonly accountId: string;
  readonly kind: "allowance" | "grant";
  readonly startMs: number;
  /** When a grant expires. An allowance ends by its plan's reset, which may change. */
  readonly expiresAtMs: number;
  readonly sides: Sides;
  /** Its time is over: nothing is taken from it, and what comes back to it lapses. */
  closed: boolean;
}

export function noSides(): Sides {
  return { issued: 0, available: 0, held: 0, charged: 0, lapsed: 0 };
}

/** Adds what an entry moved. */
export function addEntry(sides: Sides, entry: Pick<Entry, "from" | "to" | "amount">): void {
  sides[entry.from] -= entry.amount;
  sides[entry.to] += entry.amount;
}
