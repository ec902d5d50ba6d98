// Money: the port, whose work is done in the worker, a batch at a time. What is answered is on the disk.

import { assert } from "../../../base/index.ts";
import { type Allowance, monthEndMs } from "../../../contract/index.ts";
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
} from "../../../gate/stores.ts";
import type { Submit } from "../thread/commands.ts";
import type { Queries } from "../thread/queries.ts";
import type { PackedAllowance } from "./funds.ts";
import type { PackedHeld } from "./work.ts";
export class SqliteLedger implements Ledger {
  readonly #submit: Submit;
  readonly #queries: Queries;
  readonly #audits: Queries;

  constructor(submit: Submit, queries: Queries, audits: Queries = queries) {
    this.#submit = submit;
    this.#queries = queries;
    this.#audits = audits;
  }

  async grant(grant: Grant, nowMs: number): Promise<void> {
    assertCredits(grant.amount, "A grant");
    await this.#submit("grant", grant, nowMs);
  }

  async reserve(reservation: Reservation, nowMs: number): Promise<Reserved> {
    const { holdId, funds, budgets, amount, expiresAtMs, operation, keyId } = reservation;
    assertCredits(amount, "A hold");
    const reserved = await this.#submit(
      "reserve",
      [
        holdId,
        funds.accountId,
        pack(funds.allowance),
        budgets.length === 0 ? undefined : budgets,
        amount,
        expiresAtMs,
        operation,
        keyId,
        reservation.idempotency,
      ],
      nowMs,
    );
    if (typeof reserved === "number") return { kind: "held", remaining: reserved };
    return "kind" in reserved ? reserved : heldOver(budgets, reserved);
  }

  async settle(settlement: Settlement, nowMs: number): Promise<Settled> {
    const { holdId, charge, overage = 0, answer, rememberMs } = settlement;
    assertCredits(charge, "A charge");
    const settled = await this.#submit(
      "settle",
      ...([holdId, charge, overage, answer, rememberMs, nowMs] as const),
    );
    if (typeof settled !== "number") return settled;
    return { kind: "settled", charged: charge, remaining: settled };
  }

  release(holdId: string, nowMs: number): Promise<void> {
    return this.#submit("release", holdId, nowMs);
  }

  extend(holdIds: readonly string[], expiresAtMs: number): Promise<void> {
    return this.#submit("extend", holdIds, expiresAtMs);
  }

  detach(start: JobStart, nowMs: number): Promise<JobStarted> {
    return this.#submit("detach", start, nowMs);
  }

  job(holdId: string): Promise<Job | undefined> {
    return this.#submit("job", holdId);
  }

  jobs(): Promise<readonly Job[]> {
    return this.#submit("jobs");
  }

  recall(idempotency: Idempotency, nowMs: number): Promise<Recalled> {
    return this.#submit("recall", idempotency, nowMs);
  }

  expire(nowMs: number, max: number, dueMs: number = nowMs): Promise<readonly string[]> {
    return this.#submit("expire", nowMs, max, dueMs);
  }

  balance({ accountId, allowance }: AccountFunds, nowMs: number): Promise<Balance> {
    return this.#submit("balance", accountId, allowance, nowMs);
  }

  budgets(budgets: readonly Budget[], nowMs: number): Promise<readonly BudgetState[]> {
    return this.#queries.ask("budgets", budgets, nowMs);
  }

  grants(accountId: string, page: Page, nowMs: number): Promise<readonly GrantState[]> {
    return this.#queries.ask("grants", accountId, page, nowMs);
  }

  hold(holdId: string): Promise<HoldRecord | undefined> {
    return this.#queries.ask("hold", holdId);
  }

  oddHolds(query: OddHoldQuery): Promise<readonly HoldRecord[]> {
    return this.#queries.ask("oddHolds", query);
  }

  entries(accountId: string, page: EntryPage): Promise<readonly Entry[]> {
    return this.#queries.ask("entries", accountId, page);
  }

  booked(accountId: string): Promise<Booked> {
    return this.#queries.ask("booked", accountId);
  }

  /** From the rows of one snapshot, while the ledger goes on. */
  audit(): Promise<readonly string[]> {
    return this.#audits.ask("audit", false);
  }
}

function heldOver(budgets: readonly Budget[], packed: PackedHeld): Reserved {
  const [remaining, at, used, held, monthMs] = packed;
  const budget = budgets[at] as Budget;
  const resetAtMs = monthEndMs(monthMs);
  return { kind: "held", remaining, budget: { budget, used, held, resetAtMs } };
}

function pack(allowance: Allowance | undefined): PackedAllowance {
  if (allowance === undefined) return undefined;
  const { credits, reset } = allowance;
  return [credits, reset.kind === "lazy" ? reset.everyMs : undefined];
}

function assertCredits(amount: number, what: string): void {
  assert(
    Number.isSafeInteger(amount) && amount >= 0,
    () => `${what} is a whole number of credits, got ${amount}`,
  );
}
