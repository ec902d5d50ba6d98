// After each step of a random trace: what an operator is told of the ledger, like the model's.

import type { Random } from "../../base/index.ts";
import type { AccountFunds, Budget, Ledger } from "../../gate/stores.ts";
import { equal } from "./check.ts";
import { entriesByPages } from "./ledger-entries.ts";
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

export async function compareTold(told: Told, where: string): Promise<void> {
  const { ledger, model, random, nowMs, holdId } = told;
  const budgets = told.budgets.filter(() => random.integer(3) > 0).toReversed();
  equal(
    await ledger.budgets(budgets, nowMs),
    budgetStates(model.holds, budgets, nowMs),
    `${where}: budgets`,
  );
  const hold = holdRecord(holdId, model.holds.get(holdId));
  equal(await ledger.hold(holdId), hold, `${where}: hold ${holdId}`);
  const limit = 1 + random.integer(4);
  const { accountId } = random.pick(told.accounts);
  const query = {
    limit,
    ...(random.integer(2) === 0 && { accountId }),
    ...(random.integer(2) === 0 && { before: holdId }),
  };
  const odd = oddHolds(model.holds, query);
  equal(await ledger.oddHolds(query), odd, `${where}: odd holds of ${JSON.stringify(query)}`);
  await comparePages(told, accountId, limit, where);
}

async function comparePages(
  { ledger, model, random, nowMs }: Told,
  accountId: string,
  limit: number,
  where: string,
): Promise<void> {
  const grants = model.grants.filter((source) => source.accountId === accountId);
  // Of any account.
  const some = model.grants[random.integer(2 * model.grants.length + 1)];
  const after = some?.grant?.id;
  const page = { limit, ...(after !== undefined && { after }) };
  equal(
    await ledger.grants(accountId, page, nowMs),
    grantStates(model.holds, grants, page, nowMs),
    `${where}: grants of ${accountId} ${JSON.stringify(page)}`,
  );
  // Many pages: not after each step.
  if (random.integer(8) > 0) return;
  const all = await ledger.entries(accountId, { limit: 1_000_000 });
  const paged = await entriesByPages(ledger, accountId, limit);
  equal(paged, all, `${where}: entries of ${accountId} by pages of ${limit}`);
}
