// What an operator asks of the ledger: whole statements, holds that nobody ended, what calls cost beyond
// their holds, and budgets that are nearly used up.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeStores } from "./scratch-files.ts";

const january = Date.UTC(2026, 0);
const nowMs = january + 1_000_000;
const allowance = { credits: 1_000_000, reset: { kind: "calendar_month" } } as const;
const funds = { accountId: "acct_1", allowance };

let made: Awaited<ReturnType<typeof makeStores>>;
beforeEach(async () => {
  made = await makeStores();
});
afterEach(() => made.close());

const call = (holdId: string, amount: number) => ({
  ...{ holdId, funds, amount, expiresAtMs: nowMs + 5_000, operation: "create", keyId: "key_1" },
  budgets: [{ scope: "key", id: "key_1", cap: 1_000 }] as const,
});

describe("a statement of many pages", () => {
  it("has every entry once, oldest first, with each hold's id", async () => {
    const { ledger, audit } = made.stores;
    const ids = Array.from({ length: 3_000 }, (_, at) => `hold ${at}`);
    await Promise.all(ids.map((id) => ledger.reserve({ ...call(id, 2), budgets: [] }, nowMs)));
    await Promise.all(
      ids.map((holdId) => ledger.settle({ holdId, charge: 1, rememberMs: 0 }, nowMs)),
    );
    await ledger.grant({ id: "g", accountId: "acct_2", amount: 5, reason: "bonus" }, nowMs);
    const entries = await ledger.entries("acct_1");
    expect(entries.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 9_001 }, (_, at) => at + 1),
    );
    expect(entries.slice(1, 3_001).map(({ holdId }) => holdId)).toEqual(ids);
    expect(await ledger.entries("acct_2")).toHaveLength(1);
    expect(await ledger.entries("acct_3")).toEqual([]);
    expect(await audit()).toEqual([]);
  });
});

describe("budget alerts", () => {
  it("are written down once a month, when a charge reaches a threshold", async () => {
    const { ledger } = made.stores;
    const spend = async (holdId: string, amount: number, atMs: number) => {
      await ledger.reserve(call(holdId, amount), atMs);
      await ledger.settle({ holdId, charge: amount, rememberMs: 0 }, atMs);
    };
    await spend("a", 499, nowMs);
    expect(await ledger.budgetAlerts(0)).toEqual([]);
    await spend("b", 1, nowMs + 1);
    await spend("c", 450, nowMs + 2);
    await spend("d", 10, nowMs + 3);
    const about = { scope: "key", id: "key_1", monthMs: january, cap: 1_000 };
    expect(await ledger.budgetAlerts(0)).toEqual([
      { ...about, percent: 50, atMs: nowMs + 1, used: 500 },
      { ...about, percent: 80, atMs: nowMs + 2, used: 950 },
    ]);
    const february = Date.UTC(2026, 1);
    await spend("e", 1_000, february);
    expect(await ledger.budgetAlerts(february)).toMatchObject([
      { percent: 50, monthMs: february },
      { percent: 80, monthMs: february },
      { percent: 100, monthMs: february },
    ]);
    expect(await ledger.budgetAlerts(0, 1)).toHaveLength(1);
  });
});

describe("holds", () => {
  it("that nobody ended are listed, the newest first", async () => {
    const { ledger } = made.stores;
    await ledger.reserve(call("a", 5), nowMs);
    await ledger.reserve(call("b", 6), nowMs + 1);
    await ledger.expire(nowMs + 9_000, 10);
    const about = { accountId: "acct_1", operation: "create", keyId: "key_1" };
    expect(await ledger.expiredHolds()).toEqual([
      { ...about, holdId: "b", amount: 6, madeAtMs: nowMs + 1, endedAtMs: nowMs + 9_000 },
      { ...about, holdId: "a", amount: 5, madeAtMs: nowMs, endedAtMs: nowMs + 9_000 },
    ]);
    expect(await ledger.expiredHolds(1)).toHaveLength(1);
  });

  it("tell what their calls cost beyond them", async () => {
    const { ledger } = made.stores;
    await ledger.reserve(call("a", 5), nowMs);
    await ledger.settle({ holdId: "a", charge: 5, overage: 7, rememberMs: 0 }, nowMs);
    expect(await ledger.holdOf("a")).toMatchObject({ state: "settled", charged: 5, overage: 7 });
    expect(await ledger.holdOf("nobody's")).toBeUndefined();
  });
});
