// A page costs as much as it has rows: each is found by an index that goes in its order, however long the list is.

import { afterAll, describe, expect, it } from "vitest";
import { systemClock } from "../../../src/base/index.ts";
import { Database, type Statement } from "../../../src/store/postgres/connection/database.ts";
import { changesPage } from "../../../src/store/postgres/directory/changes.ts";
import { accountsPage, ownedPage } from "../../../src/store/postgres/directory/pages.ts";
import {
  budgetStates,
  grantsPage,
  holdRecord,
  oddHoldsPage,
} from "../../../src/store/postgres/ledger/operator.ts";
import { bookedSums, entriesPage } from "../../../src/store/postgres/ledger/statement.ts";
import { type Opened, openStores, useServer } from "./database.ts";

const next = { limit: 10, after: "x" };
const change = { accountId: "acct_1", limit: 10, before: 9 };

const pages: readonly (readonly [string, (database: Database) => Promise<unknown>])[] = [
  ["accounts", (database) => accountsPage(database, next)],
  ["accounts with a text", (database) => accountsPage(database, { ...next, search: "x" })],
  ["an account's keys", (database) => ownedPage(database, "key", "acct_1", next)],
  ["an account's workspaces", (database) => ownedPage(database, "workspace", "acct_1", next)],
  ["an account's projects", (database) => ownedPage(database, "project", "acct_1", next)],
  ["the newest changes", (database) => changesPage(database, { limit: 10 })],
  ["an account's changes", (database) => changesPage(database, change)],
  ["changes of one kind", (database) => changesPage(database, { kind: "key", limit: 10 })],
  ["changes of one thing", (database) => changesPage(database, { id: "x", limit: 10 })],
  ["somebody's changes", (database) => changesPage(database, { by: "ana", limit: 10 })],
  [
    "changes by all that they can be found by",
    (database) => changesPage(database, { ...change, kind: "key", id: "x", by: "ana" }),
  ],
  ["budgets", (database) => budgetStates(database, [{ scope: "key", id: "x", cap: 1 }], 0)],
  ["grants", (database) => grantsPage(database, "acct_1", next, 0)],
  ["a hold", (database) => holdRecord(database, "x")],
  ["odd holds", (database) => oddHoldsPage(database, { limit: 10, before: "x" })],
  [
    "an account's odd holds",
    (database) => oddHoldsPage(database, { accountId: "acct_1", limit: 10 }),
  ],
  ["the sums of entries", (database) => bookedSums(database, "acct_1")],
  ["entries", (database) => entriesPage(database, "acct_1", { limit: 10, before: 9 })],
];

describe("a page of", () => {
  const { database: address } = useServer();
  let opened: Opened | undefined;
  let database: Database | undefined;
  afterAll(() => opened?.close());

  it.each(pages)("%s is read without a look at the whole table", async (_, query) => {
    opened ??= await openStores(address());
    const { pool } = opened;
    database ??= new Database({ pool, statementMs: 5_000, clock: systemClock });
    await database.transaction(async (ask) => {
      // Of an empty table all plans cost the same: an index is taken wherever there is one.
      await ask("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off");
      const plans: string[] = [];
      const explain = async ({ text }: Statement, values: unknown[]) => {
        plans.push((await ask(`EXPLAIN ${text}`, values)).join("\n"));
        return [];
      };
      await query({ ask: explain } as unknown as Database);
      expect(plans).toHaveLength(1);
      expect(plans[0]).not.toMatch(/Seq Scan|Sort/);
    });
  });
});
