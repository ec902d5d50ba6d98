// The life of holds: open, perhaps left to a job, then ended once and for all. What ended is
// remembered for a while, so that whoever asks again hears the first outcome. Every charged call
// makes one, so the object of a hold that is forgotten is the next one's: a new one each time would
// live long enough to cost the collector more than the call costs.

import type { Allowance } from "../../contract/index.ts";
import type { HoldRecord, Job, OddHoldQuery } from "../../gate/stores.ts";
import type { BudgetPot } from "./budgets.ts";
import type { Part } from "./funds.ts";
import { IdPlaces } from "./id-places.ts";
import { Newest } from "./newest.ts";

/** Credits that were set aside for one call. Its id is kept apart. */
export interface Hold {
  /** Rises with each that is made. */
  readonly n: number;
  readonly accountId: string;
  /** By which what remains is told when it ends. */
  readonly allowance: Allowance | undefined;
  readonly operation: string;
  readonly keyId: string;
  readonly amount: number;
  /** While it is open. */
  readonly parts: readonly Part[];
  readonly budgets: readonly BudgetPot[];
  /** The name of its idempotency record; of a job none, since that one has its answer already. */
  record: string | undefined;
  /** Those that its job keeps, once it was left to one. */
  slots: readonly string[] | undefined;
  /** The number of its first entry: when that is kept, all of them are. */
  readonly firstEntry: number;
  readonly madeAtMs: number;
  expiresAtMs: number;
  state: "open" | "settled" | "released" | "expired";
  charged: number;
  /** What it cost beyond the hold, for the operator: never taken. */
  overage: number;
  endedAtMs: number | undefined;
}

/** What a hold is made of. */
export type NewHold = Omit<Hold, "n" | "slots" | "state" | "charged" | "overage" | "endedAtMs">;

/** A hold with its place, and its neighbours among the open ones. */
type Slot = { -readonly [Field in keyof Hold]: Hold[Field] } & {
  readonly place: number;
  before: Slot | undefined;
  after: Slot | undefined;
};

const noParts: readonly Part[] = [];

/** Open holds, the newest that ended, and the ids that were released before they were made. */
export class Holds {
  readonly #endedMax: number;
  readonly #places = new IdPlaces();
  readonly #slots: Slot[] = [];
  /** The open ones, in the order in which they were made. */
  #first: Slot | undefined;
  #last: Slot | undefined;
  /** Places in the order in which their holds ended, as a ring once it is full. */
  readonly #ended: number[] = [];
  #oldest = 0;
  readonly #barred: Newest<true>;
  #made = 0;

  constructor(endedMax: number, barredMax: number) {
    this.#endedMax = endedMax;
    this.#barred = new Newest(barredMax);
  }

  /** To be read at once: one that ended makes room for another one. */
  find(id: string): Hold | undefined {
    return this.#slots[this.#places.find(id)];
  }

  idOf(hold: Hold): string {
    return this.#places.idAt((hold as Slot).place);
  }

  /** The hold as the operator sees it. */
  recordOf(hold: Hold): HoldRecord {
    const { accountId, operation, keyId, amount, charged, overage, state } = hold;
    const { slots, madeAtMs, endedAtMs } = hold;
    const isJob = slots !== undefined;
    return {
      ...{ id: this.idOf(hold), accountId, operation, keyId, amount, charged, overage, state },
      ...{ isJob, madeAtMs, endedAtMs },
    };
  }

