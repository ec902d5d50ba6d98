// What every implementation of Directory does: finds a key and what hangs on it by digest, keeps
// ownership whole, and writes down every change without a secret.

import type { Key } from "../../gate/stores.ts";
import { equal, throws } from "./check.ts";
import { changeScenarios } from "./directory-changes.ts";
import { pageScenarios } from "./directory-pages.ts";
import {
  account,
  bareKey,
  change,
  type DirectoryOnly,
  key,
  project,
  putAll,
  workspace,
} from "./directory-samples.ts";
import { type Make, type Scenario, type Suite, scenarios } from "./suite.ts";

/** The suite of one port, for stores that have no other. */
export function directoryConformance(suite: Suite, make: Make<DirectoryOnly>): void {
  suite.describe("Directory", () => {
    const scenario = scenarios(suite, make);
    findScenarios(scenario);
    digestScenarios(scenario);
    replaceScenarios(scenario);
    ownerScenarios(scenario);
    pageScenarios(scenario);
    changeScenarios(scenario);
  });
}

function findScenarios(scenario: Scenario<DirectoryOnly>): void {
  scenario(
    "finds a key with all that hangs on it, by any of its digests",
    async ({ directory }) => {
      await putAll(directory);
      const subscriber = { key, account, workspace, project };
      equal(await directory.findKey("digest_old"), subscriber, "the old digest");
      equal(await directory.findKey("digest_new"), subscriber, "the new digest");
      equal(await directory.findKey("digest_of_nobody"), undefined, "another digest");
      equal(await directory.findKey(""), undefined, "no digest");
    },
  );
  scenario("finds a key that is of no workspace, revoked or expired", async ({ directory }) => {
    await directory.putAccount(account, change);
    const bare: Key = { ...bareKey, revokedAtMs: 5, expiresAtMs: 6 };
    await directory.putKey(bare, change);
    equal(await directory.findKey("digest_bare"), { key: bare, account }, "as it is");
  });
  scenario("finds the workspace of a key that names its project alone", async ({ directory }) => {
    await putAll(directory);
    const own: Key = { ...bareKey, id: "key_2", projectId: "prj_1", digests: ["digest_own"] };
    await directory.putKey(own, change);
    const found = await directory.findKey("digest_own");
    equal(found, { key: own, account, workspace, project }, "with all above it");
  });
  scenario("answers each record by its id as it was put", async ({ directory }) => {
    await putAll(directory);
    equal(await directory.account("acct_1"), account, "the account");
    equal(await directory.workspace("ws_1"), workspace, "the workspace");
    equal(await directory.project("prj_1"), project, "the project");
    equal(await directory.key("key_1"), key, "the key");
    const nothing = [
      await directory.account("ws_1"),
      await directory.workspace("prj_1"),
      await directory.project("key_1"),
      await directory.key("acct_1"),
    ];
    for (const each of nothing) equal(each, undefined, "what nobody put");
  });
  scenario("replaces a record whole, and finds the new one at once", async ({ directory }) => {
    await putAll(directory);
    const { overrides: _, ...plain } = account;
    await directory.putAccount({ ...plain, plan: "enterprise" }, change);
    const found = await directory.findKey("digest_new");
    equal(found?.account, { ...plain, plan: "enterprise" }, "the account of a key");
    await directory.putKey({ ...key, revokedAtMs: 99 }, change);
    equal((await directory.findKey("digest_new"))?.key.revokedAtMs, 99, "a revoked key");
  });
  scenario("what was put does not change with the caller's object", async ({ directory }) => {
    const mine = { ...account, overrides: { windows: { requests: 5 } } };
    await directory.putAccount(mine, change);
    mine.overrides.windows.requests = 1_000_000;
    const stored = await directory.account("acct_1");
    equal(stored?.overrides?.windows, { requests: 5 }, "the override");
  });
}

function digestScenarios(scenario: Scenario<DirectoryOnly>): void {
  scenario("a digest that was rotated out opens nothing at once", async ({ directory }) => {
    await putAll(directory);
    await directory.putKey({ ...key, digests: ["digest_new"] }, change);
    equal(await directory.findKey("digest_old"), undefined, "the old digest");
    equal((await directory.findKey("digest_new"))?.key.id, "key_1", "the new digest");
  });
  scenario("a revoked key stays revoked, whatever record comes later", async ({ directory }) => {
    await putAll(directory);
    await directory.putKey({ ...key, revokedAtMs: 5 }, change);
    await throws(() => directory.putKey(key, change), "a record from before the revocation");
    equal((await directory.key("key_1"))?.revokedAtMs, 5, "the revocation");
    await directory.putKey({ ...key, name: "renamed", revokedAtMs: 5 }, change);
    equal((await directory.key("key_1"))?.name, "renamed", "the name");
  });
  scenario("a digest belongs to one key for ever", async ({ directory }) => {
    await putAll(directory);
    const thief = { ...bareKey, digests: ["digest_bare", "digest_new"] };
    await throws(() => directory.putKey(thief, change), "a second key with the same digest");
    equal(await directory.key("key_bare"), undefined, "the second key");
    equal(await directory.findKey("digest_bare"), undefined, "its other digest");
    await directory.putKey({ ...key, digests: ["digest_new"] }, change);
    const heir = { ...bareKey, digests: ["digest_old"] };
    await throws(() => directory.putKey(heir, change), "a digest that was rotated out");
  });
}

