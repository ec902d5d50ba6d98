// After each step of a random trace: what an operator is told of the ledger, like the model's.

import type { Random } from "../../base/index.ts";
import type { AccountFunds, Budget, Ledger } from "../../gate/stores.ts";
import { check, equal } from "./check.ts";
import { entriesByPages, sumsOf } from "./ledger-entries.ts";
import type { LedgerModel } from "./ledger-model.ts";
import { budgetStates, grantStates, holdRecord, oddHolds } from "./ledger-sums.ts";

export interface Told {
  readonly ledger: Ledger;
  readonly model: LedgerModel;
  readonly random: Random;
  readonly accounts: readonly AccountFunds[];
  readonly budgets: readonly Budget[];
  readonly nowMs: number;
  /** Any that was made or refused, ended or not; or one that never is. */
  readonly holdId: string;
}

/** One question a step: each would cost as much as the step itself. */
export async function compareTold(told: Told, where: string): Promise<void> {
  const compare = told.random.pick([compareBudgets, compareHolds, compareGrants, compareEntries]);
  await compare(told, where);
}

async function compareBudgets(told: Told, where: string): Promise<void> {
  const { ledger, model, random, nowMs } = told;
  const budgets = told.budgets.filter(() => random.integer(3) > 0).toReversed();
  const states = budgetStates(model.holds, budgets, nowMs);
  equal(await ledger.budgets(budgets, nowMs), states, `${where}: budgets`);
}

async function compareHolds(told: Told, where: string): Promise<void> {
  const { ledger, model, random, holdId } = told;
  const hold = holdRecord(holdId, model.holds.get(holdId));
  equal(await ledger.hold(holdId), hold, `${where}: hold ${holdId}`);
  const { accountId } = random.pick(told.accounts);
  const query = {
    limit: 1 + random.integer(4),
    ...(random.integer(2) === 0 && { accountId }),
    ...(random.integer(2) === 0 && { before: holdId }),
  };
  const odd = oddHolds(model.holds, query);
  equal(await ledger.oddHolds(query), odd, `${where}: odd holds of ${JSON.stringify(query)}`);
}

async function compareGrants(told: Told, where: string): Promise<void> {
  const { ledger, model, random, nowMs } = told;
  const { accountId } = random.pick(told.accounts);
  const grants = model.grants.filter((source) => source.accountId === accountId);
  // Of any account.
  const some = model.grants[random.integer(2 * model.grants.length + 1)];
  const after = some?.grant?.id;
  const page = { limit: 1 + random.integer(4), ...(after !== undefined && { after }) };
  equal(
    await ledger.grants(accountId, page, nowMs),
    grantStates(model.holds, grants, page, nowMs),
    `${where}: grants of ${accountId} ${JSON.stringify(page)}`,
  );
}

async function compareEntries(told: Told, where: string): Promise<void> {
  const { ledger, random } = told;
  // Many pages: not each time.
  if (random.integer(2) > 0) return;
  const { accountId } = random.pick(told.accounts);
  const limit = 1 + random.integer(9);
  const all = await ledger.entries(accountId, { limit: 1_000_000 });
  const paged = await entriesByPages(ledger, accountId, limit);
  equal(paged, all, `${where}: entries of ${accountId} by pages of ${limit}`);
  const { upTo, ...sums } = await ledger.booked(accountId);
  equal(sums, sumsOf(all), `${where}: what the entries of ${accountId} add up to`);
  check(upTo >= (all[0]?.sequence ?? 0), `${where}: the sums of ${accountId} end at ${upTo}`);
}
