// What an operator asks of the ledger: holds that nobody ended, and budgets that are nearly used up.

import type { Budget, ExpiredHold } from "../../../gate/stores.ts";
import type { Prepare } from "../file/statements.ts";

/** The moment at which a budget's charges reached a part of its cap. */
export interface BudgetAlert {
  readonly scope: Budget["scope"];
  readonly id: string;
  readonly monthMs: number;
  readonly percent: number;
  readonly atMs: number;
  readonly used: number;
  readonly cap: number;
}

/** The newest first. */
export function expiredHolds(prepare: Prepare, limit: number): readonly ExpiredHold[] {
  return prepare(
    "SELECT id AS holdId, account_id AS accountId, amount, operation, key_id AS keyId, " +
      "made_ms AS madeAtMs, ended_ms AS endedAtMs FROM expired_hold AS expired " +
      "JOIN hold_now AS one ON one.n = expired.n " +
      "JOIN ledger_account ON ledger_account.n = one.account ORDER BY expired.n DESC LIMIT ?",
  ).all(limit) as unknown as ExpiredHold[];
}

/** From `sinceMs` on, oldest first. */
export function budgetAlerts(
  prepare: Prepare,
  sinceMs: number,
  limit: number,
): readonly BudgetAlert[] {
  return prepare(
    "SELECT scope, id, month_ms AS monthMs, percent, at_ms AS atMs, alert.used, alert.cap " +
      "FROM budget_alert AS alert JOIN budget ON budget.n = alert.budget " +
      "WHERE at_ms >= ? ORDER BY at_ms, percent LIMIT ?",
  ).all(sinceMs, limit) as unknown as BudgetAlert[];
}
