// The suite of a directory can fail: each store here has one bug, and the suite must find it by the sentence that the bug
// makes untrue.

import { describe, expect, it } from "vitest";
import type { ChangeEntry, Directory, Key, Stores } from "../../src/gate/stores.ts";
import { type Bug, but, failures } from "./planted.ts";

const directoryBug =
  (change: (directory: Directory) => Partial<Directory>) => (stores: Stores) => ({
    directory: but(stores.directory, change(stores.directory)),
  });

const directoryBugs: Bug[] = [
  {
    bug: "lets a rotated secret work on",
    finds: "a digest that was rotated out",
    plant: directoryBug((directory) => ({
      putKey: async (key, change, from) => {
        const before = (await directory.key(key.id))?.digests ?? [];
        const digests = [...new Set([...before, ...key.digests])];
        return directory.putKey({ ...key, digests }, change, from);
      },
    })),
  },
  {
    bug: "lets the last change win",
    finds: "puts no record that was made from another than stands there",
    plant: directoryBug((directory) => ({
      putKey: (key, change) => directory.putKey(key, change),
    })),
  },
  {
    bug: "looks what stands there, and then puts",
    finds: "of many who change one record at once",
    plant: directoryBug((directory) => ({
      putAccount: async (account, change, from) => {
        const stands = await directory.account(account.id);
        const isAnother = from && JSON.stringify(stands) !== JSON.stringify(from);
        return isAnother ? false : directory.putAccount(account, change);
      },
    })),
  },
  {
    bug: "writes digests into the log",
    finds: "writes down keys without their digests",
    plant: directoryBug((directory) => ({
      changes: async (query) => {
        const changes = await directory.changes(query);
        const key = await directory.key("key_1");
        return changes.map((entry) => (entry.kind === "key" ? { ...entry, after: key } : entry));
      },
    })),
  },
  {
    bug: "never tells anybody",
    finds: "tells each watcher of each change",
    plant: directoryBug(() => ({ watch: () => () => {} })),
  },
  {
    bug: "begins every page with the first record",
    finds: "lists an account's keys, workspaces and projects in pages",
    plant: directoryBug((directory) => ({
      projectsOf: (accountId, { limit }) => directory.projectsOf(accountId, { limit }),
    })),
  },
  {
    bug: "takes any record for the one before a page",
    finds: "lists nothing behind what the account does not have",
    plant: directoryBug((directory) => ({
      workspacesOf: async (accountId, { limit, after }) => {
        const isThere = after !== undefined && (await directory.workspace(after)) !== undefined;
        return directory.workspacesOf(accountId, { limit, ...(isThere && { after }) });
      },
    })),
  },
  {
    bug: "takes a replaced record for a new one",
    finds: "a record that is replaced between two pages is as old as before",
    plant: directoryBug((directory) => ({
      keysOf: async (accountId, page) => {
        const keys = await directory.keysOf(accountId, page);
        const replaced = ({ id, name }: Key) => Number(id !== name);
        return keys.toSorted((a, b) => replaced(a) - replaced(b));
      },
    })),
  },
  {
    bug: "searches in names alone",
    finds: "finds accounts by a part of their id or name",
    plant: directoryBug((directory) => ({
      accounts: async ({ search = "", ...page }) =>
        (await directory.accounts({ ...page, search })).filter(({ name }) =>
          name.toLowerCase().includes(search.toLowerCase()),
        ),
    })),
  },
  {
    bug: "numbers the changes of each account",
    finds: "changes are numbered in their order, over all accounts",
    plant: directoryBug((directory) => ({
      changes: async (query) => {
        const changes = await directory.changes(query);
        const age = ({ accountId, sequence }: ChangeEntry) =>
          changes.filter((one) => one.accountId === accountId && one.sequence <= sequence).length;
        return changes.map((one) => ({ ...one, sequence: age(one) }));
      },
    })),
  },
  {
    bug: "looks at one of the things that a change should match",
    finds: "finds changes by whose, what and who",
    plant: directoryBug((directory) => ({
      changes: ({ accountId, by, ...query }) =>
        directory.changes({
          ...query,
          ...(accountId !== undefined ? { accountId } : by !== undefined && { by }),
        }),
    })),
  },
  {
    bug: "begins every page of changes with the newest",
    finds: "lists changes in pages, each before a number",
    plant: directoryBug((directory) => ({
      changes: ({ before: _, ...query }) => directory.changes(query),
    })),
  },
  {
    bug: "forgets what was changed elsewhere",
    finds: "notes what was changed elsewhere",
    plant: directoryBug(() => ({ note: () => {} })),
  },
];

describe("the conformance suite, of directories", () => {
  it("finds nothing where nothing was planted", async () => {
    expect(await failures(() => ({}))).toEqual([]);
  });

  it.each(directoryBugs)("finds a store that $bug", async (planted) => {
    const failed = await failures(planted.plant);
    expect(failed.filter((sentence) => sentence.includes(planted.finds))).not.toEqual([]);
  });
});
