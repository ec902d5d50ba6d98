// The directory on a file: what it keeps is what was put, and a change is told once it is on the disk.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeStores } from "./scratch-files.ts";

const change = { by: "ana", atMs: 1 };
const account = { id: "acct_1", name: "one", plan: "pro", subscription: "active" } as const;

let made: Awaited<ReturnType<typeof makeStores>>;
beforeEach(async () => {
  made = await makeStores();
});
afterEach(() => made.close());

describe("a record", () => {
  it("is what it was when it was put, whatever becomes of the caller's object at once", async () => {
    const { directory } = made.stores;
    const mine = { ...account, overrides: { windows: { requests: 5 } } };
    const putting = directory.putAccount(mine, change);
    mine.overrides.windows.requests = 1_000_000;
    await putting;
    expect((await directory.account("acct_1"))?.overrides?.windows).toEqual({ requests: 5 });
  });

  it("with a number that JSON does not know is refused, and changes nothing", async () => {
    const { directory } = made.stores;
    const windows = { requests: Number.POSITIVE_INFINITY };
    const put = directory.putAccount({ ...account, overrides: { windows } }, change);
    await expect(put).rejects.toThrow('"requests" is Infinity, which a record cannot hold');
    expect(await directory.account("acct_1")).toBeUndefined();
    expect(await directory.changes({ limit: 1 })).toEqual([]);
  });
});

describe("the log of changes", () => {
  it("is told whole on a large page, newest first", async () => {
    const { directory } = made.stores;
    const times = 2_500;
    await Promise.all(
      Array.from({ length: times }, (_, at) =>
        directory.putAccount({ ...account, name: `name ${at}` }, { by: "ana", atMs: at }),
      ),
    );
    const changes = await directory.changes({ accountId: "acct_1", limit: times + 1 });
    const inOrder = Array.from({ length: times }, (_, at) => at);
    expect(changes.map(({ atMs }) => atMs)).toEqual(inOrder.toReversed());
    expect(changes[0]?.before).toEqual({ ...account, name: `name ${times - 2}` });
  });
});

describe("watching", () => {
  it("reaches every watcher although one throws, and whoever made the change hears of it", async () => {
    const { directory } = made.stores;
    const heard: string[] = [];
    directory.watch(() => {
      throw new Error("a cache that fails");
    });
    directory.watch((accountId) => heard.push(accountId));
    await expect(directory.putAccount(account, change)).rejects.toThrow("a cache that fails");
    expect(heard).toEqual(["acct_1"]);
    expect(await directory.account("acct_1")).toEqual(account);
  });
});