  /** Of an id that is unknown. */
  add(id: string, made: NewHold): void {
    const place = this.#places.add(id);
    const n = ++this.#made;
    let slot = this.#slots[place];
    if (slot === undefined) {
      slot = newSlot(place, n, made);
      this.#slots[place] = slot;
    } else overwrite(slot, n, made);
    slot.before = this.#last;
    if (this.#last === undefined) this.#first = slot;
    else this.#last.after = slot;
    this.#last = slot;
  }

  /** Ends an open hold; the forgotten one's charge stays with its budgets. */
  end(hold: Hold, state: Exclude<Hold["state"], "open">, charged: number, nowMs: number): void {
    const slot = hold as Slot;
    slot.state = state;
    slot.charged = charged;
    slot.endedAtMs = nowMs;
    slot.parts = noParts;
    const { before, after } = slot;
    if (before === undefined) this.#first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
    slot.before = undefined;
    slot.after = undefined;
    this.#remember(slot.place);
  }

  /** Leaves an open hold, and its record with the answer, to a job. */
  leave(hold: Hold, slots: readonly string[], expiresAtMs: number): void {
    hold.slots = Object.freeze([...slots]);
    hold.expiresAtMs = expiresAtMs;
    hold.record = undefined;
  }

  /** The job that a hold was left to, while it runs. */
  jobOf(hold: Hold | undefined): Job | undefined {
    if (hold?.state !== "open" || hold.slots === undefined) return undefined;
    const { accountId, operation, keyId, amount, slots, expiresAtMs } = hold;
    return { holdId: this.idOf(hold), accountId, operation, keyId, amount, slots, expiresAtMs };
  }

  /** Of those that are remembered: what ran out or cost too much, by the order in which they were made, newest first. */
  odd({ accountId, limit, before }: OddHoldQuery): readonly Hold[] {
    const below = before === undefined ? Number.POSITIVE_INFINITY : (this.find(before)?.n ?? 0);
    const odd: Hold[] = [];
    for (const hold of this.ended()) {
      if (hold.state !== "expired" && hold.overage === 0) continue;
      if (accountId !== undefined && hold.accountId !== accountId) continue;
      if (hold.n < below) odd.push(hold);
    }
    return odd.sort((a, b) => b.n - a.n).slice(0, limit);
  }

  bar(id: string): void {
    this.#barred.set(id, true);
  }

  isBarred(id: string): boolean {
    // Looking for a text costs more than all the rest, and nearly always there is none.
    return this.#barred.size > 0 && this.#barred.get(id) === true;
  }

  /** The one at hand may be ended meanwhile. */
  *open(): Iterable<Hold> {
    for (let slot = this.#first; slot !== undefined; ) {
      const { after } = slot;
      yield slot;
      slot = after;
    }
  }

  *ended(): Iterable<Hold> {
    for (const place of this.#ended) yield this.#slots[place] as Slot;
  }

  #remember(place: number): void {
    if (this.#ended.length < this.#endedMax) {
      this.#ended.push(place);
      return;
    }
    const forgotten = this.#slots[this.#ended[this.#oldest] as number] as Slot;
    for (const pot of forgotten.budgets) pot.usedBefore += forgotten.charged;
    this.#places.delete(forgotten.place);
    this.#ended[this.#oldest] = place;
    this.#oldest = (this.#oldest + 1) % this.#endedMax;
  }
}

function newSlot(place: number, n: number, made: NewHold): Slot {
  const neighbours = { before: undefined, after: undefined };
  const asNew = { slots: undefined, state: "open", charged: 0, overage: 0 } as const;
  return { ...made, ...asNew, endedAtMs: undefined, ...neighbours, place, n };
}

function overwrite(slot: Slot, n: number, made: NewHold): void {
  slot.n = n;
  slot.accountId = made.accountId;
  slot.allowance = made.allowance;
  slot.operation = made.operation;
  slot.keyId = made.keyId;
  slot.amount = made.amount;
  slot.parts = made.parts;
  slot.budgets = made.budgets;
  slot.record = made.record;
  slot.firstEntry = made.firstEntry;
  slot.madeAtMs = made.madeAtMs;
  slot.expiresAtMs = made.expiresAtMs;
  slot.slots = undefined;
  slot.state = "open";
  slot.charged = 0;
  slot.overage = 0;
  slot.endedAtMs = undefined;
}
