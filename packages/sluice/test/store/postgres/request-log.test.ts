// The log on PostgreSQL: a partition a day, found by the id, never waited for.

import { describe, expect, it } from "vitest";
import { createRequestIds, seededRandom, VirtualClock } from "../../../src/base/index.ts";
import type { LogRow } from "../../../src/gate/stores.ts";
import { Database } from "../../../src/store/postgres/connection/database.ts";
import { keepPartitions } from "../../../src/store/postgres/log/partitions.ts";
import { row } from "../sqlite/log-rows.ts";
import { type Opened, openStores, useServer } from "./database.ts";

const dayMs = 24 * 60 * 60 * 1_000;
const always = { fromMs: 0, toMs: Date.UTC(2100, 0) };
const startMs = Date.UTC(2026, 10, 22, 23, 59, 50);

describe("the log on PostgreSQL", () => {
  const { database: newDatabase, server } = useServer();

  async function open() {
    const clock = new VirtualClock(startMs);
    const opened = await openStores(newDatabase(), { clock, log: { retentionMs: 2 * dayMs } });
    const nextId = createRequestIds(clock, seededRandom("log"));
    const now = (changed: Partial<LogRow> = {}) =>
      row({ requestId: nextId(clock.wallMs()), atMs: clock.wallMs(), ...changed });
    const database = new Database({ pool: opened.pool, statementMs: 5_000, clock });
    /** What is done each hour, at that time. */
    const keep = (atMs: number) =>
      keepPartitions({ database, clock: new VirtualClock(atMs), retentionMs: 2 * dayMs });
    return { ...opened, clock, now, keep };
  }

  /** The partitions that hold rows, and how many. */
  async function rowsByPartition({ pool }: Opened): Promise<Record<string, number>> {
    const { rows } = await pool.query(
      "SELECT tableoid::regclass::text AS name, count(*)::int FROM sluice.request GROUP BY 1 ORDER BY 1",
    );
    return Object.fromEntries(rows.map(({ name, count }) => [name.replace("sluice.", ""), count]));
  }

  it("G3: looks a request up in one partition, by the time in its id", async () => {
    const opened = await open();
    const { stores, pool, clock, now, close } = opened;
    const rows: LogRow[] = [];
    for (let second = 0; second < 20; second++) {
      rows.push(now());
      await clock.advance(1_000);
    }
    for (const one of rows) stores.log.append(one);
    await stores.log.flush();
    expect(await rowsByPartition(opened)).toEqual({ request_20261122: 10, request_20261123: 10 });
    for (const one of rows) expect(await stores.log.explain(one.requestId)).toEqual(one);
    const [first] = rows as [LogRow];
    const { rows: plan } = await pool.query(
      "EXPLAIN SELECT * FROM sluice.request WHERE at_ms >= $1 AND at_ms < $2 AND request_id = $3",
      [first.atMs, first.atMs + 1, first.requestId],
    );
    const text = plan.map((line) => line["QUERY PLAN"]).join("\n");
    expect(text.match(/ on request_\w+/g)).toEqual([" on request_20261122"]);
    expect(text).toContain("Index");
    await close();
  });

  it("finds a request whose clock was set after its id was made", async () => {
    const { stores, now, clock, close } = await open();
    const late = now({ atMs: clock.wallMs() + 20_000 });
    stores.log.append(late);
    await stores.log.flush();
    expect(await stores.log.explain(late.requestId)).toEqual(late);
    await close();
  });

  it("makes partitions a week ahead, and drops those that are old, with all their rows", async () => {
    const opened = await open();
    const { stores, pool, now, keep, close } = opened;
    for (let day = 0; day < 6; day++) {
      const atMs = startMs + day * dayMs;
      await keep(atMs);
      stores.log.append(now({ requestId: `day ${day}`, atMs }));
      await stores.log.flush();
    }
    await keep(startMs + 6 * dayMs);
    expect(await rowsByPartition(opened)).toEqual({
      ...{ request_20261126: 1, request_20261127: 1 },
    });
    const { rows } = await pool.query(
      "SELECT max(relname) AS last FROM pg_class WHERE relname ~ '^request_\\d{8}$'",
    );
    expect(rows).toEqual([{ last: "request_20261205" }]);
    await close();
  });

  it("keeps a row of a day without a partition, and drops it when it is old", async () => {
    const opened = await open();
    const { stores, now, keep, close } = opened;
    stores.log.append(now({ requestId: "ahead", atMs: startMs + 10 * dayMs }));
    stores.log.append(now({ requestId: "past", atMs: startMs - 30 * dayMs }));
    await stores.log.flush();
    expect(await rowsByPartition(opened)).toEqual({ request_other: 2 });
    // Its day's partition cannot be made any more; the days around it can.
    await keep(startMs + 4 * dayMs);
    expect(await stores.log.explain("past")).toBeUndefined();
    expect((await stores.log.explain("ahead"))?.requestId).toBe("ahead");
    stores.log.append(now({ requestId: "beside", atMs: startMs + 11 * dayMs }));
    stores.log.append(now({ requestId: "with it", atMs: startMs + 10 * dayMs }));
    await stores.log.flush();
    expect(await rowsByPartition(opened)).toEqual({ request_20261203: 1, request_other: 2 });
    await close();
  });

  it("G2: writes a row once, though it was sent twice", async () => {
    const opened = await open();
    const { stores, now, close } = opened;
    const rows = Array.from({ length: 30 }, () => now());
    for (const one of rows.slice(0, 10)) stores.log.append(one);
    await stores.log.flush();
    for (const one of rows) stores.log.append(one);
    await stores.log.flush();
    expect(await stores.log.find({ limit: 100 })).toHaveLength(30);
    expect(stores.log.dropped()).toBe(0);
    expect(await stores.log.days(always)).toMatchObject([{ requests: 30 }]);
    await close();
  });

  it("G2: keeps the others of a row that no table takes, and counts it", async () => {
    const { stores, now, close } = await open();
    stores.log.append(now({ status: 2 ** 40 }));
    const good = now();
    stores.log.append(good);
    await stores.log.flush();
    expect(await stores.log.find({ limit: 100 })).toEqual([good]);
    expect(stores.log.dropped()).toBe(1);
    expect(await stores.log.days(always)).toMatchObject([{ requests: 1 }]);
    await close();
  });

  it("G2: adds up exactly what two gates write to the same days at once", async () => {
    const address = newDatabase();
    const clock = new VirtualClock(startMs);
    const gates = [await openStores(address, { clock }), await openStores(address, { clock })];
    const operations = ["create", "list", "read", "write", undefined];
    let sent = 0;
    for (let round = 0; round < 8; round++) {
      // Each meets the operations in an order of its own.
      for (const [at, { stores }] of gates.entries()) {
        for (let n = 0; n < 25; n++) {
          const operation = operations[(at === 0 ? n : 25 - n) % operations.length];
          stores.log.append(
            row({ requestId: `r${sent++}`, atMs: startMs + n, operation, charged: 1 }),
          );
        }
      }
      await Promise.all(gates.map(({ stores }) => stores.log.flush()));
    }
    const days = (await gates[0]?.stores.log.days(always)) ?? [];
    expect(days.map(({ requests, credits }) => [requests, credits])).toEqual(
      operations.map(() => [80, 80]),
    );
    for (const { close } of gates) await close();
  });

  it("keeps the sums of ninety days, however short rows are kept", async () => {
    const { stores, now, keep, close } = await open();
    for (let day = -95; day <= 0; day++) stores.log.append(now({ atMs: startMs + day * dayMs }));
    await stores.log.flush();
    await keep(startMs);
    const days = await stores.log.days(always);
    expect(days.map((day) => (startMs - day.dayMs) / dayMs).map(Math.floor)).toEqual(
      Array.from({ length: 90 }, (_, at) => 89 - at),
    );
    await close();
  });

  it("G3: reads no more of each partition than it must, whatever rows are looked for by", async () => {
    const { pool, stores, now, close } = await open();
    for (let n = 0; n < 2_000; n++) stores.log.append(now({ clientRequestId: `client ${n}` }));
    await stores.log.flush();
    await pool.query("ANALYZE sluice.request");
    const newest = "ORDER BY at_ms DESC, request_id DESC LIMIT 9";
    for (const [where, index] of [
      ["true", "pkey"],
      ["account_id = 'a'", "account_id_at_ms"],
      ["key_id = 'a'", "key_id_at_ms"],
      ["key_id = 'a' AND is_older_secret = 1", "key_id_at_ms"],
      ["operation = 'a'", "operation_at_ms"],
      ["code = 'a'", "code_at_ms"],
      ["condition = 'a' AND status >= 400", "at_ms"],
      ["status = 404", "at_ms"],
      ["client_request_id = 'a'", "client_request_id_at_ms"],
    ]) {
      const { rows: plan } = await pool.query(
        `EXPLAIN SELECT * FROM sluice.request WHERE ${where} ${newest}`,
      );
      const text = plan.map((line) => line["QUERY PLAN"]).join("\n");
      expect(text).toMatch(new RegExp(`Index Scan (Backward )?using request_20261122_${index}`));
    }
    await close();
  });

  it("G1: takes rows at once while the database is gone, the newest last, and counts the rest", async () => {
    const clock = new VirtualClock(startMs);
    const { stores, close } = await openStores(newDatabase(), {
      ...{ clock, log: { bufferRows: 50 } },
    });
    await server().crash();
    for (let at = 0; at < 200; at++) stores.log.append(row({ requestId: `r${at}`, atMs: startMs }));
    await expect(stores.log.flush()).rejects.toThrow();
    await server().start();
    await stores.log.flush();
    const found = await stores.log.find({ limit: 1_000 });
    expect(found.length + stores.log.dropped()).toBe(200);
    expect(found.map(({ requestId }) => requestId)).toContain("r199");
    await close();
  });

  it("G4: writes text to the letter, whatever COPY makes of its characters", async () => {
    const { stores, now, close } = await open();
    const path = "/\\N\t\\.\n\r\\\u0000\uE000\uE0000\uE0001 ❤ \\t";
    const odd = now({ path, param: "\\N", by: "" });
    stores.log.append(odd);
    await stores.log.flush();
    expect(await stores.log.explain(odd.requestId)).toEqual(odd);
    await close();
  });
});
