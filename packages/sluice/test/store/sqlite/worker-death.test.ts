// The worker dies, hangs or fails: whoever waits hears of it, and nobody who comes later waits at all.

import { describe, expect, it } from "vitest";
import { systemClock, VirtualClock } from "../../../src/base/index.ts";
import { connect } from "../../../src/store/sqlite/stores.ts";
import { Queries } from "../../../src/store/sqlite/thread/queries.ts";
import type { Reader } from "../../../src/store/sqlite/thread/reader.ts";
import { Thread } from "../../../src/store/sqlite/thread/thread.ts";
import type { Writer } from "../../../src/store/sqlite/thread/writer.ts";
import { row } from "./log-rows.ts";
import { makeStores } from "./scratch-files.ts";

const url = new URL("./unreliable-worker.ts", import.meta.url);
const noQueries = new Queries(() => Promise.reject(new Error("no queries here")));
const noReaders = { pages: noQueries, audits: noQueries };
const nowMs = Date.UTC(2026, 0, 15);

const start = (fate: string) => Thread.start<Writer>(url, { fate });

describe("a worker that dies", () => {
  it.each(["exits", "throws"])("fails all who wait and all who come, when it %s", async (fate) => {
    const writer = await start(fate);
    const stores = connect(writer, noReaders, systemClock, { file: "" });
    expect(stores.down).toBeUndefined();
    const waiting = await Promise.allSettled([
      stores.ledger.release("a", nowMs),
      stores.directory.findKey("b"),
      stores.log.flush(),
    ]);
    expect(waiting.slice(0, 2)).toMatchObject([
      { status: "rejected", reason: { name: "StoreDownError" } },
      { status: "rejected", reason: { name: "StoreDownError" } },
    ]);
    expect(stores.down?.message).toContain("restart the process");
    await expect(stores.ledger.release("c", nowMs)).rejects.toBe(stores.down);
    stores.log.append(row({}));
    await expect(stores.log.flush()).rejects.toBe(stores.down);
    await stores.close();
  });

  it("tells whoever opens the stores when it cannot even start", async () => {
    await expect(start("cannot start")).rejects.toThrow("no such luck");
    const missing = new URL("./no-such-worker.ts", import.meta.url);
    await expect(Thread.start<Writer>(missing, {})).rejects.toThrow("restart the process");
  });

  it("may have done a change: those who keep the old record are told to forget it", async () => {
    const stores = connect(await start("exits"), noReaders, systemClock, { file: "" });
    const heard: string[] = [];
    stores.directory.watch((accountId) => heard.push(accountId));
    const account = { id: "acct_1", name: "", plan: "pro", subscription: "active" } as const;
    const put = stores.directory.putAccount(account, { by: "ana", atMs: 1 });
    await expect(put).rejects.toThrow("gone");
    expect(heard).toEqual(["acct_1"]);
    await stores.close();
  });
});

describe("a worker that hangs", () => {
  it("keeps nobody waiting, and close does not wait for it for ever", async () => {
    const clock = new VirtualClock();
    const stores = connect(await start("hangs"), noReaders, clock, { file: "", stallMs: 1_000 });
    const waiting = Promise.allSettled([
      stores.ledger.release("a", nowMs),
      stores.directory.findKey("b"),
    ]);
    await clock.advance(1_000);
    const stalled = { status: "rejected", reason: { name: "BatchError", reason: "stalled" } };
    expect(await waiting).toMatchObject([stalled, stalled]);
    stores.log.append(row({}));
    const closing = expect(stores.close()).rejects.toThrow("did not close");
    await clock.advance(60_000);
    await closing;
  });
});

describe("the worker that reads", () => {
  it("is started anew after its death, and nobody else notices", async () => {
    const started: Thread<Reader>[] = [];
    const queries = new Queries(async () => {
      const thread = await Thread.start<Reader>(url, { fate: "answers" });
      started.push(thread);
      return thread;
    });
    const both = await Promise.all([queries.ask("explain", "a"), queries.ask("explain", "b")]);
    expect(both).toEqual(["explain", "explain"]);
    expect(started).toHaveLength(1);
    await started[0]?.kill();
    expect(await queries.ask("explain", "c")).toBe("explain");
    expect(started).toHaveLength(2);
    await queries.close();
    await expect(queries.ask("explain", "d")).rejects.toMatchObject({ reason: "closed" });
  });

  it("lets a question fail that cannot be answered, and answers the next", async () => {
    let tries = 0;
    const queries = new Queries(() => {
      tries++;
      if (tries === 1) return Promise.reject(new Error("not now"));
      return Thread.start<Reader>(url, { fate: "answers" });
    });
    await expect(queries.ask("explain", "a")).rejects.toThrow("not now");
    expect(await queries.ask("explain", "b")).toBe("explain");
    await queries.close();
  });
});

describe("close", () => {
  it("does what had come, refuses what comes, and may be called again", async () => {
    const { stores, close } = await makeStores();
    const grant = { id: "g", accountId: "a", amount: 5, reason: "" };
    const granting = stores.ledger.grant(grant, nowMs);
    const closing = stores.close();
    await granting;
    await closing;
    await expect(stores.ledger.grant(grant, nowMs)).rejects.toMatchObject({ reason: "closed" });
    await expect(stores.ledger.entries("a", { limit: 1 })).rejects.toMatchObject({
      reason: "closed",
    });
    await stores.close();
    await close();
  });
});
