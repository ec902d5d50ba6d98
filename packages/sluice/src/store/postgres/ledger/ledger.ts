// Money: the port, whose work is done in the database, a batch at a time. What is answered is committed.

import { assert } from "../../../base/index.ts";
import { monthEndMs, periodStartMs } from "../../../contract/index.ts";
import type {
  AccountFunds,
  Balance,
  Booked,
  Budget,
  BudgetState,
  Entry,
  EntryPage,
  FullBudget,
  Grant,
  GrantState,
  HoldRecord,
  Idempotency,
  Job,
  JobStart,
  JobStarted,
  KnownKey,
  Ledger,
  OddHoldQuery,
  Page,
  Recalled,
  Reservation,
  Reserved,
  Settled,
  Settlement,
} from "../../../gate/stores.ts";
import type { Database, Row } from "../connection/database.ts";
import { auditLedger } from "./audit.ts";
import { type Command, narrowest } from "./commands.ts";
import { budgetStates, grantsPage, holdRecord, oddHoldsPage } from "./operator.ts";
import type { Partitions } from "./partitions.ts";
import { bookedSums, entriesPage } from "./statement.ts";

export type LedgerPartitions = Partitions<Command, Row | readonly Row[]>;

export class PostgresLedger implements Ledger {
  readonly isShared = true;
  readonly #partitions: LedgerPartitions;
  readonly #database: Database;

  constructor(partitions: LedgerPartitions, database: Database) {
    this.#partitions = partitions;
    this.#database = database;
  }

  async grant(grant: Grant, nowMs: number): Promise<void> {
    assertCredits(grant.amount, "A grant");
    await this.#ofAccount(grant.accountId, { kind: "grant", of: { ...grant }, nowMs });
  }

  async reserve(reservation: Reservation, nowMs: number): Promise<Reserved> {
    assertCredits(reservation.amount, "A hold");
    const { holdId, funds, budgets } = reservation;
    this.#partitions.remember(holdId, this.#partitions.ofAccount(funds.accountId));
    const command = { kind: "reserve", of: reservation, nowMs } as const;
    const [told, remaining, charged, note] = await this.#ofAccount(funds.accountId, command);
    if (told === "held") {
      const budget = note ? scarcest(budgets, note) : undefined;
      return { kind: told, remaining: Number(remaining), ...(budget !== undefined && { budget }) };
    }
    // There is no such hold to be settled, or it has ended.
    this.#partitions.forget(holdId);
    if (told === "credits_exhausted") {
      const resetAtMs = note === null ? undefined : Number(note);
      return { kind: told, remaining: Number(remaining), resetAtMs };
    }
    if (told === "budget_exceeded") return fullBudget(budgets, Number(charged), note ?? "");
    return knownKey(told, note) as KnownKey;
  }

  async settle(settlement: Settlement, nowMs: number): Promise<Settled> {
    const { holdId, charge } = settlement;
    assertCredits(charge, "A charge");
    const command = { kind: "settle", of: settlement, nowMs } as const;
    const [told, remaining, charged] = await this.#ofHold(holdId, command);
    this.#partitions.forget(holdId);
    return {
      kind: told as Settled["kind"],
      charged: Number(charged),
      remaining: Number(remaining),
    };
  }

  async release(holdId: string, nowMs: number): Promise<void> {
    await this.#ofHold(holdId, { kind: "release", of: holdId, nowMs });
    this.#partitions.forget(holdId);
  }

