// A page costs as much as it has rows: each is found by an index that goes in its order, however long the list is.

import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changesPage } from "../../../src/store/sqlite/directory/changes.ts";
import { accountsPage, ownedPage } from "../../../src/store/sqlite/directory/pages.ts";
import { migrate } from "../../../src/store/sqlite/file/migrations.ts";
import type { Prepare } from "../../../src/store/sqlite/file/statements.ts";
import {
  budgetStates,
  grantsPage,
  holdRecord,
  oddHoldsPage,
} from "../../../src/store/sqlite/ledger/operator.ts";
import { bookedSums, entriesPage } from "../../../src/store/sqlite/ledger/statement.ts";
import { scratchFolder } from "./scratch-files.ts";

let scratch: ReturnType<typeof scratchFolder>;
let database: DatabaseSync;
beforeEach(() => {
  scratch = scratchFolder();
  const file = join(scratch.folder, "sluice.db");
  database = new DatabaseSync(file);
  migrate(database, file);
});
afterEach(() => {
  database.close();
  scratch.remove();
});

/** How SQLite goes about each statement of a query. */
function plansOf(query: (prepare: Prepare) => unknown): string[] {
  const plans: string[] = [];
  query((sql) => {
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
    plans.push(plan.map(({ detail }) => String(detail)).join("; "));
    return database.prepare(sql);
  });
  return plans;
}

const first = { limit: 10 };
const next = { limit: 10, after: "x" };
const change = { accountId: "acct_1", limit: 10, before: 9 };

const pages: readonly (readonly [string, (prepare: Prepare) => unknown])[] = [
  ["accounts", (prepare) => accountsPage(prepare, next)],
  ["accounts with a text", (prepare) => accountsPage(prepare, { ...next, search: "x" })],
  ["an account's keys", (prepare) => ownedPage(prepare, "key", "acct_1", next)],
  ["an account's workspaces", (prepare) => ownedPage(prepare, "workspace", "acct_1", first)],
  ["an account's projects", (prepare) => ownedPage(prepare, "project", "acct_1", next)],
  ["changes before another", (prepare) => changesPage(prepare, { limit: 10, before: 9 })],
  ["an account's changes", (prepare) => changesPage(prepare, change)],
  ["changes of one kind", (prepare) => changesPage(prepare, { kind: "key", limit: 10 })],
  ["changes of one thing", (prepare) => changesPage(prepare, { id: "x", limit: 10 })],
  ["somebody's changes", (prepare) => changesPage(prepare, { by: "ana", limit: 10 })],
  [
    "changes by all that they can be found by",
    (prepare) => changesPage(prepare, { ...change, kind: "key", id: "x", by: "ana" }),
  ],
  ["budgets", (prepare) => budgetStates(prepare, [{ scope: "key", id: "x", cap: 1 }], 0)],
  ["grants", (prepare) => grantsPage(prepare, "acct_1", next, 0)],
  ["a hold", (prepare) => holdRecord(prepare, "x")],
  ["odd holds", (prepare) => oddHoldsPage(prepare, { limit: 10, before: "x" })],
  [
    "an account's odd holds",
    (prepare) => oddHoldsPage(prepare, { accountId: "acct_1", limit: 10 }),
  ],
  ["the newest entries", (prepare) => entriesPage(prepare, "acct_1", first)],
  ["the sums of an account's entries", (prepare) => bookedSums(prepare, "acct_1")],
  ["older entries", (prepare) => entriesPage(prepare, "acct_1", { limit: 10, before: 9 })],
];

describe("a page of", () => {
  it.each(pages)("%s is read without a look at the whole table", (_, query) => {
    const plans = plansOf(query);
    expect(plans).not.toEqual([]);
    for (const plan of plans) {
      // A chain is as long as the page, and so is what is sorted of it.
      const ofTheChain = plan.includes("CO-ROUTINE chain") ? /SCAN chain|USE TEMP B-TREE.*/g : "";
      expect(plan.replaceAll(ofTheChain, "")).not.toMatch(/SCAN|TEMP B-TREE/);
    }
  });

  it("changes goes by what finds the fewest of them", () => {
    const [plan] = plansOf((prepare) =>
      changesPage(prepare, { ...change, kind: "key", by: "ana" }),
    );
    expect(plan).toContain("USING INDEX change_of_account (account_id=? AND sequence<?)");
  });

  it("the newest changes of all is read from the end of the table", () => {
    const [plan] = plansOf((prepare) => changesPage(prepare, first));
    expect(plan).toBe("SCAN change");
  });
});
