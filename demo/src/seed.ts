// The demo's data: four accounts, each one a way in which the API says yes or no.

import { mentova, wire } from "@sluice-apis/mentova/contract";
import type { MentovaUpstream } from "@sluice-apis/mentova/upstream";
import { type Environment, environmentOf } from "sluice";
import type { Account } from "sluice/gate";
import type { Ids, KeyName, Keys } from "./home.ts";
import type { Demo } from "./mentova.ts";
import { Places } from "./places.ts";

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

/**
 * Puts in place what `demo.json` promises, and touches nothing that is there: data is made on the first start,
 * and only what is missing on a later one. Keys of an earlier start are used again, so that what was pasted
 * keeps working.
 */
export async function seed(demo: Demo, kept: Keys | undefined): Promise<{ keys: Keys; ids: Ids }> {
  for (const owner of [agency, stranger, free, exhausted]) {
    const known = await demo.stores.directory.account(owner.id);
    if (known === undefined) await demo.stores.directory.putAccount(owner, change(demo));
  }
  const keys = await createKeys(demo, kept !== undefined && areUsable(kept) ? kept : undefined);
  await spendEverything(demo);
  return { keys, ids: await placeBrands(demo.upstream) };
}

function areUsable(keys: Keys): boolean {
  return entriesOf(owners).every(
    ([name, { environment }]) => environmentOf(wire.key, keys[name]) === environment,
  );
}

async function createKeys(demo: Demo, kept: Keys | undefined): Promise<Keys> {
  const secrets = new Map<KeyName, string>();
  for (const [name, owner] of entriesOf(owners)) {
    const known = kept && (await demo.gate.keys.find(kept[name]));
    if (kept !== undefined && known?.accountId === owner.account.id) {
      secrets.set(name, kept[name]);
      continue;
    }
    const { key, secret } = await demo.gate.keys.create({
      accountId: owner.account.id,
      name,
      environment: owner.environment,
      by,
      ...(kept && known === undefined && { secret: kept[name] }),
    });
    if (name === "revoked") await demo.gate.keys.revoke(key.id, by);
    secrets.set(name, secret);
  }
  return Object.fromEntries(secrets) as Keys;
}

/** A charge like any other: what the account has is used up, until its allowance starts anew. */
async function spendEverything({ gate, stores }: Demo): Promise<void> {
  const nowMs = gate.clock.wallMs();
  const { allowance } = plans.agency;
  const funds = { accountId: exhausted.id, allowance };
  const { remaining } = await stores.ledger.balance(funds, nowMs);
  if (remaining === 0) return;
  const holdId = `demo-spends-everything-${nowMs}`;
  const reservation = { holdId, funds, budgets: [], amount: remaining, expiresAtMs: nowMs };
  await stores.ledger.reserve({ ...reservation, operation: "launchCampaign", keyId: by }, nowMs);
  await stores.ledger.settle({ holdId, charge: remaining, rememberMs: 0 }, nowMs);
}

async function placeBrands(upstream: MentovaUpstream): Promise<Ids> {
  const places = new Places(upstream);
  const brand = await places.brand(agency, "Acme Corp");
  const topic = await places.topic(agency, brand, "running shoes");
  const fullBrand = await places.brand(agency, "Full House");
  await places.fill(agency, fullBrand, limitOf("avatarsPerBrand"));
  // On the first start only, with the two above: one brand below what the plan allows.
  if (places.made === 3) {
    upstream.addCampaign(agency.id, brand, { topicId: topic });
    for (let n = 3; n < limitOf("brands"); n++) {
      upstream.addBrand(agency.id, { name: `Brand ${n}` });
    }
  }
  const foreignBrand = await places.brand(stranger, "Somebody Else");
  const exhaustedBrand = await places.brand(exhausted, "Spent It All");
  const exhaustedTopic = await places.topic(exhausted, exhaustedBrand, "savings");
  return { brand, topic, foreignBrand, fullBrand, exhaustedBrand, exhaustedTopic };
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
