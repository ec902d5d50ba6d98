// The demo's data: four accounts, each one a way in which the API says yes or no.

import { mentova, wire } from "@sluice-apis/mentova/contract";
import type { MentovaUpstream } from "@sluice-apis/mentova/upstream";
import { type Environment, environmentOf } from "sluice";
import type { Account, Gate, Stores } from "sluice/gate";
import type { Ids, KeyName, Keys } from "./home.ts";

export interface Demo {
  readonly gate: Gate;
  readonly stores: Stores;
  readonly upstream: MentovaUpstream;
}

const by = "demo";
const plans = mentova.server.plans;

function account(name: string, plan: keyof typeof plans): Account {
  return { id: `acct_${name}`, name: `The ${name} account`, plan, subscription: "active" };
}

const agency = account("agency", "agency");
const stranger = account("stranger", "agency");
const free = account("free", "free");
const exhausted = account("exhausted", "agency");

const owners: Readonly<Record<KeyName, { account: Account; environment: Environment }>> = {
  agency: { account: agency, environment: "live" },
  stranger: { account: stranger, environment: "live" },
  free: { account: free, environment: "live" },
  revoked: { account: agency, environment: "live" },
  exhausted: { account: exhausted, environment: "live" },
  test: { account: agency, environment: "test" },
};

/** Fills an empty demo. Keys of an earlier start are used again, so that what was pasted keeps working. */
export async function seed(demo: Demo, kept: Keys | undefined): Promise<{ keys: Keys; ids: Ids }> {
  for (const owner of [agency, stranger, free, exhausted]) {
    await demo.stores.directory.putAccount(owner, change(demo));
  }
  const keys = await createKeys(demo, kept !== undefined && areUsable(kept) ? kept : undefined);
  await spendEverything(demo);
  return { keys, ids: createBrands(demo.upstream) };
}

function areUsable(keys: Keys): boolean {
  return entriesOf(owners).every(
    ([name, { environment }]) => environmentOf(wire.key, keys[name]) === environment,
  );
}

async function createKeys(demo: Demo, kept: Keys | undefined): Promise<Keys> {
  const secrets = new Map<KeyName, string>();
  for (const [name, owner] of entriesOf(owners)) {
    const { key, secret } = await demo.gate.keys.create({
      accountId: owner.account.id,
      name,
      environment: owner.environment,
      by,
      ...(kept && { secret: kept[name] }),
    });
    if (name === "revoked") await demo.gate.keys.revoke(key.id, by);
    secrets.set(name, secret);
  }
  return Object.fromEntries(secrets) as Keys;
}

/** A charge like any other: what the account had is used up until its allowance starts anew. */
async function spendEverything({ gate, stores }: Demo): Promise<void> {
  const nowMs = gate.clock.wallMs();
  const { allowance } = plans.agency;
  const amount = allowance?.credits ?? 0;
  const holdId = "demo-spends-everything";
  await stores.ledger.reserve(
    {
      holdId,
      funds: { accountId: exhausted.id, allowance },
      budgets: [],
      amount,
      expiresAtMs: nowMs,
      operation: "launchCampaign",
      keyId: by,
    },
    nowMs,
  );
  await stores.ledger.settle({ holdId, charge: amount, rememberMs: 0 }, nowMs);
}

function createBrands(upstream: MentovaUpstream): Ids {
  const brand = upstream.addBrand(agency.id, { name: "Acme Corp", domain: "acme.example" });
  const topic = upstream.addTopic(agency.id, brand.id, { seed: "running shoes" });
  upstream.addCampaign(agency.id, brand.id, { topicId: topic.id });
  const fullBrand = upstream.addBrand(agency.id, { name: "Full House" });
  for (let n = 1; n <= limitOf("avatarsPerBrand"); n++) {
    upstream.addAvatar(agency.id, fullBrand.id, { name: `Avatar ${n}` });
  }
  // With the two above, one brand below what the plan allows.
  for (let n = 3; n < limitOf("brands"); n++) {
    upstream.addBrand(agency.id, { name: `Brand ${n}` });
  }
  const foreignBrand = upstream.addBrand(stranger.id, { name: "Somebody Else" });
  const exhaustedBrand = upstream.addBrand(exhausted.id, { name: "Spent It All" });
  const exhaustedTopic = upstream.addTopic(exhausted.id, exhaustedBrand.id, { seed: "savings" });
  return {
    brand: brand.id,
    topic: topic.id,
    foreignBrand: foreignBrand.id,
    fullBrand: fullBrand.id,
    exhaustedBrand: exhaustedBrand.id,
    exhaustedTopic: exhaustedTopic.id,
  };
}

function limitOf(name: string): number {
  return plans.agency.limits?.[name] ?? 0;
}

function change({ gate }: Demo): { by: string; atMs: number } {
  return { by, atMs: gate.clock.wallMs() };
}

function entriesOf<K extends string, V>(record: Readonly<Record<K, V>>): [K, V][] {
  return Object.entries(record) as [K, V][];
}
