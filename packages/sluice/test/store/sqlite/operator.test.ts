// What an operator asks of a large ledger: long statements, read along the chain of an account's entries.

import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../../src/base/index.ts";
import type { Entry } from "../../../src/gate/stores.ts";
import { connect } from "../../../src/store/sqlite/stores.ts";
import { Queries } from "../../../src/store/sqlite/thread/queries.ts";
import type { Reader } from "../../../src/store/sqlite/thread/reader.ts";
import { Thread } from "../../../src/store/sqlite/thread/thread.ts";
import type { Writer } from "../../../src/store/sqlite/thread/writer.ts";
import { makeStores, scratchFolder } from "./scratch-files.ts";

const workerUrl = new URL("../../../src/store/sqlite/worker.ts", import.meta.url);

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
  budgets: [],
});

describe("a statement of many pages", () => {
  it("has every entry once, newest first, with each hold's id", async () => {
    const { ledger, audit } = made.stores;
    const ids = Array.from({ length: 3_000 }, (_, at) => `hold ${at}`);
    await Promise.all(ids.map((id) => ledger.reserve(call(id, 2), nowMs)));
    await Promise.all(
      ids.map((holdId) => ledger.settle({ holdId, charge: 1, rememberMs: 0 }, nowMs)),
    );
    await ledger.grant({ id: "g", accountId: "acct_2", amount: 5, reason: "bonus" }, nowMs);
    const entries: Entry[] = [];
    for (let page = await ledger.entries("acct_1", { limit: 1_000 }); page.length > 0; ) {
      entries.push(...page);
      const before = entries.at(-1)?.sequence ?? 0;
      page = await ledger.entries("acct_1", { limit: 1_000, before });
    }
    const inOrder = entries.toReversed();
    expect(inOrder.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 9_001 }, (_, at) => at + 1),
    );
    expect(inOrder.slice(1, 3_001).map(({ holdId }) => holdId)).toEqual(ids);
    const [theirs] = await ledger.entries("acct_2", { limit: 9 });
    expect(theirs).toMatchObject({ sequence: 9_002, amount: 5 });
    // A number of another account's is none of this one's.
    expect(await ledger.entries("acct_1", { limit: 9, before: 9_002 })).toEqual([]);
    expect(await audit()).toEqual([]);
  });
});

describe("a page", () => {
  it("does not wait for an audit, which may take minutes", async () => {
    const { folder, remove } = scratchFolder();
    const file = join(folder, "sluice.db");
    const database = { file, busyMs: 2_000, cacheBytes: 1_000_000 };
    const ledger = { barredHoldsMax: 10, rememberExpiredMs: 1_000, keptMax: 10 };
    const writer = await Thread.start<Writer>(workerUrl, { role: "writer", database, ledger });
    const pages = new Queries(() => Thread.start<Reader>(workerUrl, { role: "reader", database }));
    const starting = Promise.withResolvers<Thread<Reader>>();
    const audits = new Queries(() => starting.promise);
    const stores = connect(writer, { pages, audits }, systemClock, { file });
    const [first, second] = [stores.audit(), stores.ledger.audit()];
    await stores.ledger.grant({ id: "g", accountId: "acct_1", amount: 5, reason: "" }, nowMs);
    expect(await stores.ledger.entries("acct_1", { limit: 9 })).toHaveLength(1);
    starting.resolve(await Thread.start<Reader>(workerUrl, { role: "reader", database }));
    expect(await first).toEqual([]);
    expect(await second).toEqual([]);
    await stores.close();
    remove();
  });
});
