// Accounts, and an account's keys, workspaces and projects, page by page, the oldest first.

import type { Awaitable } from "../../base/index.ts";
import type { Directory, Page } from "../../gate/stores.ts";
import { equal } from "./check.ts";
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
import type { Scenario } from "./suite.ts";

/** One kind of records: how one comes about, and how they are listed. */
interface List {
  readonly name: string;
  /** Of `acct_1`, made by `putAll`. */
  readonly first: string;
  put(id: string, accountId: string, name?: string): Awaitable<boolean>;
  page(page: Page): Awaitable<readonly { readonly id: string; readonly name: string }[]>;
}

export function pageScenarios(scenario: Scenario<DirectoryOnly>): void {
  ownedScenarios(scenario);
  accountScenarios(scenario);
  searchScenarios(scenario);
}

function ownedScenarios(scenario: Scenario<DirectoryOnly>): void {
  scenario("lists an account's keys, workspaces and projects in pages", async ({ directory }) => {
    await putAll(directory);
    await putOther(directory);
    for (const { name, first, put, page } of listsOf(directory)) {
      await put("9", "acct_1");
      await put("3", "acct_2");
      await put("7", "acct_1");
      equal(idsOf(await page({ limit: 10 })), `${first},9,7`, `all ${name}, the oldest first`);
      equal(idsOf(await page({ limit: 2 })), `${first},9`, `the first page of ${name}`);
      equal(idsOf(await page({ limit: 2, after: "9" })), "7", `the ${name} behind it`);
      equal(idsOf(await page({ limit: 1, after: first })), "9", `the second of the ${name}`);
      equal(await page({ limit: 2, after: "7" }), [], `behind the last of the ${name}`);
    }
    const nobody = { limit: 10 };
    equal(await directory.keysOf("acct_3", nobody), [], "the keys of no account");
    equal(await directory.workspacesOf("acct_3", nobody), [], "the workspaces of no account");
    equal(await directory.projectsOf("acct_3", nobody), [], "the projects of no account");
  });
  scenario("lists nothing behind what the account does not have", async ({ directory }) => {
    await putAll(directory);
    await putOther(directory);
    for (const { name, put, page } of listsOf(directory)) {
      await put("theirs", "acct_2");
      await put("later", "acct_1");
      for (const after of ["theirs", "acct_1", "never put", ""]) {
        equal(await page({ limit: 10, after }), [], `${name} behind "${after}"`);
      }
    }
  });
  scenario("a record that is replaced between two pages is as old as before", async (stores) => {
    const { directory } = stores;
    await putAll(directory);
    for (const { name, first, put, page } of listsOf(directory)) {
      await put("9", "acct_1");
      await put("7", "acct_1");
      await put("9", "acct_1", "renamed");
      equal(idsOf(await page({ limit: 10 })), `${first},9,7`, `all ${name}`);
      equal(idsOf(await page({ limit: 10, after: "9" })), "7", `the ${name} behind it`);
      const [second] = await page({ limit: 1, after: first });
      equal(second?.name, "renamed", `its name among the ${name}`);
    }
  });
  scenario("lists records whole, with what an API keeps with them", async ({ directory }) => {
    const details = { region: "eu", seats: 3, archived: false, note: 'ä, "quoted"' };
    const kept = { ...workspace, createdAtMs: 7, details };
    const keptProject = { ...project, createdAtMs: 8, details };
    await directory.putAccount(account, change);
    await directory.putWorkspace(kept, change);
    await directory.putProject(keptProject, change);
    await directory.putKey(key, change);
    equal(await directory.accounts({ limit: 1 }), [account], "the accounts");
    equal(await directory.workspacesOf("acct_1", { limit: 1 }), [kept], "the workspaces");
    equal(await directory.projectsOf("acct_1", { limit: 1 }), [keptProject], "the projects");
    equal(await directory.keysOf("acct_1", { limit: 1 }), [key], "the keys");
    equal(await directory.workspace("ws_1"), kept, "the workspace by its id");
  });
}

