// A page costs as much as it has rows: each is found by an index that goes in its order, however long the list is.

import { describe, expect, it } from "vitest";
import type { Database, Statement } from "../../../src/store/postgres/connection/database.ts";
import { changesPage } from "../../../src/store/postgres/directory/changes.ts";
import { accountsPage, ownedPage } from "../../../src/store/postgres/directory/pages.ts";
import {
  budgetStates,
  grantsPage,
  holdRecord,
  oddHoldsPage,
} from "../../../src/store/postgres/ledger/operator.ts";
import { entriesPage } from "../../../src/store/postgres/ledger/statement.ts";
import { openPool, useServer } from "./database.ts";

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
  ["entries", (database) => entriesPage(database, "acct_1", { limit: 10, before: 9 })],
];

describe("a page of", () => {
  const { database: address } = useServer();

  it.each(pages)("%s is read without a look at the whole table", async (_, query) => {
    const pool = openPool(address());
    const client = await pool.connect();
    // Of an empty table all plans cost the same: an index is taken wherever there is one.
    await client.query("SET enable_seqscan = off; SET enable_bitmapscan = off");
    const plans: string[] = [];
    const ask = async ({ text }: Statement, values: unknown[]) => {
      const { rows } = await client.query(`EXPLAIN ${text}`, values);
      plans.push(rows.map((row) => row["QUERY PLAN"]).join("\n"));
      return values.flat().map(() => [null, null, null]);
    };
    await query({ ask } as unknown as Database).catch(() => undefined);
    expect(plans).toHaveLength(1);
    for (const plan of plans) {
      // The table of moves has six rows; a list of budgets is sorted as it was asked.
      expect(plan.replaceAll("Seq Scan on move", "")).not.toContain("Seq Scan");
      if (!plan.includes("unnest")) expect(plan).not.toContain("Sort Key: n");
    }
    client.release();
    await pool.end();
  });
});
