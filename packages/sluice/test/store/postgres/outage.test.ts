// What a gate hears while the database is slow, cut off or gone, and that it goes on by itself once it is back.

import pg from "pg";
import { describe, expect, it } from "vitest";
import { systemClock } from "../../../src/base/index.ts";
import { row as logRow } from "../sqlite/log-rows.ts";
import { openStores, useServer } from "./database.ts";
import { reservation, wallMs } from "./reservations.ts";

describe("a gate that is cut off", () => {
  const { database, server } = useServer();

  it("L4: rejects the batch of which nobody knows, sends nothing again, and goes on", async () => {
    const address = database();
    const { stores, pool, close } = await openStores(address);
    const { ledger } = stores;
    await ledger.reserve(reservation({ holdId: "before" }), wallMs);
    const blocker = new pg.Client(address);
    await blocker.connect();
    await blocker.query("BEGIN; SELECT * FROM sluice.scope FOR UPDATE");
    const cut = ["one", "two"].map((holdId) => ledger.reserve(reservation({ holdId }), wallMs));
    const rejected = Promise.allSettled(cut);
    const waiting =
      "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%run_ledger%'";
    let pid: number | undefined;
    while (pid === undefined) {
      pid = (await blocker.query(waiting)).rows[0]?.pid;
      await systemClock.sleep(5);
    }
    await blocker.query("SELECT pg_terminate_backend($1)", [pid]);
    for (const { status } of await rejected) expect(status).toBe("rejected");
    await blocker.query("COMMIT");
    await blocker.end();
    expect(await ledger.reserve(reservation({ holdId: "after" }), wallMs)).toEqual({
      kind: "held",
      remaining: 80,
    });
    const holds = await pool.query("SELECT id FROM sluice.hold ORDER BY n");
    expect(holds.rows).toEqual([{ id: "before" }, { id: "after" }]);
    expect(await stores.audit()).toEqual([]);
    await close();
  });

  it("hears within a bound that a statement waits too long, and nothing was done", async () => {
    const address = database();
    const { stores, close } = await openStores(address, { statementMs: 150 });
    const { ledger } = stores;
    await ledger.reserve(reservation({ holdId: "before" }), wallMs);
    const blocker = new pg.Client(address);
    await blocker.connect();
    await blocker.query("BEGIN; SELECT * FROM sluice.scope FOR UPDATE");
    await expect(ledger.reserve(reservation({}), wallMs)).rejects.toThrow(/timeout/);
    await blocker.query("COMMIT");
    await blocker.end();
    expect((await ledger.balance(reservation({}).funds, wallMs)).held).toBe(10);
    await close();
  });

  it("throws while the server is gone, and finds it again with all that was answered", async () => {
    const { stores, close } = await openStores(database());
    const { ledger, directory, log } = stores;
    await directory.putAccount(
      { id: "acct_1", name: "a", plan: "pro", subscription: "active" },
      { by: "ana", atMs: 1 },
    );
    await ledger.reserve(reservation({}), wallMs);
    await server().crash();
    await expect(
      ledger.settle({ holdId: "hold_1", charge: 4, rememberMs: 0 }, wallMs),
    ).rejects.toThrow();
    await expect(directory.account("acct_1")).rejects.toThrow();
    await expect(stores.audit()).rejects.toThrow();
    // The log takes rows all the same, and keeps nobody waiting.
    log.append(logRow({ requestId: "while it was gone" }));
    await expect(log.flush()).rejects.toThrow();
    await server().start();
    const settled = await ledger.settle({ holdId: "hold_1", charge: 4, rememberMs: 0 }, wallMs);
    expect(settled).toEqual({ kind: "settled", charged: 4, remaining: 96 });
    expect((await directory.account("acct_1"))?.id).toBe("acct_1");
    await log.flush();
    expect((await log.explain("while it was gone"))?.requestId).toBe("while it was gone");
    expect(log.dropped()).toBe(0);
    expect(await stores.audit()).toEqual([]);
    await close();
  });
});
