// The home that is tortured: the demo's own accounts, some with so many credits and places that nothing stops
// the load, and some whose windows are soon full.

import { type Allowance, lazilyAfterDays } from "sluice";
import type { Account } from "sluice/gate";
import { readKeys } from "../../src/home.ts";
import { type Demo, openMentova } from "../../src/mentova.ts";
import { seed } from "../../src/seed.ts";

/** An account as its callers know it. */
export interface Payer {
  readonly account: Account;
  readonly secret: string;
  readonly brand: string;
  readonly topic: string;
  /** Requests a minute. */
  readonly limit: number;
}

export interface Payers {
  /** Never out of places or credits. */
  readonly wide: readonly Payer[];
  /** The agency of the demo, and others whose windows are soon full. */
  readonly narrow: readonly Payer[];
  /** Without any credits; never out of places. */
  readonly poor: Payer;
}

const plan = "agency";
const plenty = 1_000_000_000;
/** As the contract has it for every key. */
const usualLimit = 60;
/** As the contract has it for the plan. */
const usual: Allowance = { credits: 650, reset: lazilyAfterDays(30) };
const by = "torture";

/** Makes everything before the first start; the demo adds what it needs itself. */
export async function makeHome(home: string): Promise<Payers> {
  const demo = await openMentova(home);
  try {
    const { keys, ids } = await seed(demo, readKeys(home));
    const agency = await demo.stores.directory.account("acct_agency");
    if (agency === undefined) throw new Error("The demo has no agency");
    const wide: Payer[] = [];
    for (let n = 1; n <= 5; n++) wide.push(await addPayer(demo, `wide_${n}`, plenty, plenty));
    return {
      wide,
      narrow: [
        {
          account: agency,
          secret: keys.agency,
          brand: ids.brand,
          topic: ids.topic,
          limit: usualLimit,
        },
        await addPayer(demo, "narrow_7", plenty, 7),
        await addPayer(demo, "narrow_40", plenty, 40),
        await addPayer(demo, "narrow_300", plenty, 300),
      ],
      poor: await addPayer(demo, "poor", 1, plenty),
    };
  } finally {
    await demo.close();
  }
}

async function addPayer(demo: Demo, name: string, credits: number, limit: number): Promise<Payer> {
  const account: Account = {
    id: `acct_${name}`,
    name,
    plan,
    subscription: "active",
    overrides: { windows: { requests: limit }, allowance: { ...usual, credits } },
  };
  await demo.stores.directory.putAccount(account, { by, atMs: demo.gate.clock.wallMs() });
  const { secret } = await demo.gate.keys.create({ accountId: account.id, name, by });
  const brand = demo.upstream.addBrand(account.id, { name: `Brand of ${name}` }).id;
  const topic = demo.upstream.addTopic(account.id, brand, { seed: "endurance" }).id;
  return { account, secret, brand, topic, limit };
}

/** What the account is given for a period. */
export function allowanceOf({ account }: Payer): Allowance {
  return account.overrides?.allowance ?? usual;
}
