/** How many calls ended lately and how many of them failed, counted in slots of time that the clock empties. */

interface Slot {
  readonly number: number;
  total: number;
  failed: number;
}

export class Tally {
  readonly #slotMs: number;
  readonly #slotsMax: number;
  /** Oldest first, without the empty ones. */
  #slots: Slot[] = [];
  /** In all that is kept. */
  #failed = 0;

  constructor(slotMs: number, slotsMax: number) {
    this.#slotMs = slotMs;
    this.#slotsMax = slotsMax;
  }

  add(nowMs: number, failed: boolean): void {
    const number = this.#numberAt(nowMs);
    let slot = this.#slots.at(-1);
    if (slot?.number !== number) {
      slot = { number, total: 0, failed: 0 };
      this.#slots.push(slot);
      if (this.#slots.length > this.#slotsMax) this.#failed -= this.#slots.shift()?.failed ?? 0;
    }
    slot.total++;
    if (!failed) return;
    slot.failed++;
    this.#failed++;
  }

  /** Nothing failed in all that is kept: then nobody needs the sums. */
  get isClean(): boolean {
    return this.#failed === 0;
  }

  /** Of the last so many slots by the clock, never by events: after an idle hour nothing is left of the hour before. */
  sum(nowMs: number, slots: number): { readonly total: number; readonly failed: number } {
    const since = this.#numberAt(nowMs) - slots;
    const sum = { total: 0, failed: 0 };
    for (const { number, total, failed } of this.#slots) {
      if (number <= since) continue;
      sum.total += total;
      sum.failed += failed;
    }
    return sum;
  }

  #numberAt(nowMs: number): number {
    return Math.floor(nowMs / this.#slotMs);
  }
}
