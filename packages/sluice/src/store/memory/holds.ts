// The life of holds: open, perhaps left to a job, then ended once and for all. What ended is
// remembered for a while, so that whoever asks again hears the first outcome.

import type { Allowance } from "../../contract/index.ts";
import type { HoldRecord, Job, OddHoldQuery } from "../../gate/stores.ts";
import type { BudgetPot } from "./budgets.ts";
import type { Part } from "./funds.ts";
import { Newest } from "./newest.ts";

/** Credits that were set aside for one call. */
export interface Hold {
  /** Rises with each that is made. */
  readonly n: number;
  readonly id: string;
  readonly accountId: string;
  /** By which what remains is told when it ends. */
  readonly allowance: Allowance | undefined;
  readonly operation: string;
  readonly keyId: string;
  readonly amount: number;
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

/** The hold as the operator sees it. */
export function recordOf(hold: Hold): HoldRecord {
  const { id, accountId, operation, keyId, amount, charged, overage, state } = hold;
  const { slots, madeAtMs, endedAtMs } = hold;
  const isJob = slots !== undefined;
  return {
    ...{ id, accountId, operation, keyId, amount, charged, overage, state, isJob },
    ...{ madeAtMs, endedAtMs },
  };
}

/** The job that the hold was left to, while it runs. */
export function jobOf(hold: Hold | undefined): Job | undefined {
  if (hold?.state !== "open" || hold.slots === undefined) return undefined;
  const { id: holdId, accountId, operation, keyId, amount, slots, expiresAtMs } = hold;
  return { holdId, accountId, operation, keyId, amount, slots, expiresAtMs };
}

/** Open holds, the newest that ended, and the ids that were released before they were made. */
export class Holds {
  readonly #open = new Map<string, Hold>();
  readonly #ended: Newest<Hold>;
  readonly #barred: Newest<true>;
  #made = 0;

  constructor(endedMax: number, barredMax: number) {
    this.#ended = new Newest(endedMax);
    this.#barred = new Newest(barredMax);
  }

  find(id: string): Hold | undefined {
    return this.#open.get(id) ?? this.#ended.get(id);
  }

  /** What the next hold will be numbered. */
  get nextNumber(): number {
    return this.#made + 1;
  }

  add(hold: Hold): void {
    this.#made = hold.n;
    this.#open.set(hold.id, hold);
  }

  /** Ends an open hold; the forgotten one's charge stays with its budgets. */
  end(hold: Hold, state: Exclude<Hold["state"], "open">, charged: number, nowMs: number): void {
    hold.state = state;
    hold.endedAtMs = nowMs;
    hold.charged = charged;
    this.#open.delete(hold.id);
    const forgotten = this.#ended.set(hold.id, hold);
    for (const pot of forgotten?.budgets ?? []) pot.usedBefore += forgotten?.charged ?? 0;
  }

  /** Leaves an open hold, and its record with the answer, to a job. */
  leave(hold: Hold, slots: readonly string[], expiresAtMs: number): void {
    hold.slots = Object.freeze([...slots]);
    hold.expiresAtMs = expiresAtMs;
    hold.record = undefined;
  }

  /** Of those that are remembered: what ran out or cost too much, by the order in which they were made, newest first. */
  odd({ accountId, limit, before }: OddHoldQuery): readonly Hold[] {
    const below = before === undefined ? Number.POSITIVE_INFINITY : (this.find(before)?.n ?? 0);
    const odd: Hold[] = [];
    for (const hold of this.#ended.values()) {
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
    return this.#barred.get(id) === true;
  }

  open(): Iterable<Hold> {
    return this.#open.values();
  }

  ended(): Iterable<Hold> {
    return this.#ended.values();
  }
}
