// Jobs on a file: they are there again after every start, nothing of one stays that was not committed, and
// no answer comes to a record that took the number of another.

import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JobStart, Reservation } from "../../../src/gate/stores.ts";
import { openSqliteStores, type SqliteStores } from "../../../src/store/sqlite/index.ts";
import { scratchFolder } from "./scratch-files.ts";

const nowMs = Date.UTC(2026, 0, 15);
const always = Number.POSITIVE_INFINITY;
const funds = {
  accountId: "acct_1",
  allowance: { credits: 100, reset: { kind: "calendar_month" } },
} as const;
const answer = { status: 202, headers: ["A", "ü"], body: '{"job":"❤"}', requestId: "job" };
const key = (name: string) => ({
  ...{ accountId: "acct_1", operation: "create", key: name, fingerprint: "f" },
});

function call(holdId: string, changed: Partial<Reservation> = {}): Reservation {
  return {
    ...{ holdId, funds, budgets: [], amount: 10, expiresAtMs: nowMs + 1_000 },
    ...{ operation: "create", keyId: "key_1" },
    ...changed,
  };
}

function start(holdId: string, changed: Partial<JobStart> = {}): JobStart {
  return {
    ...{ holdId, slots: ["jobs", 'ä/"b"'], expiresAtMs: nowMs + 60_000, rememberMs: 60_000 },
    ...changed,
  };
}

const job = (holdId: string) => ({
  ...{ holdId, accountId: "acct_1", operation: "create", keyId: "key_1", amount: 10 },
  ...{ slots: ["jobs", 'ä/"b"'], expiresAtMs: nowMs + 60_000 },
});

let scratch: ReturnType<typeof scratchFolder>;
let file: string;
const opened: SqliteStores[] = [];

async function open(): Promise<SqliteStores> {
  const stores = await openSqliteStores({ file, busyMs: 100 });
  opened.push(stores);
  return stores;
}

beforeEach(() => {
  scratch = scratchFolder();
  file = join(scratch.folder, "sluice.db");
});
afterEach(async () => {
  for (const stores of opened.splice(0)) await stores.close();
  scratch.remove();
});

