// Who calls in these tests: an account or a key for each way in which the API says no, and several that it says
// yes to.

import type { Account, Gate, NewKey, Stores, Workspace } from "sluice/gate";
import { mavera } from "../contract/index.ts";

export type KeyName =
  | "starter"
  | "second"
  | "basic"
  | "professional"
  | "enterprise"
  | "stranger"
  | "viewer"
  | "revoked"
  | "expired"
  | "lapsed"
  | "exhausted"
  | "overBudget"
  | "test";

export type Keys = Readonly<Record<KeyName, string>>;

export const starterId = "acct_starter";
export const enterpriseId = "acct_enterprise";
export const strangerId = "acct_stranger";

/** One of the starter account's own, and somebody else's. */
export const ownWorkspaceId = "ws_own";
export const foreignWorkspaceId = "ws_foreign";
export const ownProjectId = "proj_own";
export const foreignProjectId = "proj_foreign";

const by = "operator";
const spentWorkspaceId = "ws_spent";
const spentBudget = 10;

function account(id: string, plan: string, subscription: Account["subscription"]): Account {
  return { id, name: id, plan, subscription };
}

const accounts = [
  account(starterId, "starter", "active"),
  account("acct_basic", "basic", "active"),
  account("acct_professional", "professional", "active"),
  account(enterpriseId, "enterprise", "active"),
  account(strangerId, "starter", "active"),
  account("acct_lapsed", "starter", "inactive"),
  account("acct_exhausted", "starter", "active"),
];

function workspace(id: string, accountId: string): Workspace {
  return { id, accountId, name: id, createdAtMs: 0 };
}

type Spec = Omit<NewKey, "name" | "by">;

const specs: Readonly<Record<KeyName, Spec>> = {
  starter: { accountId: starterId },
  second: { accountId: starterId },
  basic: { accountId: "acct_basic" },
  professional: { accountId: "acct_professional" },
  enterprise: { accountId: enterpriseId },
  stranger: { accountId: strangerId },
  viewer: { accountId: starterId, permissions: ["read"] },
  revoked: { accountId: starterId },
  expired: { accountId: starterId, expiresAtMs: 1 },
  lapsed: { accountId: "acct_lapsed" },
  exhausted: { accountId: "acct_exhausted" },
  overBudget: { accountId: "acct_professional", workspaceId: spentWorkspaceId },
  test: { accountId: starterId, environment: "test" },
};

/** Puts everybody in place, and spends what is to be spent. */
export async function movePeopleIn(stores: Stores, gate: Gate): Promise<Keys> {
  const atMs = gate.clock.wallMs();
  const change = { by, atMs };
  const { directory } = stores;
  for (const one of accounts) await directory.putAccount(one, change);
  const spent = { ...workspace(spentWorkspaceId, "acct_professional"), budget: spentBudget };
  const own = workspace(ownWorkspaceId, starterId);
  const foreign = workspace(foreignWorkspaceId, strangerId);
  for (const one of [own, foreign, spent]) await directory.putWorkspace(one, change);
  for (const { id, accountId, projectId } of [
    { ...own, projectId: ownProjectId },
    { ...foreign, projectId: foreignProjectId },
  ]) {
    const project = { ...workspace(projectId, accountId), workspaceId: id };
    await directory.putProject(project, change);
  }
  const keys: Partial<Record<KeyName, string>> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const { key, secret } = await gate.keys.create({ ...spec, name, by });
    keys[name as KeyName] = secret;
    if (name === "revoked") await gate.keys.revoke(key.id, by);
  }
  await spendDownTo(stores, { accountId: "acct_exhausted", plan: "starter" }, 0, atMs);
  await spend(stores, {
    funds: { accountId: "acct_professional", allowance: allowanceOf("professional") },
    budgets: [{ scope: "workspace", id: spentWorkspaceId, cap: spentBudget }],
    amount: spentBudget,
    atMs,
  });
  return keys as Keys;
}

function allowanceOf(plan: string) {
  return mavera.server.plans[plan as keyof typeof mavera.server.plans].allowance;
}

/** Charges an account until so many credits are left. */
export async function spendDownTo(
  stores: Stores,
  { accountId, plan }: { accountId: string; plan: string },
  left: number,
  atMs: number,
): Promise<void> {
  const funds = { accountId, allowance: allowanceOf(plan) };
  const { remaining } = await stores.ledger.balance(funds, atMs);
  await spend(stores, { funds, budgets: [], amount: remaining - left, atMs });
}

type Reserve = Parameters<Stores["ledger"]["reserve"]>[0];

interface Spending extends Pick<Reserve, "funds" | "budgets" | "amount"> {
  readonly atMs: number;
}

async function spend({ ledger }: Stores, { atMs, ...spending }: Spending): Promise<void> {
  const holdId = `spent-${spending.funds.accountId}-${atMs}`;
  const hold = { holdId, expiresAtMs: atMs, operation: by, keyId: by, ...spending };
  await ledger.reserve(hold, atMs);
  await ledger.settle({ holdId, charge: spending.amount, rememberMs: 0 }, atMs);
}
