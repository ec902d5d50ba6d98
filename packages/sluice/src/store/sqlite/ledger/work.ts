// What the worker does for the ledger: reserve, settle and release over an account's pots and its
// budgets, with the idempotency records that must agree with them. What is needed is in memory or read
// by its key; what changes is written in the transaction of the batch.

import type { DatabaseSync } from "node:sqlite";
import type { Allowance } from "../../../contract/index.ts";
import type {
  Balance,
  Budget,
  Grant,
  Idempotency,
  Job,
  JobStart,
  JobStarted,
  Recalled,
  Reserved,
  Settled,
  StoredAnswer,
} from "../../../gate/stores.ts";
import { require } from "../file/mistake.ts";
import { Barred } from "./barred.ts";
import { Books } from "./books.ts";
import { Budgets, type Scarcest } from "./budgets.ts";
import { Funds, type PackedAllowance } from "./funds.ts";
import { type EndState, type Hold, Holds, jobOf } from "./holds.ts";
import { IdempotencyRecords } from "./idempotency.ts";
import { PotRows } from "./pot-rows.ts";

export interface LedgerSettings {
  readonly barredHoldsMax: number;
  readonly rememberExpiredMs: number;
  /** Accounts and budgets whose state is kept in memory. */
  readonly keptMax: number;
}

/** A reservation on its way to the worker: arrays are cheaper to hand over than objects. */
export type PackedReservation = readonly [
  holdId: string,
  accountId: string,
  allowance: PackedAllowance,
  budgets: readonly Budget[] | undefined,
  amount: number,
  expiresAtMs: number,
  operation: string,
  keyId: string,
  idempotency: Idempotency | undefined,
];

/** What remains, and by its place the budget with the least room: how it stands with the hold, in which month. */
export type PackedHeld = readonly [
  remaining: number,
  at: number,
  used: number,
  held: number,
  monthMs: number,
];

/** What remains, where it was settled as asked just now or before; else all of the outcome. */
export type PackedSettled = number | Settled;

const noBudgets: readonly Budget[] = [];
const noNumbers: readonly number[] = [];

export class LedgerWork {
  readonly #books: Books;
  readonly #pots: PotRows;
  readonly #budgets: Budgets;
  readonly #holds: Holds;
  readonly #barred: Barred;
  readonly #records: IdempotencyRecords;
  readonly #rememberExpiredMs: number;
  readonly #keptMax: number;
  readonly #funds = new Map<string, Funds>();

  constructor(database: DatabaseSync, settings: LedgerSettings) {
    this.#books = new Books(database);
    this.#pots = new PotRows(database);
    this.#budgets = new Budgets(database, settings.keptMax);
    this.#holds = new Holds(database);
    this.#barred = new Barred(database, settings.barredHoldsMax);
    this.#records = new IdempotencyRecords(database);
    this.#rememberExpiredMs = settings.rememberExpiredMs;
    this.#keptMax = settings.keptMax;
  }