  async extend(holdIds: readonly string[], expiresAtMs: number): Promise<void> {
    await Promise.all(holdIds.map((of) => this.#ofHold(of, { kind: "extend", of, expiresAtMs })));
  }

  async detach(start: JobStart, nowMs: number): Promise<JobStarted> {
    const of = { ...start, slots: [...start.slots] };
    const [told] = await this.#ofHold(start.holdId, { kind: "detach", of, nowMs });
    return { kind: told as JobStarted["kind"] };
  }

  async job(holdId: string): Promise<Job | undefined> {
    const [told, , , note] = await this.#ofHold(holdId, { kind: "job", of: holdId });
    return told === "job" ? jobOf(JSON.parse(note ?? "")) : undefined;
  }

  async jobs(): Promise<readonly Job[]> {
    const all = (await this.#partitions.submitToAll({ kind: "jobs" })) as readonly Row[][];
    // Each partition has answered after what it was told before, so it is asked about its own accounts only.
    const packed = all.flatMap(([row], partition) =>
      (JSON.parse(row?.[0] ?? "[]") as PackedJob[]).filter(
        ([, scope]) => this.#partitions.ofAccount(accountOf(scope)) === partition,
      ),
    );
    return packed.sort((a, b) => (a[7] ?? 0) - (b[7] ?? 0)).map(jobOf);
  }

  async recall(idempotency: Idempotency, nowMs: number): Promise<Recalled> {
    const command = { kind: "recall", of: idempotency, nowMs } as const;
    const [told, , , note] = await this.#ofAccount(idempotency.accountId, command);
    return told === "unknown" ? { kind: told } : knownKey(told, note);
  }

  async expire(nowMs: number, max: number, dueMs: number = nowMs): Promise<readonly string[]> {
    const rows = await this.#partitions.submit(0, { kind: "expire", nowMs, max, dueMs });
    return (rows as readonly Row[]).map(([id]) => id ?? "");
  }

  async balance(funds: AccountFunds, nowMs: number): Promise<Balance> {
    const { accountId, allowance } = funds;
    const command = { kind: "balance", of: funds, nowMs } as const;
    const [, remaining, , note] = await this.#ofAccount(accountId, command);
    const [held, used, startMs] = JSON.parse(note ?? "") as [number, number, number | null];
    const monthly = allowance?.reset.kind === "calendar_month" ? allowance.reset : undefined;
    return {
      remaining: Number(remaining),
      held,
      used,
      allowance: allowance?.credits ?? 0,
      periodStartMs: startMs ?? (monthly && periodStartMs(monthly, nowMs)),
    };
  }

  budgets(budgets: readonly Budget[], nowMs: number): Promise<readonly BudgetState[]> {
    return budgetStates(this.#database, budgets, nowMs);
  }

  grants(accountId: string, page: Page, nowMs: number): Promise<readonly GrantState[]> {
    return grantsPage(this.#database, accountId, page, nowMs);
  }

  hold(holdId: string): Promise<HoldRecord | undefined> {
    return holdRecord(this.#database, holdId);
  }

  oddHolds(query: OddHoldQuery): Promise<readonly HoldRecord[]> {
    return oddHoldsPage(this.#database, query);
  }

  entries(accountId: string, page: EntryPage): Promise<readonly Entry[]> {
    return entriesPage(this.#database, accountId, page);
  }

  booked(accountId: string): Promise<Booked> {
    return bookedSums(this.#database, accountId);
  }

  /** From the rows of one snapshot, while the ledger goes on. */
  audit(): Promise<readonly string[]> {
    return auditLedger(this.#database);
  }

  #ofAccount(accountId: string, command: Command): Promise<Row> {
    return this.#submit(this.#partitions.ofAccount(accountId), command);
  }

  #ofHold(holdId: string, command: Command): Promise<Row> {
    return this.#submit(this.#partitions.ofHold(holdId), command);
  }

  async #submit(partition: number, command: Command): Promise<Row> {
    const row = (await this.#partitions.submit(partition, command)) as Row;
    if (row[0] === "mistake") throw new Error(row[3] ?? "");
    return row;
  }
}

type PackedJob = readonly [
  holdId: string,
  scope: string,
  operation: string,
  keyId: string,
  amount: number,
  slots: string,
  expiresAtMs: string,
  n?: number,
];

function jobOf([holdId, scope, operation, keyId, amount, slots, expiresAtMs]: PackedJob): Job {
  return {
    ...{ holdId, accountId: accountOf(scope), operation, keyId, amount },
    ...{ slots: JSON.parse(slots) as string[], expiresAtMs: Number(expiresAtMs) },
  };
}

function fullBudget(budgets: readonly Budget[], used: number, note: string): FullBudget {
  const [at, held, monthMs] = JSON.parse(note) as [number, number, number];
  const budget = narrowest(budgets)[at - 1];
  assert(budget !== undefined, () => `there is no budget ${at}`);
  return { kind: "budget_exceeded", budget, used, held, resetAtMs: monthEndMs(monthMs) };
}

/** The one with the least room, the first of equals, out of three numbers for each: the narrowest was told of first. */
function scarcest(budgets: readonly Budget[], note: string): BudgetState | undefined {
  const numbers = note.split(" ").map(Number);
  const told = narrowest(budgets);
  let least = Number.POSITIVE_INFINITY;
  let found: BudgetState | undefined;
  for (const budget of budgets) {
    const at = 3 * told.indexOf(budget);
    const [used = 0, held = 0, monthMs = 0] = numbers.slice(at, at + 3);
    const room = budget.cap - used - held;
    if (room >= least) continue;
    least = room;
    found = { budget, used, held, resetAtMs: monthEndMs(monthMs) };
  }
  return found;
}

function accountOf(scope: string): string {
  return scope.slice("account/".length);
}

function knownKey(told: string | null | undefined, note: string | null | undefined): KnownKey {
  if (told === "replay") return { kind: told, answer: JSON.parse(note ?? "") };
  return { kind: told as "in_progress" | "key_reused" | "no_answer" };
}

function assertCredits(amount: number, what: string): void {
  assert(
    Number.isSafeInteger(amount) && amount >= 0,
    () => `${what} is a whole number of credits, got ${amount}`,
  );
}