describe("a job on a file", () => {
  it("is there again after each start, with its deadline and its answer", async () => {
    const first = await open();
    await first.ledger.reserve(call("job", { idempotency: key("order") }), nowMs);
    await first.ledger.detach(start("job", { answer }), nowMs);
    await first.close();
    for (let times = 0; times < 2; times++) {
      const stores = await open();
      // As a process does that alone serves the file.
      expect(await stores.ledger.expire(nowMs + 5_000, 10, always)).toEqual([]);
      expect(await stores.ledger.jobs()).toEqual([job("job")]);
      expect(await stores.ledger.job("job")).toEqual(job("job"));
      expect(await stores.ledger.detach(start("job", { slots: [] }), nowMs)).toEqual({
        kind: "detached",
      });
      expect(await stores.ledger.recall(key("order"), nowMs)).toEqual({ kind: "replay", answer });
      expect(await stores.audit()).toEqual([]);
      await stores.close();
    }
    const last = await open();
    const settled = await last.ledger.settle({ holdId: "job", charge: 7, rememberMs: 0 }, nowMs);
    expect(settled).toEqual({ kind: "settled", charged: 7, remaining: 93 });
    await last.close();
    const { ledger, audit } = await open();
    expect(await ledger.jobs()).toEqual([]);
    expect(await ledger.detach(start("job"), nowMs)).toEqual({ kind: "settled" });
    expect(await ledger.recall(key("order"), nowMs)).toEqual({ kind: "replay", answer });
    expect(await audit()).toEqual([]);
  });

  it("is found at a start however old it is", async () => {
    const first = await open();
    await first.ledger.reserve(call("oldest"), nowMs);
    await first.ledger.reserve(call("ended"), nowMs);
    await first.ledger.detach(start("oldest"), nowMs);
    await first.ledger.detach(start("ended"), nowMs);
    const many = Array.from({ length: 9_000 }, (_, at) => `hold ${at}`);
    await Promise.all(many.map((id) => first.ledger.reserve(call(id, { amount: 0 }), nowMs)));
    await Promise.all(many.map((id) => first.ledger.release(id, nowMs)));
    await first.ledger.release("ended", nowMs);
    await first.close();
    const database = new DatabaseSync(file);
    expect(database.prepare("SELECT n FROM long_hold").all()).toEqual([{ n: 1 }]);
    database.close();
    const { ledger, audit } = await open();
    expect(await ledger.jobs()).toEqual([job("oldest")]);
    expect(await ledger.expire(nowMs + 60_000, 10)).toEqual(["oldest"]);
    expect(await ledger.oddHolds({ limit: 9 })).toMatchObject([{ id: "oldest", isJob: true }]);
    expect(await audit()).toEqual([]);
  });

  it("is made in the batch that makes its hold, or not at all", async () => {
    const { ledger, audit } = await open();
    const idempotency = key("order");
    const answers = await Promise.allSettled([
      ledger.reserve(call("broken"), nowMs),
      ledger.reserve(call("job", { idempotency }), nowMs),
      ledger.detach(start("job", { answer }), nowMs),
      // No column takes this: the batch is taken back, and each command is done by itself.
      ledger.settle({ holdId: "broken", charge: 1, overage: -1, rememberMs: 0 }, nowMs),
      ledger.job("job"),
    ]);
    expect(answers).toMatchObject([
      { value: { remaining: 90 } },
      { value: { remaining: 80 } },
      { value: { kind: "detached" } },
      { reason: { message: expect.stringContaining("CHECK constraint failed") } },
      { value: job("job") },
    ]);
    expect(await ledger.jobs()).toEqual([job("job")]);
    expect(await ledger.recall(idempotency, nowMs)).toEqual({ kind: "replay", answer });
    expect(await audit()).toEqual([]);
  });

  it("leaves nothing behind when it could not be written", async () => {
    const { ledger, audit } = await open();
    const idempotency = key("order");
    await ledger.reserve(call("job", { idempotency }), nowMs);
    const other = new DatabaseSync(file);
    other.exec("BEGIN IMMEDIATE");
    await expect(ledger.detach(start("job", { answer }), nowMs)).rejects.toThrow("locked");
    expect(await ledger.jobs()).toEqual([]);
    expect(await ledger.recall(idempotency, nowMs)).toEqual({ kind: "in_progress" });
    other.exec("ROLLBACK");
    // A trigger fails after the rows of the hold and of the record were changed.
    other.exec(
      "CREATE TRIGGER fails AFTER INSERT ON job BEGIN SELECT RAISE(ABORT, 'a fault'); END",
    );
    await expect(ledger.detach(start("job", { answer }), nowMs)).rejects.toThrow("a fault");
    expect(await ledger.job("job")).toBeUndefined();
    expect(await ledger.recall(idempotency, nowMs)).toEqual({ kind: "in_progress" });
    expect(await audit()).toEqual([]);
    other.exec("DROP TRIGGER fails");
    other.close();
    expect(await ledger.expire(nowMs + 999, 10)).toEqual([]);
    expect(await ledger.expire(nowMs + 1_000, 10)).toEqual(["job"]);
    expect(await audit()).toEqual([]);
  });

  it("is seen by whoever else has the file open", async () => {
    const [one, other] = [await open(), await open()];
    await one.ledger.reserve(call("job"), nowMs);
    expect(await other.ledger.jobs()).toEqual([]);
    await one.ledger.detach(start("job"), nowMs);
    expect(await other.ledger.jobs()).toEqual([job("job")]);
    await other.ledger.release("job", nowMs);
    expect(await one.ledger.job("job")).toBeUndefined();
  });
});

describe("an answer that comes late", () => {
  it("is not stored with a record that took the number of its own", async () => {
    const { ledger, audit } = await open();
    await ledger.reserve(call("first", { idempotency: key("first") }), nowMs);
    await ledger.settle({ holdId: "first", charge: 1, rememberMs: 0 }, nowMs);
    await ledger.reserve(call("second", { idempotency: key("second") }), nowMs);
    await ledger.settle({ holdId: "second", charge: 1, rememberMs: 60_000 }, nowMs);
    const database = new DatabaseSync(file);
    const numbers = database.prepare("SELECT DISTINCT record FROM hold").all();
    database.close();
    expect(numbers).toHaveLength(1);
    expect(await ledger.detach(start("first", { answer }), nowMs)).toEqual({ kind: "settled" });
    expect(await ledger.recall(key("second"), nowMs)).toEqual({ kind: "no_answer" });
    await ledger.detach(start("second", { answer }), nowMs);
    expect(await ledger.recall(key("second"), nowMs)).toEqual({ kind: "replay", answer });
    expect(await audit()).toEqual([]);
  });
});

describe("a job's row", () => {
  it("is neither changed nor deleted, nor made without a hold", async () => {
    const stores = await open();
    await stores.ledger.reserve(call("job"), nowMs);
    await stores.ledger.detach(start("job"), nowMs);
    const database = new DatabaseSync(file);
    const once = "a hold is left to a job once";
    expect(() => database.exec("UPDATE job SET slots = '[]'")).toThrow(once);
    expect(() => database.exec("DELETE FROM job")).toThrow(once);
    expect(() => database.exec("INSERT INTO job VALUES (99, '[]')")).toThrow("FOREIGN KEY");
    database.close();
  });
});
