// The log of what was changed: each change once, newest first, without a secret, and found by whose, what and who.

import type { ChangeEntry, ChangeQuery, Directory } from "../../gate/stores.ts";
import { check, equal, throws } from "./check.ts";
import {
  account,
  bareKey,
  change,
  type DirectoryOnly,
  key,
  putAll,
  workspace,
} from "./directory-samples.ts";
import type { Scenario } from "./suite.ts";

export function changeScenarios(scenario: Scenario<DirectoryOnly>): void {
  writingScenarios(scenario);
  findingScenarios(scenario);
  noteScenarios(scenario);
  watchScenarios(scenario);
}

function writingScenarios(scenario: Scenario<DirectoryOnly>): void {
  scenario(
    "writes down each change with what was there before and after",
    async ({ directory }) => {
      await directory.putAccount(account, { by: "ana", atMs: 1 });
      await directory.putAccount({ ...account, plan: "basic" }, { by: "ben", atMs: 2 });
      await directory.putWorkspace(workspace, { by: "ana", atMs: 3 });
      const about = { accountId: "acct_1", id: "acct_1", kind: "account" };
      const changes = await directory.changes({ accountId: "acct_1", limit: 10 });
      equal(
        changes.map(({ sequence: _, ...entry }) => entry),
        [
          {
            ...{ by: "ana", atMs: 3, accountId: "acct_1", id: "ws_1", kind: "workspace" },
            ...{ before: undefined, after: workspace },
          },
          { by: "ben", atMs: 2, ...about, before: account, after: { ...account, plan: "basic" } },
          { by: "ana", atMs: 1, ...about, before: undefined, after: account },
        ],
        "the changes",
      );
      equal(await directory.changes({ accountId: "acct_2", limit: 10 }), [], "another account's");
    },
  );
  scenario("writes down keys without their digests", async ({ directory }) => {
    await putAll(directory);
    await directory.putKey({ ...key, name: "renamed", digests: ["digest_new"] }, change);
    const changes = await directory.changes({ limit: 10 });
    const { digests: _, ...shown } = key;
    equal(changes[0]?.before, shown, "before");
    equal(changes[0]?.after, { ...shown, name: "renamed" }, "after");
    check(!JSON.stringify(changes).includes("digest_"), "a digest is in the log");
  });
  scenario("a refused change is not written down and nobody hears of it", async ({ directory }) => {
    await putAll(directory);
    const before = await directory.changes({ limit: 10 });
    const heard: string[] = [];
    directory.watch((accountId) => heard.push(accountId));
    const thief = { ...bareKey, digests: ["digest_new"] };
    await throws(() => directory.putKey(thief, change), "a second key with the same digest");
    equal(await directory.changes({ limit: 10 }), before, "the changes");
    equal(heard, [], "what was heard");
  });
}

function findingScenarios(scenario: Scenario<DirectoryOnly>): void {
  scenario("changes are numbered in their order, over all accounts", async ({ directory }) => {
    await putTwo(directory);
    const changes = await directory.changes({ limit: 100 });
    equal(told(changes), "ben ws_2,ana acct_2,ben ws_1,ben acct_1,ana ws_1,ana acct_1", "all");
    checkOrder(changes);
  });
  scenario("finds changes by whose, what and who, one or all of them", async ({ directory }) => {
    await putTwo(directory);
    const found = async (query: Omit<ChangeQuery, "limit">) =>
      told(await directory.changes({ ...query, limit: 100 }));
    equal(await found({ accountId: "acct_1" }), "ben ws_1,ben acct_1,ana ws_1,ana acct_1", "whose");
    equal(await found({ kind: "workspace" }), "ben ws_2,ben ws_1,ana ws_1", "of which kind");
    equal(await found({ id: "ws_1" }), "ben ws_1,ana ws_1", "of what");
    equal(await found({ by: "ana" }), "ana acct_2,ana ws_1,ana acct_1", "by whom");
    equal(await found({ by: "ana", kind: "workspace" }), "ana ws_1", "two of them");
    const all = { accountId: "acct_1", kind: "account", id: "acct_1", by: "ben" } as const;
    equal(await found(all), "ben acct_1", "all of them");
    equal(await found({ ...all, by: "eve" }), "", "all but one of them");
    for (const one of ["accountId", "id", "by"] as const) {
      equal(await found({ [one]: "" }), "", `"" as ${one}`);
    }
  });
  scenario("lists changes in pages, each before a number", async ({ directory }) => {
    await putTwo(directory);
    const pages: string[] = [];
    let before: number | undefined;
    for (let page = 0; page < 4; page++) {
      const query = { accountId: "acct_1", limit: 2, ...(before !== undefined && { before }) };
      const changes = await directory.changes(query);
      pages.push(told(changes));
      before = changes.at(-1)?.sequence ?? 0;
      // What is new comes before the first page.
      if (page === 0) await directory.putAccount(account, { by: "eve", atMs: 9 });
    }
    equal(pages, ["ben ws_1,ben acct_1", "ana ws_1,ana acct_1", "", ""], "the pages");
    const [newest] = await directory.changes({ limit: 1 });
    const sequence = newest?.sequence ?? 0;
    const beyond = { accountId: "acct_2", limit: 1, before: sequence + 1_000 };
    equal(
      told(await directory.changes(beyond)),
      "ben ws_2",
      "before a number that is nobody's yet",
    );
  });
}

