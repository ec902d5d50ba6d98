// How an account's credits and budgets stand now: what a look at an account asks the stores.

import { type AnyApi, monthStartMs, resetAtMs } from "sluice";
import type { Account, Budget, BudgetState, GrantState, OperatorStores } from "sluice/gate";
import type { Standing } from "./standing.ts";

/** What is known of an account's spending since it was looked at last. */
export interface Noted {
  readonly accountId: string;
  readonly api: AnyApi;
  /** Those that were charged; undefined where it may have been any. */
  readonly budgets: ReadonlyMap<string, Budget> | undefined;
  /** What had too little: `credits`, or the name of a budget. */
  readonly short: ReadonlySet<string>;
}

type Asked = Pick<OperatorStores, "directory" | "ledger">;

/** Of each kind: an account with more is looked at in part, where it is not known which of them spends. */
const BUDGETS_MAX = 500;

export function budgetName({ scope, id }: Pick<Budget, "scope" | "id">): string {
  return `${scope}/${id}`;
}

export const CREDITS = "credits";

export async function standingsOf(
  noted: Noted,
  account: Account,
  { directory, ledger }: Asked,
  nowMs: number,
): Promise<readonly Standing[]> {
  const credits = await creditsOf(noted, account, ledger, nowMs);
  const budgets =
    noted.budgets === undefined
      ? await budgetsOfAccount(account.id, directory)
      : [...noted.budgets.values()];
  const states = budgets.length === 0 ? [] : await ledger.budgets(budgets, nowMs);
  const standings = states.map((state) => ofBudget(state, noted, nowMs));
  return credits === undefined ? standings : [credits, ...standings];
}

function ofBudget({ budget, used, resetAtMs }: BudgetState, noted: Noted, nowMs: number): Standing {
  const { scope, id, cap } = budget;
  const periodStartMs = monthStartMs(Math.min(nowMs, resetAtMs - 1));
  return {
    subject: { kind: "budget", scope, id },
    period: periodStartMs,
    ...{ periodStartMs, resetAtMs, used, cap },
    isShort: noted.short.has(budgetName(budget)),
  };
}

/** Those of the plan and period, with what was granted beside them; where the plan has none, the last that was granted. */
async function creditsOf(
  { api, short }: Noted,
  account: Account,
  ledger: Asked["ledger"],
  nowMs: number,
): Promise<Standing | undefined> {
  const accountId = account.id;
  const allowance = account.overrides?.allowance ?? api.server.plans[account.plan]?.allowance;
  const balance = await ledger.balance({ accountId, allowance }, nowMs);
  const { used, held, remaining, periodStartMs } = balance;
  const about = { subject: { kind: "credits" }, isShort: short.has(CREDITS) } as const;
  if (allowance === undefined) {
    const [newest] = await ledger.grants(accountId, { limit: 1 }, nowMs);
    return newest && { ...about, ...sinceGranted(newest, remaining + held) };
  }
  // Before the first charge of its first period there is nothing to warn of.
  if (periodStartMs === undefined) return undefined;
  return {
    ...about,
    period: periodStartMs,
    periodStartMs,
    resetAtMs: resetAtMs(allowance.reset, periodStartMs, nowMs),
    used,
    cap: used + held + remaining,
  };
}

/** Each top-up begins anew. What is left of those before counts as not used, so that it is told as late as it may be. */
function sinceGranted({ id, amount }: GrantState, left: number) {
  const used = Math.max(0, amount - left);
  return { period: id, periodStartMs: undefined, resetAtMs: undefined, used, cap: amount };
}

async function budgetsOfAccount(
  accountId: string,
  directory: Asked["directory"],
): Promise<readonly Budget[]> {
  const page = { limit: BUDGETS_MAX };
  const scopes = [
    ["workspace", await directory.workspacesOf(accountId, page)],
    ["project", await directory.projectsOf(accountId, page)],
    ["key", await directory.keysOf(accountId, page)],
  ] as const;
  return scopes.flatMap(([scope, owners]) =>
    owners.flatMap(({ id, budget }) => (budget === undefined ? [] : [{ scope, id, cap: budget }])),
  );
}
