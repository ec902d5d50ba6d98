// The log on a file: a row is found wherever it is, rows of one request are one, old rows go, and each
// question is answered by an index.

import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { VirtualClock } from "../../../src/base/index.ts";
import { packRow } from "../../../src/store/log/index.ts";
import { migrate } from "../../../src/store/sqlite/file/migrations.ts";
import { openSqliteStores, type SqliteOptions } from "../../../src/store/sqlite/index.ts";
import { explainRow, findRows, type RowFilter } from "../../../src/store/sqlite/log/queries.ts";
import { LogWork } from "../../../src/store/sqlite/log/work.ts";
import { row } from "./log-rows.ts";
import { scratchFolder } from "./scratch-files.ts";

const dayMs = 24 * 60 * 60 * 1_000;

/** What reads no more than it must. */
const indices: readonly (readonly [RowFilter, string])[] = [
  [{}, "request_time"],
  [{ ending: "done" }, "request_time"],
  [{ ending: "abandoned" }, "request_that_failed"],
  [{ accountId: "a" }, "request_of_account"],
  [{ keyId: "k" }, "request_of_key"],
  [{ keyId: "k", isOlderSecret: true }, "request_by_older_secret"],
  [{ api: "a" }, "request_time"],
  [{ operation: "a" }, "request_of_operation"],
  [{ code: "c" }, "request_of_code"],
  [{ condition: "c" }, "request_of_condition"],
  [{ status: 404 }, "request_that_failed"],
  [{ status: 200 }, "request_time"],
  [{ clientRequestId: "c" }, "request_of_client"],
];

let scratch: ReturnType<typeof scratchFolder>;
let file: string;
beforeEach(() => {
  scratch = scratchFolder();
  file = join(scratch.folder, "sluice.db");
});
afterEach(() => scratch.remove());

/** Rows here are as old as the epoch, and stay all the same. */
const log = { retentionMs: Number.POSITIVE_INFINITY };
const open = (options: Partial<SqliteOptions> = {}) => openSqliteStores({ file, log, ...options });

describe("a row", () => {
  it("is found before it is written, while it is, and after a restart", async () => {
    const clock = new VirtualClock();
    const first = await open({ clock });
    const waiting = row({ requestId: "waiting", by: "requests", durationMs: 0.5 });
    first.log.append(waiting);
    expect(await first.log.explain("waiting")).toEqual(waiting);
    const flushing = first.log.flush();
    expect(await first.log.explain("waiting")).toEqual(waiting);
    await flushing;
    expect(await first.log.explain("waiting")).toEqual(waiting);
    first.log.append(row({ requestId: "last" }));
    await first.close();
    const second = await open();
    expect(await second.log.explain("waiting")).toEqual(waiting);
    expect((await second.log.explain("last"))?.requestId).toBe("last");
    await second.close();
  });

  it("is what it was when it was appended", async () => {
    const stores = await open();
    const mine = { ...row({ requestId: "mine" }), status: 200 };
    stores.log.append(mine);
    mine.status = 500;
    expect((await stores.log.explain("mine"))?.status).toBe(200);
    await stores.log.flush();
    expect((await stores.log.explain("mine"))?.status).toBe(200);
    await stores.close();
  });

  it("that is appended twice counts once, as it was first", async () => {
    const stores = await open();
    stores.log.append(row({ requestId: "twice", atMs: 5, charged: 1 }));
    await stores.log.flush();
    stores.log.append(row({ requestId: "twice", atMs: 5, charged: 2 }));
    expect(await stores.log.usage("acct_1", 0, 10)).toEqual({
      requests: 1,
      refusals: 0,
      faults: 0,
      credits: 1,
    });
    const [today] = await stores.log.days({ fromMs: 0, toMs: 10 });
    expect(today).toMatchObject({ requests: 1, credits: 1 });
    await stores.close();
  });

  it("that no table takes keeps no other out", async () => {
    const stores = await open();
    const wrong = { requestId: undefined } as unknown as { requestId: string };
    for (const each of [row({ requestId: "a" }), row(wrong), row({ requestId: "b" })]) {
      stores.log.append(each);
    }
    await stores.log.flush();
    expect((await stores.log.find({ limit: 9 })).map(({ requestId }) => requestId)).toEqual([
      "b",
      "a",
    ]);
    expect(stores.log.dropped()).toBe(1);
    const [today] = await stores.log.days({ fromMs: 0, toMs: dayMs });
    expect(today).toMatchObject({ requests: 2 });
    await stores.close();
  });

  it("counts once in its day, though its chunk was written twice, with others", () => {
    const database = new DatabaseSync(file);
    migrate(database, file);
    const work = new LogWork(database);
    const rows = Array.from({ length: 40 }, (_, at) =>
      packRow(row({ atMs: at * dayMs, charged: 1 })),
    );
    const sent = [rows.slice(0, 17), rows.slice(0, 17), rows.slice(9), rows];
    for (const chunk of sent) {
      database.exec("BEGIN");
      expect(work.write(chunk)).toBe(0);
      database.exec("COMMIT");
    }
    const days = database.prepare("SELECT day_ms, requests, credits FROM request_day").all();
    expect(days.map((day) => ({ ...day }))).toEqual(
      rows.map((_, at) => ({ day_ms: at * dayMs, requests: 1, credits: 1 })),
    );
    database.close();
  });
});

