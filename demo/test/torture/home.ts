// The home that is tortured: the demo's own accounts, some with so many credits and places that nothing stops
// the load, and some whose windows are soon full.

import { type Allowance, lazilyAfterDays } from "sluice";
import type { Account } from "sluice/gate";
import { type Demo, openDemo } from "../../src/demo.ts";
import type { Environment } from "../../src/environment.ts";
import { type ApiName, prepareHome, readKeys } from "../../src/home.ts";
import { seedMavera } from "../../src/seeding/mavera.ts";
import { seedMentova } from "../../src/seeding/mentova.ts";
import { maveraJobs, maveraWishes } from "./mavera-wishes.ts";
import { mentovaWishes } from "./mentova-wishes.ts";
import type { Wishes } from "./wishes.ts";

/** An account as its callers know it. */
export interface Payer {
  readonly api: ApiName;
  readonly account: Account;
  readonly secret: string;
  /** Requests a minute. */
  readonly limit: number;
  readonly wishes: Wishes;
}

/** Of both APIs. */
export interface Payers {
  /** Never out of places or credits. */
  readonly wide: readonly Payer[];
  /** The agency of the demo, and others whose windows are soon full, or whose slots. */
  readonly narrow: readonly Payer[];
  /** Without any credits; never out of places. */
  readonly poor: readonly Payer[];
}

const plans = { mentova: "agency", mavera: "enterprise" } as const;
const plenty = 1_000_000_000;
/** As Mentova's contract has it for every key. */
const usualLimit = 60;
/** So many that its slots are what is full. */
const jobsLimit = 20_000;
/** As Mentova's contract has it for the plan. */
const usual: Allowance = { credits: 650, reset: lazilyAfterDays(30) };
const by = "torture";

/** Makes everything before the first start; the demo adds what it needs itself. */
export async function makeHome(
  environment: Pick<Environment, "home" | "servers">,
): Promise<Payers> {
  const { home } = environment;
  prepareHome(home);
  const demo = await openDemo({ ...environment, port: 0 });
  try {
    const { keys, ids } = await seedMentova(demo, readKeys(home, "mentova"));
    const { ids: ofMavera } = await seedMavera(demo, readKeys(home, "mavera"));
    const agency = await demo.stores.directory.account("acct_agency");
    if (agency === undefined) throw new Error("The demo has no agency");
    const ofAgency = { brand: ids.brand, topic: ids.topic, foreignBrand: ids.foreignBrand };
    const add: AddPayer = (api, name, means) => {
      const account = accountOf(api, name, means);
      const wishes = () =>
        api === "mavera"
          ? maveraWishes(ofMavera.foreignWorkspace)
          : mentovaWishes({ ...newPlace(demo, account), foreignBrand: ids.foreignBrand });
      return addPayer(demo, { api, account, limit: means.limit, wishes });
    };
    const rich = { credits: plenty, limit: plenty };
    const wide: Payer[] = [];
    for (const n of [1, 2, 3, 4, 5]) {
      wide.push(await add("mentova", `wide_${n}`, rich), await add("mavera", `wide_${n}`, rich));
    }
    const narrow: Payer[] = [
      {
        api: "mentova",
        account: agency,
        secret: keys.agency,
        limit: usualLimit,
        wishes: mentovaWishes(ofAgency),
      },
    ];
    for (const limit of [7, 40, 300]) {
      narrow.push(await add("mentova", `narrow_${limit}`, { credits: plenty, limit }));
    }
    narrow.push(await add("mavera", "narrow_50", { credits: plenty, limit: 50 }));
    const jobs = { credits: plenty, limit: jobsLimit };
    narrow.push(
      await addPayer(demo, {
        ...{ api: "mavera", account: accountOf("mavera", "jobs", jobs), limit: jobsLimit },
        wishes: () => maveraJobs(ofMavera.foreignWorkspace),
      }),
    );
    const nothing = { credits: 0, limit: plenty };
    const poor = [await add("mentova", "poor", nothing), await add("mavera", "poor", nothing)];
    return { wide, narrow, poor };
  } finally {
    await demo.close();
  }
}

interface Means {
  readonly credits: number;
  readonly limit: number;
}

type AddPayer = (api: ApiName, name: string, means: Means) => Promise<Payer>;

function accountOf(api: ApiName, name: string, { credits, limit }: Means): Account {
  return {
    id: `${api}_${name}`,
    name,
    plan: plans[api],
    subscription: "active",
    overrides: { windows: { requests: limit }, allowance: { ...usual, credits } },
  };
}

interface NewPayer extends Pick<Payer, "api" | "account" | "limit"> {
  /** What an account can wish for is known once it is there. */
  readonly wishes: () => Wishes;
}

async function addPayer(demo: Demo, { api, account, limit, wishes }: NewPayer): Promise<Payer> {
  const { gate } = demo[api];
  await demo.stores.directory.putAccount(account, { by, atMs: gate.clock.wallMs() });
  const { secret } = await gate.keys.create({ accountId: account.id, name: account.name, by });
  return { api, account, secret, limit, wishes: wishes() };
}

function newPlace({ mentova: { upstream } }: Demo, { id, name }: Account) {
  const brand = upstream.addBrand(id, { name: `Brand of ${name}` }).id;
  const topic = upstream.addTopic(id, brand, { seed: "endurance" }).id;
  return { brand, topic };
}

/** What the account is given for a period. */
export function allowanceOf({ account }: Payer): Allowance {
  return account.overrides?.allowance ?? usual;
}