function noteScenarios(scenario: Scenario<DirectoryOnly>): void {
  const grant: Omit<ChangeEntry, "sequence"> = {
    ...{ by: "ben", atMs: 5, accountId: "acct_1", kind: "grant", id: "g1" },
    ...{ before: undefined, after: { amount: 50, reason: 'ä, "quoted"' } },
  };
  const incident: Omit<ChangeEntry, "sequence"> = {
    ...{ by: "eve", atMs: 6, accountId: "", kind: "incident", id: "i1" },
    ...{ before: { title: "down" }, after: undefined },
  };

  scenario("notes what was changed elsewhere among the other changes", async ({ directory }) => {
    await directory.putAccount(account, change);
    await directory.note(grant);
    await directory.note(incident);
    const changes = await directory.changes({ limit: 10 });
    const [third, second] = changes;
    checkOrder(changes);
    equal(third, { ...incident, sequence: third?.sequence }, "of nobody's account");
    equal(second, { ...grant, sequence: second?.sequence }, "of an account");
    equal(await directory.changes({ kind: "incident", limit: 10 }), [third], "by its kind");
    equal(await directory.changes({ accountId: "", limit: 10 }), [third], "nobody's");
    equal(await directory.changes({ kind: "grant", id: "g1", limit: 10 }), [second], "a grant");
  });
  scenario("what was noted does not change with the caller's object", async ({ directory }) => {
    const after = { amount: 50 };
    await directory.note({ ...grant, after });
    after.amount = 1_000_000;
    const [noted] = await directory.changes({ limit: 1 });
    equal(noted?.after, { amount: 50 }, "the amount");
  });
}

function watchScenarios(scenario: Scenario<DirectoryOnly>): void {
  scenario("tells each watcher of each change, once it can be seen", async ({ directory }) => {
    const heard: string[] = [];
    const plans: unknown[] = [];
    const stop = directory.watch((accountId) => heard.push(accountId));
    directory.watch((accountId) => plans.push(directory.account(accountId)));
    await directory.putAccount(account, change);
    await directory.putAccount({ ...account, id: "acct_2" }, change);
    stop();
    stop();
    await directory.putWorkspace(workspace, change);
    equal(heard, ["acct_1", "acct_2"], "until it stopped");
    const seen = await Promise.all(plans);
    equal(seen, [account, { ...account, id: "acct_2" }, account], "what the other could see");
  });
}

/** Two accounts with a workspace each; of the first both were replaced by somebody else. */
async function putTwo(directory: Directory): Promise<void> {
  const second = { ...workspace, id: "ws_2", accountId: "acct_2" };
  await directory.putAccount(account, { by: "ana", atMs: 1 });
  await directory.putWorkspace(workspace, { by: "ana", atMs: 2 });
  await directory.putAccount(account, { by: "ben", atMs: 3 });
  await directory.putWorkspace(workspace, { by: "ben", atMs: 4 });
  await directory.putAccount({ ...account, id: "acct_2" }, { by: "ana", atMs: 5 });
  await directory.putWorkspace(second, { by: "ben", atMs: 6 });
}

function told(changes: readonly ChangeEntry[]): string {
  return changes.map(({ by, id }) => `${by} ${id}`).join();
}

function checkOrder(changes: readonly ChangeEntry[]): void {
  for (const [at, { sequence }] of changes.entries()) {
    const older = changes[at + 1]?.sequence ?? 0;
    check(Number.isSafeInteger(sequence), `sequence ${sequence} is no whole number`);
    check(sequence > older, `${sequence} comes after ${older}`);
  }
}
