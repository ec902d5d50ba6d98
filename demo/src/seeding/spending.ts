// Accounts and workspaces that have nothing left. They are charged like any other, at each start: what they have
// starts anew with their next period.

import type { AccountFunds, Budget, Ledger } from "sluice/gate";
import { by } from "./keys.ts";

/** Charges all that the account has. */
export async function spendEverything(
  ledger: Ledger,
  funds: AccountFunds,
  nowMs: number,
): Promise<void> {
  const { remaining } = await ledger.balance(funds, nowMs);
  if (remaining > 0) await spend(ledger, { funds, budgets: [], amount: remaining }, nowMs);
}

/** Charges all of a budget; when it is spent already, nothing happens. */
export async function spendBudget(
  ledger: Ledger,
  funds: AccountFunds,
  budget: Budget,
  nowMs: number,
): Promise<void> {
  await spend(ledger, { funds, budgets: [budget], amount: budget.cap }, nowMs);
}

interface Spending {
  readonly funds: AccountFunds;
  readonly budgets: readonly Budget[];
  readonly amount: number;
}

async function spend(ledger: Ledger, spending: Spending, nowMs: number): Promise<void> {
  const holdId = `demo-spends-${spending.funds.accountId}-${nowMs}`;
  const told = { holdId, expiresAtMs: nowMs, operation: by, keyId: by };
  const reserved = await ledger.reserve({ ...spending, ...told }, nowMs);
  if (reserved.kind !== "held") return;
  await ledger.settle({ holdId, charge: spending.amount, rememberMs: 0 }, nowMs);
}
