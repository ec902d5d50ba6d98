// Money in memory: reserve, settle and release over an account's pots and its budgets, with the
// idempotency records that must agree with them. Each method runs to its end without a pause, so
// each is one step.

import { assert, DAY_MS } from "../../base/index.ts";
import type {
  AccountFunds,
  Balance,
  Booked,
  Budget,
  BudgetState,
  Entry,
  EntryPage,
  Grant,
  GrantState,
  HoldRecord,
  Idempotency,
  Job,
  JobStart,
  JobStarted,
  Ledger,
  OddHoldQuery,
  Page,
  Recalled,
  Reservation,
  Reserved,
  Settled,
  Settlement,
} from "../../gate/stores.ts";
import { Books } from "./books.ts";
import { type BudgetPot, Budgets } from "./budgets.ts";
import { Funds } from "./funds.ts";
import { type Hold, Holds } from "./holds.ts";
import { IdempotencyRecords } from "./idempotency.ts";
import { auditLedger } from "./ledger-audit.ts";

const none: readonly never[] = [];

export interface LedgerOptions {
  /** Entries that are kept over all accounts; older ones are folded into sums. @default 1,000,000 */
  readonly entriesMax?: number;
  /** Ended holds that are remembered, to answer as the first time. @default 100,000 */
  readonly endedHoldsMax?: number;
  /** Ids that are remembered as released before they were made. @default 10,000 */
  readonly barredHoldsMax?: number;
  /** How long the idempotency key of an expired hold answers that there is no answer. @default one day */
  readonly rememberExpiredMs?: number;
}

/** Exact, and forgotten with the process. */
export class MemoryLedger implements Ledger {
  readonly #books: Books;
  readonly #holds: Holds;
  readonly #budgets = new Budgets();
  readonly #records = new IdempotencyRecords();
  readonly #funds = new Map<string, Funds>();
  /** The ids of all grants there ever were: as many as an operator or a payment made. */
  readonly #grants = new Set<string>();
  readonly #rememberExpiredMs: number;

  constructor(options: LedgerOptions = {}) {
    this.#books = new Books(options.entriesMax ?? 1_000_000);
    this.#holds = new Holds(options.endedHoldsMax ?? 100_000, options.barredHoldsMax ?? 10_000);
    this.#rememberExpiredMs = options.rememberExpiredMs ?? DAY_MS;
  }

