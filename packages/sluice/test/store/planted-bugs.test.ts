// The suite can fail: each store here has one bug, and the suite must find it by the sentence
// that the bug makes untrue.

import { describe, expect, it } from "vitest";
import type { ChangeEntry, Directory, Key, Limits, Stores } from "../../src/gate/stores.ts";
import { type Bug, but, failures } from "./planted.ts";

const limitsBug = (change: (limits: Limits) => Partial<Limits>) => (stores: Stores) => ({
  limits: but(stores.limits, change(stores.limits)),
});
const directoryBug =
  (change: (directory: Directory) => Partial<Directory>) => (stores: Stores) => ({
    directory: but(stores.directory, change(stores.directory)),
  });
const limitsBugs: Bug[] = [
  {
    bug: "admits one too many",
    finds: "R1: admits the limit in any stretch",
    plant: limitsBug((limits) => ({
      admit: ({ windows, slots }, nowMs) =>
        limits.admit({ windows: windows.map((w) => ({ ...w, limit: w.limit + 1 })), slots }, nowMs),
    })),
  },
  {
    bug: "counts by the clock's minute",
    finds: "R1: admits the limit in any stretch",
    plant: limitsBug((limits) => ({
      admit: ({ windows, slots }, nowMs) =>
        limits.admit(
          {
            windows: windows.map((w) => ({
              ...w,
              id: `${w.id} ${Math.floor(nowMs / w.windowMs)}`,
            })),
            slots,
          },
          nowMs,
        ),
    })),
  },
  {
    bug: "looks, waits, and then takes",
    finds: "R1: admits the limit and not one more to many at once",
    plant: limitsBug((limits) => {
      const taken = new Map<string, number>();
      return {
        admit: async (admission, nowMs) => {
          const [claim] = admission.windows;
          const before = taken.get(claim?.id ?? "") ?? 0;
          await undefined;
          if (claim === undefined || before >= claim.limit) return limits.admit(admission, nowMs);
          taken.set(claim.id, before + 1);
          const windows = [{ remaining: claim.limit - before - 1, resetMs: 0 }];
          return { admitted: true, windows, slotsTaken: [] };
        },
      };
    }),
  },
  {
    bug: "rounds the wait up to a second",
    finds: "R3: says the first instant",
    plant: limitsBug((limits) => ({
      admit: async (admission, nowMs) => {
        const decided = await limits.admit(admission, nowMs);
        if (decided.admitted) return decided;
        return { ...decided, retryAfterMs: Math.ceil(decided.retryAfterMs / 1_000) * 1_000 };
      },
    })),
  },
  {
    bug: "counts what it refused",
    finds: "R4: a thousand refusals",
    plant: limitsBug((limits) => ({
      admit: async (admission, nowMs) => {
        const decided = await limits.admit(admission, nowMs);
        const windows = admission.windows.map((w) => ({ ...w, limit: Number.MAX_SAFE_INTEGER }));
        if (!decided.admitted) await limits.admit({ windows, slots: [] }, nowMs);
        return decided;
      },
    })),
  },
  {
    bug: "takes one window after the other",
    finds: "R4: a call that one window refuses",
    plant: limitsBug((limits) => ({
      admit: async (admission, nowMs) => {
        let decided = await limits.admit({ ...admission, windows: [] }, nowMs);
        for (const window of admission.windows) {
          decided = await limits.admit({ windows: [window], slots: [] }, nowMs);
          if (!decided.admitted) return decided;
        }
        return decided;
      },
    })),
  },
  {
    bug: "forgets to give slots back",
    finds: "a slot is held until it is given back",
    plant: limitsBug(() => ({ release: () => {} })),
  },
  {
    bug: "says how many slots were taken before",
    finds: "says how many of each kind are taken",
    plant: limitsBug((limits) => ({
      admit: async (admission, nowMs) => {
        const decided = await limits.admit(admission, nowMs);
        const slotsTaken = decided.slotsTaken.map((taken) => taken - (decided.admitted ? 1 : 0));
        return { ...decided, slotsTaken };
      },
    })),
  },
  {
    bug: "takes a slot for each claim",
    finds: "claiming twice with one member",
    plant: limitsBug((limits) => {
      let claims = 0;
      return {
        admit: ({ windows, slots }, nowMs) =>
          limits.admit(
            { windows, slots: slots.map((s) => ({ ...s, member: `${s.member} ${claims++}` })) },
            nowMs,
          ),
      };
    }),
  },
];

const directoryBugs: Bug[] = [
  {
    bug: "lets a rotated secret work on",
    finds: "a digest that was rotated out",
    plant: directoryBug((directory) => ({
      putKey: async (key, change) => {
        const before = (await directory.key(key.id))?.digests ?? [];
        const digests = [...new Set([...before, ...key.digests])];
        return directory.putKey({ ...key, digests }, change);
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

describe("the conformance suite", () => {
  it("finds nothing where nothing was planted", async () => {
    expect(await failures(() => ({}))).toEqual([]);
  });

  it.each([...limitsBugs, ...directoryBugs])("finds a store that $bug", async (planted) => {
    const failed = await failures(planted.plant);
    expect(failed.filter((sentence) => sentence.includes(planted.finds))).not.toEqual([]);
  });
});