describe("a burst", () => {
  it("G2: larger than the buffer drops its oldest rows, and counts them", async () => {
    const stores = await open({ log: { ...log, bufferRows: 500 } });
    // All in one turn: the writer has no chance to take any.
    for (let at = 0; at < 800; at++) stores.log.append(row({ requestId: `burst ${at}` }));
    await stores.log.flush();
    const kept = await stores.log.find({ limit: 10_000 });
    expect(stores.log.dropped()).toBe(300);
    expect(kept).toHaveLength(500);
    expect(kept.at(-1)?.requestId).toBe("burst 300");
    await stores.close();
  });
});

describe("find", () => {
  it("gives as many rows as asked for, over many pages, without a gap or a repetition", async () => {
    const stores = await open();
    const rows = 12_345;
    // Many at the same instant: pages must not end between two instants only.
    for (let at = 0; at < rows; at++) {
      const requestId = String(at).padStart(5, "0");
      stores.log.append(row({ requestId, atMs: Math.floor(at / 2_000) }));
    }
    await stores.log.flush();
    const found = await stores.log.find({ limit: 1_000_000 });
    expect(found.map(({ requestId }) => Number(requestId))).toEqual(
      Array.from({ length: rows }, (_, at) => rows - 1 - at),
    );
    expect(await stores.log.find({ limit: 5_000 })).toHaveLength(5_000);
    expect(await stores.log.find({ limit: 5_001, accountId: "acct_1" })).toHaveLength(5_001);
    await stores.close();
  });

  it("G3: reads no more of the table than it must", async () => {
    await (await open()).close();
    const database = new DatabaseSync(file);
    const plans: string[] = [];
    const explain = (sql: string) => {
      plans.push(
        database
          .prepare(`EXPLAIN QUERY PLAN ${sql}`)
          .all()
          .map(({ detail }) => String(detail))
          .join(", "),
      );
      return database.prepare(sql);
    };
    const planOf = (filter: RowFilter) => {
      findRows(explain, filter, 9);
      return plans.at(-1);
    };
    explainRow(explain, "a");
    expect(plans.at(-1)).toMatch(/^SEARCH request USING INDEX sqlite_autoindex_request/);
    // In the order of the index; only rows of one millisecond are put in order.
    const after = { atMs: 9, requestId: "a" };
    for (const [filter, index] of indices) {
      for (const one of [filter, { ...filter, after }, { ...filter, fromMs: 1, toMs: 9 }]) {
        expect(planOf(one)).toMatch(
          new RegExp(`^(SEARCH|SCAN) request USING INDEX ${index}\\b.* LAST TERM OF ORDER BY$`),
        );
      }
    }
    const sum = database.prepare(
      "EXPLAIN QUERY PLAN SELECT count(*), total(ending = 'refused'), total(charged) FROM request " +
        "WHERE account_id = ? AND at_ms >= ? AND at_ms < ?",
    );
    expect(String(sum.all("a", 1, 2)[0]?.["detail"])).toContain(
      "COVERING INDEX request_of_account",
    );
    database.close();
  });
});

describe("retention", () => {
  it("deletes rows that are old enough, and only those", async () => {
    const clock = new VirtualClock(10_000_000);
    const stores = await open({ clock, log: { retentionMs: 1_000_000 } });
    for (let at = 0; at < 700; at++) {
      stores.log.append(row({ atMs: at < 600 ? 8_000_000 : 9_500_000 }));
    }
    await stores.log.flush();
    const left = async () => {
      await clock.advance(60_000);
      return (await stores.log.find({ limit: 1_000 })).length;
    };
    await expect.poll(left).toBe(100);
    expect(stores.log.dropped()).toBe(0);
    await stores.close();
  });

  it("keeps the sums of ninety days, however short rows are kept", async () => {
    const clock = new VirtualClock(200 * dayMs);
    const stores = await open({ clock, log: { retentionMs: dayMs } });
    for (let day = 105; day <= 200; day++) stores.log.append(row({ atMs: day * dayMs }));
    await stores.log.flush();
    const days = async () => {
      await clock.advance(60_000);
      return (await stores.log.days({ fromMs: 0, toMs: 999 * dayMs })).map(
        (sum) => sum.dayMs / dayMs,
      );
    };
    await expect.poll(async () => (await days()).length).toBe(90);
    expect((await days())[0]).toBe(111);
    expect((await stores.log.find({ limit: 999 })).length).toBeLessThan(3);
    await stores.close();
  });
});