  grant(grant: Grant, nowMs: number): void {
    assertCredits(grant.amount, "A grant");
    if (this.#grants.has(grant.id)) return;
    this.#grants.add(grant.id);
    this.#fundsOf(grant.accountId).grant(grant, nowMs);
  }

  reserve(reservation: Reservation, nowMs: number): Reserved {
    const { holdId, funds, budgets, amount, idempotency } = reservation;
    assertCredits(amount, "A hold");
    const account = this.#fundsOf(funds.accountId);
    const { allowance } = funds;
    const known = this.#holds.find(holdId);
    if (known?.state === "open") {
      return this.#held(account.remaining(allowance, nowMs), budgets, nowMs);
    }
    if (known !== undefined) throw new Error(`hold "${holdId}" has ended already`);
    if (this.#holds.isBarred(holdId)) {
      throw new Error(`hold "${holdId}" was released before it was made`);
    }
    const recalled = idempotency && this.#records.recall(idempotency, nowMs);
    if (recalled !== undefined) return recalled;

    // A free call is never refused, however little there is.
    const free = amount === 0;
    const full = free ? undefined : this.#budgets.full(budgets, amount, nowMs);
    if (full !== undefined) return full;
    const remaining = account.remaining(allowance, nowMs);
    if (amount > remaining) {
      return {
        kind: "credits_exhausted",
        remaining,
        resetAtMs: account.resetAtMs(allowance, nowMs),
      };
    }

    const firstEntry = this.#books.nextSequence;
    const parts = free ? none : account.hold(holdId, amount, allowance, nowMs);
    const pots =
      free || budgets.length === 0 ? undefined : this.#budgets.hold(budgets, amount, nowMs);
    this.#holds.add(holdId, {
      accountId: funds.accountId,
      allowance,
      operation: reservation.operation,
      keyId: reservation.keyId,
      amount,
      firstEntry,
      parts,
      budgets: pots ?? none,
      record: idempotency && this.#records.begin(idempotency, holdId, nowMs),
      madeAtMs: nowMs,
      expiresAtMs: reservation.expiresAtMs,
    });
    return this.#held(remaining - amount, budgets, nowMs, pots);
  }

  settle(settlement: Settlement, nowMs: number): Settled {
    const { holdId, charge } = settlement;
    assertCredits(charge, "A charge");
    const hold = this.#holds.find(holdId);
    if (hold === undefined) return { kind: this.#withoutHold(holdId), charged: 0, remaining: 0 };
    if (hold.state === "open") {
      assert(charge <= hold.amount, () => `${charge} is more than hold "${holdId}" has`);
      hold.overage = settlement.overage ?? 0;
      this.#end(holdId, hold, "settled", charge, nowMs);
      if (hold.record !== undefined) {
        this.#records.finish(hold.record, settlement.answer, nowMs + settlement.rememberMs);
      }
    }
    assert(hold.state !== "open", () => `hold "${holdId}" did not end`);
    return {
      kind: hold.state,
      charged: hold.charged,
      remaining: this.#fundsOf(hold.accountId).remaining(hold.allowance, nowMs),
    };
  }

  release(holdId: string, nowMs: number): void {
    const hold = this.#holds.find(holdId);
    if (hold === undefined) this.#holds.bar(holdId);
    if (hold?.state !== "open") return;
    this.#end(holdId, hold, "released", 0, nowMs);
    if (hold.record !== undefined) this.#records.forget(hold.record);
  }

  extend(holdIds: readonly string[], expiresAtMs: number): void {
    for (const holdId of holdIds) {
      const hold = this.#holds.find(holdId);
      if (hold?.state === "open") hold.expiresAtMs = expiresAtMs;
    }
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
      this.#records.answerLate(record, holdId, answer, rememberMs, nowMs);
    }
    return { kind: state };
  }

  job(holdId: string): Job | undefined {
    return this.#holds.jobOf(this.#holds.find(holdId));
  }

  jobs(): readonly Job[] {
    const running: Job[] = [];
    for (const hold of this.#holds.open()) {
      const job = this.#holds.jobOf(hold);
      if (job !== undefined) running.push(job);
    }
    return running;
  }

  recall(idempotency: Idempotency, nowMs: number): Recalled {
    return this.#records.recall(idempotency, nowMs) ?? { kind: "unknown" };
  }

  expire(nowMs: number, max: number, dueMs: number = nowMs): readonly string[] {
    const expired: string[] = [];
    for (const hold of this.#holds.open()) {
      if (expired.length >= max) break;
      if (hold.expiresAtMs > (hold.slots === undefined ? dueMs : nowMs)) continue;
      const holdId = this.#holds.idOf(hold);
      this.#end(holdId, hold, "expired", 0, nowMs);
      if (hold.record !== undefined) {
        this.#records.finish(hold.record, undefined, nowMs + this.#rememberExpiredMs);
      }
      expired.push(holdId);
    }
    return expired;
  }

  balance({ accountId, allowance }: AccountFunds, nowMs: number): Balance {
    return this.#fundsOf(accountId).balance(allowance, nowMs);
  }

  budgets(budgets: readonly Budget[], nowMs: number): readonly BudgetState[] {
    return this.#budgets.states(budgets, nowMs);
  }

  grants(accountId: string, page: Page, nowMs: number): readonly GrantState[] {
    return this.#funds.get(accountId)?.grants(page, nowMs) ?? [];
  }

  /** One that is open or still remembered: of those that ended the newest `endedHoldsMax`. */
  hold(holdId: string): HoldRecord | undefined {
    const hold = this.#holds.find(holdId);
    return hold && this.#holds.recordOf(hold);
  }

  /** Among those that are still remembered, as `hold` does. */
  oddHolds(query: OddHoldQuery): readonly HoldRecord[] {
    return this.#holds.odd(query).map((hold) => this.#holds.recordOf(hold));
  }

  /** Among the newest `entriesMax` of all accounts: older ones were folded into sums. */
  entries(accountId: string, page: EntryPage): readonly Entry[] {
    return this.#books.entries(accountId, page);
  }

  booked(accountId: string): Booked {
    const sides = this.#funds.get(accountId)?.booked() ?? { available: 0, held: 0 };
    return { ...sides, upTo: this.#books.nextSequence - 1 };
  }

  audit(): readonly string[] {
    return auditLedger(this.#books, this.#holds, this.#budgets);
  }

  /** How many idempotency records are kept in memory. */
  get recordsHeld(): number {
    return this.#records.size;
  }

  #held(
    remaining: number,
    budgets: readonly Budget[],
    nowMs: number,
    pots?: readonly BudgetPot[],
  ): Reserved {
    if (budgets.length === 0) return { kind: "held", remaining };
    const budget = this.#budgets.scarcest(budgets, nowMs, pots);
    return budget === undefined ? { kind: "held", remaining } : { kind: "held", remaining, budget };
  }

  /** How somebody fares who asks for a hold that was never made. */
  #withoutHold(holdId: string): "released" | "unknown" {
    return this.#holds.isBarred(holdId) ? "released" : "unknown";
  }

  #end(
    holdId: string,
    hold: Hold,
    state: Exclude<Hold["state"], "open">,
    charge: number,
    nowMs: number,
  ): void {
    this.#fundsOf(hold.accountId).end(holdId, hold.parts, charge, nowMs);
    this.#budgets.end(hold.budgets, hold.amount, charge);
    this.#holds.end(hold, state, charge, nowMs);
  }

  #fundsOf(accountId: string): Funds {
    let funds = this.#funds.get(accountId);
    if (funds === undefined) {
      funds = new Funds(accountId, this.#books);
      this.#funds.set(accountId, funds);
    }
    return funds;
  }
}

function assertCredits(amount: number, what: string): void {
  assert(
    Number.isSafeInteger(amount) && amount >= 0,
    () => `${what} is a whole number of credits, got ${amount}`,
  );
}
