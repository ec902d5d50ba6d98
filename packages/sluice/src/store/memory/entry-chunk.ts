// Entries as numbers, a few thousand at a time: every charged call makes two, and as objects that
// live long they would cost the collector more than the call itself.

import type { Entry, EntrySide } from "../../gate/stores.ts";
import { PackedIds } from "./packed-ids.ts";
import type { Pot, Sides } from "./pot.ts";

export const entriesPerChunk = 2_048;

const sides = ["issued", "available", "held", "charged", "lapsed"] as const;
const numberOf: Readonly<Record<EntrySide, number>> = {
  issued: 0,
  available: 1,
  held: 2,
  charged: 3,
  lapsed: 4,
};
/** Both sides of a move in one byte, and whether it was for a hold. */
const sideBits = 3;
const sideMask = 7;
const forHold = 64;

/** Entries that follow each other, by their places from 0 on. */
export class EntryChunk {
  readonly #amounts = new Float64Array(entriesPerChunk);
  readonly #times = new Float64Array(entriesPerChunk);
  readonly #sides = new Uint8Array(entriesPerChunk);
  readonly #holdIds = new PackedIds(entriesPerChunk);
  /** Pots that it is about, and which of them each entry is. */
  readonly #pots: Pot[] = [];
  readonly #potNumbers = new Uint16Array(entriesPerChunk);
  readonly #numberOfPot = new Map<Pot, number>();
  #size = 0;

  get isFull(): boolean {
    return this.#size === entriesPerChunk;
  }

  push(pot: Pot, from: EntrySide, to: EntrySide, amount: number, atMs: number, holdId?: string) {
    const at = this.#size++;
    this.#amounts[at] = amount;
    this.#times[at] = atMs;
    this.#potNumbers[at] = this.#numbered(pot);
    const both = (numberOf[from] << sideBits) | numberOf[to];
    this.#sides[at] = holdId === undefined ? both : both | forHold;
    if (holdId !== undefined) this.#holdIds.set(at, holdId);
  }

  potAt(at: number): Pot {
    return this.#pots[this.#potNumbers[at] as number] as Pot;
  }

  /** @param sequence its number, which whoever counts the chunks knows */
  entryAt(at: number, sequence: number): Entry {
    const { id, accountId } = this.potAt(at);
    const both = this.#sides[at] as number;
    return Object.freeze({
      sequence,
      atMs: this.#times[at] as number,
      accountId,
      holdId: (both & forHold) === 0 ? undefined : this.#holdIds.get(at),
      pot: id,
      from: sides[(both >> sideBits) & sideMask] as EntrySide,
      to: sides[both & sideMask] as EntrySide,
      amount: this.#amounts[at] as number,
    });
  }

  /** Adds what an entry moved to sums. */
  addTo(sums: Sides, at: number): void {
    const both = this.#sides[at] as number;
    const amount = this.#amounts[at] as number;
    sums[sides[(both >> sideBits) & sideMask] as EntrySide] -= amount;
    sums[sides[both & sideMask] as EntrySide] += amount;
  }

  #numbered(pot: Pot): number {
    const known = this.#numberOfPot.get(pot);
    if (known !== undefined) return known;
    const number = this.#pots.push(pot) - 1;
    this.#numberOfPot.set(pot, number);
    return number;
  }
}
