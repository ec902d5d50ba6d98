// Money: the port, whose work is done in the worker, a batch at a time. What is answered is on the disk.

import { assert } from "../../../base/index.ts";
import type { Allowance } from "../../../contract/index.ts";
import type {
  AccountFunds,
  Balance,
  Entry,
  ExpiredHold,
  Grant,
  Idempotency,
  Job,
  JobStart,
  JobStarted,
  Ledger,
  Recalled,
  Reservation,
  Reserved,
  Settled,
  Settlement,
} from "../../../gate/stores.ts";
import type { Submit } from "../thread/commands.ts";
import type { Queries } from "../thread/queries.ts";
import type { PackedAllowance } from "./funds.ts";
import type { Hold } from "./holds.ts";
import type { BudgetAlert } from "./operator.ts";

/** A hold as the operator sees it. */
export type HoldRecord = Pick<
  Hold,
  "id" | "accountId" | "amount" | "charged" | "overage" | "state" | "operation" | "keyId"
>;

/** Rows that an operator is shown at once. */
const shownMax = 1_000;

export class SqliteLedger implements Ledger {
  readonly #submit: Submit;
  readonly #queries: Queries;

  constructor(submit: Submit, queries: Queries) {
    this.#submit = submit;
    this.#queries = queries;
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
    return typeof reserved === "number" ? { kind: "held", remaining: reserved } : reserved;
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

  async entries(accountId: string): Promise<readonly Entry[]> {
    const newestFirst: Entry[] = [];
    let from: number | undefined;
    do {
      const page = await this.#queries.ask("entries", accountId, from);
      newestFirst.push(...page.entries);
      from = page.next;
    } while (from !== undefined);
    return newestFirst.reverse();
  }

  /** From the rows of one snapshot, while the ledger goes on. */
  audit(): Promise<readonly string[]> {
    return this.#queries.ask("audit", false);
  }

  /** A hold, open or ended, for the operator. */
  holdOf(holdId: string): Promise<HoldRecord | undefined> {
    return this.#submit("holdOf", holdId);
  }

  /** The newest holds that nobody ended: what their calls did, nobody knows. */
  expiredHolds(limit: number = shownMax): Promise<readonly ExpiredHold[]> {
    return this.#queries.ask("expiredHolds", Math.min(limit, shownMax));
  }

  /** Budgets whose charges reached a threshold, from `sinceMs` on, oldest first. */
  budgetAlerts(sinceMs: number, limit: number = shownMax): Promise<readonly BudgetAlert[]> {
    return this.#queries.ask("budgetAlerts", sinceMs, Math.min(limit, shownMax));
  }
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