  /** Writes what the batch has changed in memory only; the commit comes next. */
  flush(): void {
    this.#holds.flush();
    this.#books.flush();
    this.#budgets.flush();
    if (this.#funds.size > this.#keptMax) this.#funds.clear();
  }

  /** Forgets everything in memory: a transaction was taken back, or somebody else wrote to the file. */
  reset(): void {
    this.#books.reset();
    this.#budgets.reset();
    this.#holds.reset();
    this.#barred.reset();
    this.#funds.clear();
  }

  grant(grant: Grant, nowMs: number): void {
    if (!this.#pots.isGranted(grant.id)) this.#fundsOf(grant.accountId).grant(grant, nowMs);
  }

  /** What remains, where it is held over no budget; else what more there is to say, or why not. */
  reserve(reservation: PackedReservation, nowMs: number): number | PackedHeld | Reserved {
    const [holdId, accountId, packed, budgets = noBudgets, amount] = reservation;
    const idempotency = reservation[8];
    const funds = this.#fundsOf(accountId);
    const allowance = funds.unpack(packed);
    const known = this.#holds.find(holdId);
    if (known?.state === "open")
      return this.#asItStands(funds.remaining(allowance, nowMs), budgets, nowMs);
    require(known === undefined, () => `hold "${holdId}" has ended already`);
    require(!this.#barred.has(holdId), () => `hold "${holdId}" was released before it was made`);
    const recalled = idempotency && this.#records.recall(idempotency, nowMs);
    if (recalled !== undefined) return recalled;

    // A free call is never refused, however little there is.
    const full = amount === 0 ? undefined : this.#budgets.full(budgets, amount, nowMs);
    if (full !== undefined) return full;
    const remaining = funds.remaining(allowance, nowMs);
    if (amount > remaining) {
      const resetAtMs = funds.resetAtMs(allowance, nowMs);
      return { kind: "credits_exhausted", remaining, resetAtMs };
    }
    const isOver = amount > 0 && budgets.length > 0;
    const over = isOver ? this.#budgets.hold(budgets, amount, nowMs) : undefined;
    this.#take(reservation, over?.numbers ?? noNumbers, funds, allowance, nowMs);
    if (over === undefined) return this.#asItStands(remaining - amount, budgets, nowMs);
    return packHeld(remaining - amount, over.scarcest);
  }

  settle(
    holdId: string,
    charge: number,
    overage: number,
    answer: StoredAnswer | undefined,
    rememberMs: number,
    nowMs: number,
  ): PackedSettled {
    const hold = this.#holds.find(holdId);
    if (hold === undefined) return { kind: this.#withoutHold(holdId), charged: 0, remaining: 0 };
    if (hold.state === "open") {
      require(charge <= hold.amount, () => `${charge} is more than hold "${holdId}" has`);
      this.#end(hold, "settled", charge, overage, nowMs);
      if (hold.record !== undefined) {
        this.#records.finish(hold.record, answer, nowMs + rememberMs);
      }
    }
    const remaining = this.#fundsOf(hold.accountId).remaining(hold.allowance, nowMs);
    const { state, charged } = hold;
    if (state === "settled" && charged === charge) return remaining;
    return { kind: state as EndState, charged, remaining };
  }

  release(holdId: string, nowMs: number): void {
    const hold = this.#holds.find(holdId);
    if (hold === undefined) this.#barred.add(holdId);
    if (hold?.state !== "open") return;
    this.#end(hold, "released", 0, 0, nowMs);
    if (hold.record !== undefined) this.#records.forget(hold.record);
  }

  extend(holdIds: readonly string[], expiresAtMs: number): void {
    for (const holdId of holdIds) this.#holds.extend(holdId, expiresAtMs);
  }

  detach(start: JobStart, nowMs: number): JobStarted {
    const { holdId, answer, rememberMs } = start;
    const hold = this.#holds.find(holdId);
    if (hold === undefined) return { kind: this.#withoutHold(holdId) };
    const { record, state } = hold;
    if (state === "open") {
      if (hold.slots !== undefined) return { kind: "detached" };
      if (record !== undefined) this.#records.finish(record, answer, nowMs + rememberMs);
      this.#holds.leave(hold, start.slots, start.expiresAtMs);
      return { kind: "detached" };
    }
    if (state === "settled" && record !== undefined && answer !== undefined) {
      this.#records.answerLate(record, hold.n, answer, rememberMs, nowMs);
    }
    return { kind: state };
  }

  job(holdId: string): Job | undefined {
    return jobOf(this.#holds.find(holdId));
  }

  jobs(): readonly Job[] {
    const running: Job[] = [];
    for (const hold of this.#holds.open()) {
      const job = jobOf(hold);
      if (job !== undefined) running.push(job);
    }
    return running;
  }

  recall(idempotency: Idempotency, nowMs: number): Recalled {
    return this.#records.recall(idempotency, nowMs) ?? { kind: "unknown" };
  }

  expire(nowMs: number, max: number, dueMs: number): readonly string[] {
    const overdue: Hold[] = [];
    for (const hold of this.#holds.open()) {
      if (overdue.length >= max) break;
      if (hold.expiresAtMs <= (hold.slots === undefined ? dueMs : nowMs)) overdue.push(hold);
    }
    for (const hold of overdue) {
      this.#end(hold, "expired", 0, 0, nowMs);
      if (hold.record !== undefined) {
        this.#records.finish(hold.record, undefined, nowMs + this.#rememberExpiredMs);
      }
    }
    return overdue.map(({ id }) => id);
  }

  balance(accountId: string, allowance: Allowance | undefined, nowMs: number): Balance {
    return this.#fundsOf(accountId).balance(allowance, nowMs);
  }

  #asItStands(remaining: number, budgets: readonly Budget[], nowMs: number): number | PackedHeld {
    if (budgets.length === 0) return remaining;
    return packHeld(remaining, this.#budgets.scarcest(budgets, nowMs));
  }

  /** How somebody fares who asks for a hold that was never made. */
  #withoutHold(holdId: string): "released" | "unknown" {
    return this.#barred.has(holdId) ? "released" : "unknown";
  }

  #take(
    reservation: PackedReservation,
    budgets: readonly number[],
    funds: Funds,
    allowance: Allowance | undefined,
    nowMs: number,
  ): void {
    const [id, accountId, , , amount, expiresAtMs, operation, keyId] = reservation;
    const idempotency = reservation[8];
    const n = this.#holds.nextNumber();
    const hold: Hold = {
      n,
      id,
      accountId,
      allowance,
      amount,
      parts: amount === 0 ? [] : funds.hold(n, amount, allowance, nowMs),
      budgets,
      record: idempotency && this.#records.begin(idempotency, n, nowMs),
      slots: undefined,
      operation,
      keyId,
      expiresAtMs,
      state: "open",
      charged: 0,
      overage: 0,
    };
    this.#holds.add(hold, funds.number(), nowMs);
  }

  #end(hold: Hold, state: EndState, charge: number, overage: number, nowMs: number): void {
    this.#holds.end(hold, state, charge, overage, nowMs);
    this.#fundsOf(hold.accountId).end(hold.n, hold.parts, charge, nowMs);
    if (hold.budgets.length > 0) this.#budgets.end(hold.budgets, hold.amount, charge);
  }

  #fundsOf(accountId: string): Funds {
    let funds = this.#funds.get(accountId);
    if (funds === undefined) {
      funds = new Funds(accountId, this.#pots, this.#books);
      this.#funds.set(accountId, funds);
    }
    return funds;
  }
}

function packHeld(remaining: number, { at, used, held, monthMs }: Scarcest): PackedHeld {
  return [remaining, at, used, held, monthMs];
}
