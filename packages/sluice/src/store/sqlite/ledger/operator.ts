// What an operator asks of the ledger: how budgets stand, what became of grants, and holds.

import { monthEndMs, monthStartMs } from "../../../contract/index.ts";
import type {
  Budget,
  BudgetState,
  GrantState,
  HoldRecord,
  OddHoldQuery,
  Page,
} from "../../../gate/stores.ts";
import type { Prepare } from "../file/statements.ts";

/** As they were committed last; a clock that steps back over the end of a month does not open the old month again. */
export function budgetStates(
  prepare: Prepare,
  budgets: readonly Budget[],
  nowMs: number,
): readonly BudgetState[] {
  const newest = prepare(
    "SELECT month_ms, used, held FROM budget WHERE scope = ? AND id = ? AND month_ms >= ? " +
      "ORDER BY month_ms DESC LIMIT 1",
  );
  const monthMs = monthStartMs(nowMs);
  return budgets.map((budget) => {
    const row = newest.get(budget.scope, budget.id, monthMs);
    return {
      budget,
      used: Number(row?.["used"] ?? 0),
      held: Number(row?.["held"] ?? 0),
      resetAtMs: monthEndMs(Number(row?.["month_ms"] ?? monthMs)),
    };
  });
}

/** Newest first. What is over by now lapses when credits are next taken; here it has. */
export function grantsPage(
  prepare: Prepare,
  accountId: string,
  { limit, after }: Page,
  nowMs: number,
): readonly GrantState[] {
  const rows = prepare(
    "SELECT substr(name, 7) AS id, expires_ms, reason, issued, available, held, charged, lapsed " +
      "FROM pot_now WHERE kind = 'grant' " +
      "AND account = (SELECT n FROM ledger_account WHERE account_id = ?1) " +
      "AND n < iif(?2 IS NULL, 9e18, (SELECT n FROM pot AS cursor WHERE name = 'grant/' || ?2 " +
      "AND account = (SELECT n FROM ledger_account WHERE account_id = ?1))) " +
      "ORDER BY n DESC LIMIT ?3",
  ).all(accountId, after ?? null, limit);
  return rows.map((row) => {
    const expiresAtMs = row["expires_ms"] as number | null;
    const available = Number(row["available"]);
    const isOver = expiresAtMs !== null && expiresAtMs <= nowMs;
    return {
      id: String(row["id"]),
      accountId,
      amount: Number(row["issued"]),
      ...(expiresAtMs !== null && { expiresAtMs }),
      reason: String(row["reason"]),
      remaining: isOver ? 0 : available,
      held: Number(row["held"]),
      charged: Number(row["charged"]),
      lapsed: Number(row["lapsed"]) + (isOver ? available : 0),
    };
  });
}

const record =
  "SELECT one.id, account_id, operation, key_id, amount, charged, overage, state, made_ms, " +
  "ended_ms, EXISTS (SELECT 1 FROM job WHERE job.hold = one.n) AS is_job ";

export function holdRecord(prepare: Prepare, holdId: string): HoldRecord | undefined {
  const row = prepare(
    `${record} FROM hold_now AS one JOIN ledger_account ON ledger_account.n = one.account ` +
      "WHERE one.id = ?",
  ).get(holdId);
  return row && recordOf(row);
}

/** Newest first. Nothing is behind a hold that there is not: no number is less than null. */
export function oddHoldsPage(
  prepare: Prepare,
  { accountId, limit, before }: OddHoldQuery,
): readonly HoldRecord[] {
  const owner = "odd.account = (SELECT n FROM ledger_account WHERE account_id = ?3)";
  const rows = prepare(
    `${record} FROM odd_hold AS odd JOIN hold_now AS one ON one.n = odd.hold ` +
      "JOIN ledger_account ON ledger_account.n = odd.account " +
      `WHERE ${accountId === undefined ? "?3 IS NULL" : owner} ` +
      "AND odd.hold < iif(?1 IS NULL, 9e18, (SELECT n FROM hold WHERE id = ?1)) " +
      "ORDER BY odd.hold DESC LIMIT ?2",
  ).all(before ?? null, limit, accountId ?? null);
  return rows.map(recordOf);
}

function recordOf(row: Readonly<Record<string, unknown>>): HoldRecord {
  return {
    id: String(row["id"]),
    accountId: String(row["account_id"]),
    operation: String(row["operation"]),
    keyId: String(row["key_id"]),
    amount: Number(row["amount"]),
    charged: Number(row["charged"]),
    overage: Number(row["overage"]),
    state: row["state"] as HoldRecord["state"],
    isJob: row["is_job"] === 1,
    madeAtMs: Number(row["made_ms"]),
    endedAtMs: (row["ended_ms"] as number | null) ?? undefined,
  };
}
