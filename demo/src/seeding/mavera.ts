// Mavera's data in the demo: an account or a key for each way in which the API says no, and two that it says yes to.

import { mavera } from "@sluice-apis/mavera/contract";
import type { Account, Workspace } from "sluice/gate";
import type { Demo } from "../demo.ts";
import type { Ids, Keys } from "../home.ts";
import { by, type KeySpecs, placeAccounts, placeKeys } from "./keys.ts";
import { spendBudget, spendEverything } from "./spending.ts";

const plans = mavera.server.plans;

function account(name: string, plan: keyof typeof plans): Account {
  return { id: `mavera_${name}`, name: `The ${name} account`, plan, subscription: "active" };
}

const starter = account("starter", "starter");
const enterprise = account("enterprise", "enterprise");
const stranger = account("stranger", "starter");
const lapsed: Account = { ...account("lapsed", "starter"), subscription: "inactive" };
const exhausted = account("exhausted", "starter");
const thrifty = account("over_budget", "professional");

function workspace(id: string, owner: Account, name: string): Workspace {
  return { id, accountId: owner.id, name, createdAtMs: 0, details: { type: "user" } };
}

const own = workspace("ws_demo", starter, "Marketing");
const foreign = workspace("ws_somebody_else", stranger, "Somebody else's");
const spent = { ...workspace("ws_spent", thrifty, "Spent its budget"), budget: 10 };

/** Long past, whatever the time is. */
const longAgoMs = 1;

const specs: KeySpecs<"mavera"> = {
  starter: { account: starter },
  enterprise: { account: enterprise },
  stranger: { account: stranger },
  revoked: { account: starter, isRevoked: true },
  expired: { account: starter, expiresAtMs: longAgoMs },
  lapsed: { account: lapsed },
  exhausted: { account: exhausted },
  overBudget: { account: thrifty, workspaceId: spent.id },
  viewer: { account: enterprise, permissions: ["read"] },
  test: { account: enterprise, environment: "test" },
};

/** Puts in place what `demo.json` promises, and touches nothing that is there. */
export async function seedMavera(
  { stores, mavera: { gate, upstream } }: Demo,
  kept: Keys<"mavera"> | undefined,
): Promise<{ keys: Keys<"mavera">; ids: Ids<"mavera"> }> {
  const { directory, ledger } = stores;
  const nowMs = gate.clock.wallMs();
  await placeAccounts(stores, [starter, enterprise, stranger, lapsed, exhausted, thrifty], nowMs);
  for (const one of [own, foreign, spent]) {
    const known = await directory.workspace(one.id);
    if (known === undefined) {
      await directory.putWorkspace({ ...one, createdAtMs: nowMs }, { by, atMs: nowMs });
    }
  }
  const keys = await placeKeys(gate, "mavera", specs, kept);
  const { allowance } = plans.starter;
  await spendEverything(ledger, { accountId: exhausted.id, allowance }, nowMs);
  const funds = { accountId: thrifty.id, allowance: plans.professional.allowance };
  const budget = { scope: "workspace", id: spent.id, cap: spent.budget } as const;
  await spendBudget(ledger, funds, budget, nowMs);
  const persona = await anyPersona(upstream);
  return { keys, ids: { persona, workspace: own.id, foreignWorkspace: foreign.id } };
}

/** One of those that everybody sees. */
async function anyPersona({ fetch }: Demo["mavera"]["upstream"]): Promise<string> {
  const caller = {
    accountId: starter.id,
    keyId: by,
    plan: starter.plan,
    limits: {},
    requestId: by,
  };
  const response = await fetch(new Request("http://upstream/personas?limit=1"), caller);
  const { data } = (await response.json()) as { data: readonly { readonly id: string }[] };
  const [first] = data;
  if (first === undefined) throw new Error("Mavera came without a persona");
  return first.id;
}