function replaceScenarios(scenario: Scenario<DirectoryOnly>): void {
  scenario("puts no record that was made from another than stands there", async ({ directory }) => {
    await putAll(directory);
    // Both have read the key; the second must not undo what the first has done.
    const [read, alsoRead] = [await directory.key("key_1"), await directory.key("key_1")];
    const quarantined = { ...key, ...read, expiresAtMs: 7 };
    equal(await directory.putKey(quarantined, change, read), true, "the first");
    const renamed = { ...key, ...alsoRead, name: "renamed" };
    equal(await directory.putKey(renamed, change, alsoRead), false, "the second");
    equal(await directory.key("key_1"), quarantined, "the key");
    const again = { ...quarantined, name: "renamed" };
    equal(await directory.putKey(again, change, quarantined), true, "made from what stands there");
    equal(await directory.key("key_1"), again, "the key with both");
    equal((await directory.changes({ kind: "key", limit: 9 })).length, 3, "changes written down");
  });
  scenario("puts no record that was made from one that is not there", async ({ directory }) => {
    equal(await directory.putAccount(account, change, account), false, "an account");
    equal(await directory.account("acct_1"), undefined, "the account");
  });
  scenario(
    "puts accounts, workspaces and projects from what stands there",
    async ({ directory }) => {
      await putAll(directory);
      const changed = { name: "another" };
      const put = async () => [
        await directory.putAccount({ ...account, ...changed }, change, account),
        await directory.putWorkspace({ ...workspace, ...changed }, change, workspace),
        await directory.putProject({ ...project, ...changed }, change, project),
      ];
      equal(await put(), [true, true, true], "at first");
      equal(await put(), [false, false, false], "from what is no more");
    },
  );
  scenario(
    "of many who change one record at once, none loses another's change",
    async ({ directory }) => {
      await putAll(directory);
      const by = Array.from({ length: 5 }, (_, at) => `writer ${at}`);
      const write = async (one: string) => {
        for (let isPut = false; !isPut; ) {
          const before = (await directory.account("acct_1")) ?? account;
          const after = { ...before, name: `${before.name}, ${one}` };
          isPut = await directory.putAccount(after, change, before);
        }
      };
      await Promise.all(by.map(write));
      const names = (await directory.account("acct_1"))?.name.split(", ").slice(1).sort();
      equal(names, by, "what all of them have written");
    },
  );
}

function ownerScenarios(scenario: Scenario<DirectoryOnly>): void {
  scenario("refuses a record whose owner does not exist", async ({ directory }) => {
    await throws(() => directory.putWorkspace(workspace, change), "a workspace of no account");
    await throws(() => directory.putKey(bareKey, change), "a key of no account");
    await directory.putAccount(account, change);
    await throws(() => directory.putProject(project, change), "a project of no workspace");
    await throws(() => directory.putKey(key, change), "a key of no workspace");
    await directory.putWorkspace(workspace, change);
    await throws(() => directory.putKey(key, change), "a key of no project");
    equal(await directory.keysOf("acct_1", { limit: 1 }), [], "the keys");
  });
  scenario("refuses a record under what another account has", async ({ directory }) => {
    await putAll(directory);
    await directory.putAccount({ ...account, id: "acct_2" }, change);
    const stolen = { accountId: "acct_2" };
    const theirs = { ...project, ...stolen, id: "prj_2" };
    await throws(() => directory.putProject(theirs, change), "in another's workspace");
    const intruder = { ...key, ...stolen, id: "key_2", digests: ["digest_2"] };
    await throws(() => directory.putKey(intruder, change), "a key to another's project");
    await throws(() => directory.putWorkspace({ ...workspace, ...stolen }, change), "moved away");
    await throws(() => directory.putKey({ ...key, ...stolen }, change), "a key moved away");
    equal(await directory.workspace("ws_1"), workspace, "the workspace");
  });
}
