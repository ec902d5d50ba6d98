// Double entry: the only place where credits move. A pot is the sums of its entries, kept in step,
// so that the balance and the statement cannot tell two stories.

import { assert } from "../../base/index.ts";
import type { Entry, EntryPage, EntrySide } from "../../gate/stores.ts";
import { EntryChunk, entriesPerChunk } from "./entry-chunk.ts";
import { noSides, type Pot, type Sides } from "./pot.ts";

/** A pot in use, with what its entries that were folded away add up to. */
export interface KeptPot {
  readonly pot: Pot;
  readonly folded: Sides;
}

/** The entries, oldest first, and the pots that they are about. */
export class Books {
  readonly #entriesMax: number;
  /** All full but the last one. */
  readonly #chunks: EntryChunk[] = [new EntryChunk()];
  /** Entries at the front of the first chunk that were folded away. */
  #folded = 0;
  /** Numbers that were given, and those of entries that are no longer here. */
  #sequence = 0;
  #forgotten = 0;
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
    const { sides } = pot;
    sides[from] -= amount;
    sides[to] += amount;
    assert(
      amount > 0 && (from === "issued" || sides[from] >= 0),
      () => `${pot.id}: ${amount} from ${from} leaves ${sides[from]}`,
    );
    this.#sequence++;
    this.#roomForOne().push(pot, from, to, amount, atMs, holdId);
    if (this.#sequence - this.#forgotten > this.#entriesMax) this.#fold();
  }

  /** An account's entries, newest first; those that were folded away are not there any more. */
  entries(accountId: string, { limit, before }: EntryPage): readonly Entry[] {
    const found: Entry[] = [];
    let number = this.nextSequence;
    if (before !== undefined) {
      const isKept = before > this.#forgotten && before < number;
      if (!isKept || this.#entry(before).accountId !== accountId) return found;
      number = before;
    }
    while (--number > this.#forgotten && found.length < limit) {
      const entry = this.#entry(number);
      if (entry.accountId === accountId) found.push(entry);
    }
    return found;
  }

  /** Of every account, oldest first. */
  *all(): Generator<Entry> {
    for (let number = this.#forgotten + 1; number <= this.#sequence; number++) {
      yield this.#entry(number);
    }
  }

  /** What the next entry will be numbered. */
  get nextSequence(): number {
    return this.#sequence + 1;
  }

  pots(): Iterable<KeptPot> {
    return this.#pots.values();
  }

  /** Numbers have no gaps, so an entry's tells its place. */
  #entry(number: number): Entry {
    const place = number - 1 - this.#forgotten + this.#folded;
    const chunk = this.#chunks[Math.floor(place / entriesPerChunk)] as EntryChunk;
    return chunk.entryAt(place % entriesPerChunk, number);
  }

  #roomForOne(): EntryChunk {
    const last = this.#chunks.at(-1);
    if (last?.isFull === false) return last;
    const chunk = new EntryChunk();
    this.#chunks.push(chunk);
    return chunk;
  }

  /** The oldest entry goes into the sum of its pot: the audit still adds up without it. */
  #fold(): void {
    const [first] = this.#chunks as [EntryChunk];
    const oldest = this.#folded++;
    this.#forgotten++;
    const kept = this.#pots.get(first.potAt(oldest).id);
    if (kept !== undefined) first.addTo(kept.folded, oldest);
    if (this.#folded < entriesPerChunk) return;
    this.#chunks.shift();
    this.#folded = 0;
  }
}
