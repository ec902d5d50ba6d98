// The same seed gives the same run whatever keeps its accounts and its money, and leaves the same ledger behind.

import { describe, expect, it } from "vitest";
import type { Directory, Entry, Ledger } from "../../src/gate/stores.ts";
import { scenarioOf, simulate } from "../../src/sim/index.ts";
import { createMemoryStores } from "../../src/store/memory/index.ts";
import { openStores, useServer } from "../store/postgres/database.ts";
import { makeStores } from "../store/sqlite/scratch-files.ts";

interface Kept {
  readonly stores: { readonly directory: Directory; readonly ledger: Ledger };
  close(): Promise<void>;
}

/** The first so many from there on in which somebody can pay, and there are streams, jobs or budgets. */
const SEEDS = Array.from({ length: 500 }, (_, at) => 2_001 + at)
  .filter((seed) => {
    const { allowed, budgets, jobs, callers } = scenarioOf(seed);
    const streams = callers.some(({ tellPercent = 0 }) => tellPercent > 0);
    return allowed.credits > 0 && (streams || budgets !== undefined || jobs !== undefined);
  })
  .slice(0, 12);
const ALL = { limit: 1_000_000 };

async function runOn({ stores, close }: Kept, seed: number) {
  const { directory, ledger } = stores;
  try {
    const kept = { directory, ledger };
    const { digest, violations, lengthMs } = await simulate(scenarioOf(seed), seed, { kept });
    return { digest, violations, left: await leftIn(stores, lengthMs) };
  } finally {
    await close();
  }
}

/** Everything that a ledger has of everybody. */
async function leftIn({ directory, ledger }: Kept["stores"], lengthMs: number) {
  const accounts = await directory.accounts({ limit: 100 });
  const ids = accounts.map(({ id }) => id).toSorted();
  const all = ids.map(async (accountId) => {
    const entries = await ledger.entries(accountId, ALL);
    const nowMs = (entries[0]?.atMs ?? 0) + lengthMs;
    const holdIds = [...new Set(entries.map(({ holdId }) => holdId))].filter(
      (id) => id !== undefined,
    );
    const keys = await directory.keysOf(accountId, { limit: 100 });
    return {
      accountId,
      entries: entries.map(story),
      balance: await ledger.balance({ accountId, allowance: undefined }, nowMs),
      grants: await ledger.grants(accountId, { limit: 100 }, nowMs),
      holds: await Promise.all(holdIds.map((id) => ledger.hold(id))),
      keys: keys.map(({ id, revokedAtMs }) => ({ id, revokedAtMs })),
      booked: (await ledger.booked(accountId)).available,
    };
  });
  return {
    accounts: await Promise.all(all),
    jobs: await ledger.jobs(),
    audit: await ledger.audit(),
  };
}

/** Each store numbers entries in its own way, in the same order. */
function story({ sequence: _, ...entry }: Entry) {
  return entry;
}

async function expectTheSame(make: () => Promise<Kept>, seed: number): Promise<void> {
  const inMemory = { stores: createMemoryStores(), close: () => Promise.resolve() };
  const expected = await runOn(inMemory, seed);
  expect(expected.violations).toEqual([]);
  expect(expected.left.audit).toEqual([]);
  expect(await runOn(await make(), seed)).toEqual(expected);
}

describe("the same seed gives the same ledger", () => {
  const { database } = useServer();

  it.each(SEEDS)("in memory and in SQLite, seed %i", (seed) => expectTheSame(makeStores, seed));

  it.each(SEEDS)("in memory and in PostgreSQL, seed %i", (seed) =>
    expectTheSame(() => openStores(database()), seed),
  );

  it("on stores that are given and where none is, and there is something in it", async () => {
    let entriesInAll = 0;
    for (const seed of SEEDS) {
      const inMemory = { stores: createMemoryStores(), close: () => Promise.resolve() };
      const { digest, left } = await runOn(inMemory, seed);
      expect((await simulate(scenarioOf(seed), seed)).digest).toBe(digest);
      for (const { entries } of left.accounts) entriesInAll += entries.length;
    }
    expect(entriesInAll).toBeGreaterThan(500);
  });
});
