// Mentova's data in the demo: four accounts, each one a way in which the API says yes or no.

import { mentova } from "@sluice-apis/mentova/contract";
import type { MentovaUpstream } from "@sluice-apis/mentova/upstream";
import type { Account } from "sluice/gate";
import type { Demo } from "../demo.ts";
import type { Ids, Keys } from "../home.ts";
import { type KeySpecs, placeAccounts, placeKeys } from "./keys.ts";
import { Places } from "./places.ts";
import { spendEverything } from "./spending.ts";

const plans = mentova.server.plans;

function account(name: string, plan: keyof typeof plans): Account {
  return { id: `acct_${name}`, name: `The ${name} account`, plan, subscription: "active" };
}

const agency = account("agency", "agency");
const stranger = account("stranger", "agency");
const free = account("free", "free");
const exhausted = account("exhausted", "agency");

const specs: KeySpecs<"mentova"> = {
  agency: { account: agency },
  stranger: { account: stranger },
  free: { account: free },
  revoked: { account: agency, isRevoked: true },
  exhausted: { account: exhausted },
  test: { account: agency, environment: "test" },
};

/**
 * Puts in place what `demo.json` promises, and touches nothing that is there: data is made on the first start,
 * and only what is missing on a later one.
 */
export async function seedMentova(
  { stores, mentova: { gate, upstream } }: Demo,
  kept: Keys<"mentova"> | undefined,
): Promise<{ keys: Keys<"mentova">; ids: Ids<"mentova"> }> {
  const nowMs = gate.clock.wallMs();
  await placeAccounts(stores, [agency, stranger, free, exhausted], nowMs);
  const keys = await placeKeys(gate, "mentova", specs, kept);
  const funds = { accountId: exhausted.id, allowance: plans.agency.allowance };
  await spendEverything(stores.ledger, funds, nowMs);
  return { keys, ids: await placeBrands(upstream) };
}

async function placeBrands(upstream: MentovaUpstream): Promise<Ids<"mentova">> {
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
