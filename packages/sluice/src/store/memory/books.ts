// Double entry: the only place where credits move. A pot is the sums of its entries, kept in step,
// so that the balance and the statement cannot tell two stories.

import { assert } from "../../base/index.ts";
import type { Entry, EntryPage, EntrySide } from "../../gate/stores.ts";

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

/** A pot in use, with what its entries that were folded away add up to. */
export interface KeptPot {
  readonly pot: Pot;
  readonly folded: Sides;
}

/** The entries, oldest first, and the pots that they are about. */
export class Books {
  readonly #entriesMax: number;
  #entries: Entry[] = [];
  /** Entries at the front that were folded away and wait to be cut off. */
  #folded = 0;
  #sequence = 0;
  readonly #pots = new Map<string, KeptPot>();

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  open(pot: Pot): void {
    assert(!this.#pots.has(pot.id), () => `${pot.id} is in use already`);
    this.#pots.set(pot.id, { pot, folded: noSides() });
  }

  /** Stops looking after a pot that nothing can move in any more; its entries stay. */
  forget(pot: Pot): void {
    this.#pots.delete(pot.id);
  }

  move(
    pot: Pot,
    from: EntrySide,
    to: EntrySide,
    amount: number,
    atMs: number,
    holdId?: string,
  ): void {
    if (amount === 0) return;
    const { accountId } = pot;
    const sequence = ++this.#sequence;
    const entry = { sequence, atMs, accountId, holdId, pot: pot.id, from, to, amount };
    addEntry(pot.sides, entry);
    assert(
      amount > 0 && (from === "issued" || pot.sides[from] >= 0),
      () => `${pot.id}: ${amount} from ${from} leaves ${pot.sides[from]}`,
    );
    this.#entries.push(Object.freeze(entry));
    if (this.#entries.length - this.#folded > this.#entriesMax) this.#fold();
  }

  /** An account's entries, newest first; those that were folded away are not there any more. */
  entries(accountId: string, { limit, before }: EntryPage): readonly Entry[] {
    const found: Entry[] = [];
    // Numbers have no gaps, so an entry's tells its place.
    let at = this.#entries.length;
    if (before !== undefined) {
      at += before - this.nextSequence;
      if (at < this.#folded || this.#entries[at]?.accountId !== accountId) return found;
    }
    while (at-- > this.#folded && found.length < limit) {
      const entry = this.#entries[at] as Entry;
      if (entry.accountId === accountId) found.push(entry);
    }
    return found;
  }

  /** Of every account. */
  all(): readonly Entry[] {
    return this.#folded === 0 ? this.#entries : this.#entries.slice(this.#folded);
  }

  /** What the next entry will be numbered. */
  get nextSequence(): number {
    return this.#sequence + 1;
  }

  pots(): Iterable<KeptPot> {
    return this.#pots.values();
  }

  /** The oldest entry goes into the sum of its pot: the audit still adds up without it. */
  #fold(): void {
    const oldest = this.#entries[this.#folded++] as Entry;
    const kept = this.#pots.get(oldest.pot);
    if (kept !== undefined) addEntry(kept.folded, oldest);
    if (this.#folded * 2 < this.#entries.length) return;
    this.#entries = this.#entries.slice(this.#folded);
    this.#folded = 0;
  }
}