function accountScenarios(scenario: Scenario<DirectoryOnly>): void {
  scenario("lists accounts in pages, the oldest first", async ({ directory }) => {
    for (const id of ["acct_5", "acct_1", "acct_3"]) {
      await directory.putAccount({ ...account, id }, change);
    }
    const page = async (query: Page) => idsOf(await directory.accounts(query));
    equal(await page({ limit: 10 }), "acct_5,acct_1,acct_3", "all");
    equal(await page({ limit: 2 }), "acct_5,acct_1", "the first page");
    await directory.putAccount({ ...account, name: "replaced between two pages" }, change);
    equal(await page({ limit: 2, after: "acct_1" }), "acct_3", "the page behind it");
    equal(await page({ limit: 2, after: "acct_3" }), "", "behind the last");
    equal(await page({ limit: 2, after: "acct_9" }), "", "behind one that is not there");
    equal(await page({ limit: 2, after: "" }), "", "behind no id");
  });
}

function searchScenarios(scenario: Scenario<DirectoryOnly>): void {
  scenario("finds accounts by a part of their id or name, in either case", async (stores) => {
    const { directory } = stores;
    const names = { acct_1: "Örtlich 100%", acct_2: "ACME_Labs", acct_3: "örtlich", ACCT_4: "" };
    for (const [id, name] of Object.entries(names)) {
      await directory.putAccount({ ...account, id, name }, change);
    }
    const found = async (search: string, after?: string) =>
      idsOf(await directory.accounts({ limit: 3, search, ...(after !== undefined && { after }) }));
    equal(await found("ACCT_"), "acct_1,acct_2,acct_3", "a page of what all ids begin with");
    equal(await found("acct_", "acct_3"), "ACCT_4", "the page behind it");
    equal(await found("me_l"), "acct_2", "within a name");
    equal(await found("TLICH"), "acct_1,acct_3", "letters in either case");
    equal(await found("Örtlich"), "acct_1", "other letters than those of ASCII as they are");
    equal(await found("0%"), "acct_1", "a character that some databases take for any");
    equal(await found("acctx1"), "", "another one in place of such a character");
    equal(await found("_1Ö"), "", "over the border of id and name");
    equal(await found(""), "acct_1,acct_2,acct_3", "no text is in every name");
    equal(await found("tlich", "acct_2"), "acct_3", "behind an account without the text");
    await directory.putAccount({ ...account, id: "acct_2", name: "Örtlicher" }, change);
    equal(await found("tlich"), "acct_1,acct_2,acct_3", "by the name that it has now");
  });
}

function listsOf(directory: Directory): readonly List[] {
  return [
    {
      name: "keys",
      first: "key_1",
      put: (id, accountId, name = id) =>
        directory.putKey({ ...bareKey, id, accountId, name, digests: [`digest of ${id}`] }, change),
      page: (page) => directory.keysOf("acct_1", page),
    },
    {
      name: "workspaces",
      first: "ws_1",
      put: (id, accountId, name = id) =>
        directory.putWorkspace({ ...workspace, id, accountId, name }, change),
      page: (page) => directory.workspacesOf("acct_1", page),
    },
    {
      name: "projects",
      first: "prj_1",
      put: (id, accountId, name = id) => {
        const workspaceId = accountId === "acct_1" ? "ws_1" : "ws_2";
        return directory.putProject({ ...project, id, accountId, workspaceId, name }, change);
      },
      page: (page) => directory.projectsOf("acct_1", page),
    },
  ];
}

/** Another account with a workspace. */
async function putOther(directory: Directory): Promise<void> {
  await directory.putAccount({ ...account, id: "acct_2" }, change);
  await directory.putWorkspace({ ...workspace, id: "ws_2", accountId: "acct_2" }, change);
}

function idsOf(records: readonly { readonly id: string }[]): string {
  return records.map(({ id }) => id).join();
}
