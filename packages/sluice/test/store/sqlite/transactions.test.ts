// A batch is one transaction, and yet no command suffers for another: not for its mistake, not for a
// fault that nobody foresaw, and reading goes on where nothing can be written.

import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSqliteStores, type SqliteStores } from "../../../src/store/sqlite/index.ts";
import type { Work } from "../../../src/store/sqlite/thread/commands.ts";
import { commandNumbers } from "../../../src/store/sqlite/thread/commands.ts";
import { Transactions } from "../../../src/store/sqlite/thread/transactions.ts";
import { scratchFolder } from "./scratch-files.ts";

const nowMs = Date.UTC(2026, 0, 15);
const funds = {
  accountId: "acct_1",
  allowance: { credits: 100, reset: { kind: "calendar_month" } },
} as const;
const call = (holdId: string, amount = 10) => ({
  ...{ holdId, funds, budgets: [], amount, expiresAtMs: nowMs + 1_000 },
  ...{ operation: "create", keyId: "key_1" },
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

describe("a batch", () => {
  it("with a mistake in it does the rest", async () => {
    const { ledger, audit } = await open();
    await ledger.reserve(call("ended"), nowMs);
    await ledger.release("ended", nowMs);
    const answers = await Promise.allSettled([
      ledger.reserve(call("a"), nowMs),
      ledger.reserve(call("ended"), nowMs),
      ledger.settle({ holdId: "a", charge: 11, rememberMs: 0 }, nowMs),
      ledger.settle({ holdId: "a", charge: 3, rememberMs: 0 }, nowMs),
    ]);
    expect(answers).toMatchObject([
      { value: { kind: "held", remaining: 90 } },
      { reason: { message: 'hold "ended" has ended already' } },
      { reason: { message: '11 is more than hold "a" has' } },
      { value: { kind: "settled", charged: 3, remaining: 97 } },
    ]);
    expect(await audit()).toEqual([]);
  });

  it("with a fault that nobody foresaw does the rest, each by itself", async () => {
    const { ledger, audit } = await open();
    await ledger.reserve(call("b"), nowMs);
    const answers = await Promise.allSettled([
      ledger.reserve(call("a"), nowMs),
      ledger.settle({ holdId: "b", charge: 1, overage: -1, rememberMs: 0 }, nowMs),
      ledger.reserve(call("c"), nowMs),
      ledger.balance(funds, nowMs),
    ]);
    expect(answers).toMatchObject([
      { value: { remaining: 80 } },
      { reason: { message: expect.stringContaining("CHECK constraint failed") } },
      { value: { remaining: 70 } },
      { value: { held: 30, remaining: 70 } },
    ]);
    expect(await ledger.hold("b")).toMatchObject({ state: "open" });
    expect(await audit()).toEqual([]);
  });

  it("takes the same hold from its making to its second end", async () => {
    const { ledger, audit } = await open();
    const answers = await Promise.all([
      ledger.reserve(call("a"), nowMs),
      ledger.extend(["a"], nowMs + 5_000),
      ledger.settle({ holdId: "a", charge: 4, rememberMs: 0 }, nowMs),
      ledger.settle({ holdId: "a", charge: 9, rememberMs: 0 }, nowMs),
      ledger.release("a", nowMs),
      ledger.expire(nowMs + 10_000, 10),
    ]);
    const settled = { kind: "settled", charged: 4, remaining: 96 };
    expect(answers.slice(2, 4)).toEqual([settled, settled]);
    expect(answers.slice(5)).toEqual([[]]);
    expect(await ledger.hold("a")).toMatchObject({ state: "settled", charged: 4 });
    expect(await audit()).toEqual([]);
  });
});

describe("thousands of holds", () => {
  it("are found again at a start, the oldest open one too", async () => {
    const first = await open();
    await first.ledger.reserve(call("oldest"), nowMs);
    await first.ledger.reserve(call("old"), nowMs);
    const many = Array.from({ length: 9_000 }, (_, at) => `hold ${at}`);
    await Promise.all(many.map((id) => first.ledger.reserve(call(id, 0), nowMs)));
    await first.ledger.release("old", nowMs);
    const young = many.slice(0, -5);
    await Promise.all(young.map((id) => first.ledger.release(id, nowMs)));
    expect(await first.audit()).toEqual([]);
    await first.close();
    // A start looks at the last few thousand holds, and at the old ones that are still open.
    const database = new DatabaseSync(file);
    const since = database.prepare("SELECT n FROM open_since").get()?.["n"];
    expect(since).toBeGreaterThan(9_000 - 4_096);
    expect(database.prepare("SELECT n FROM long_hold").all()).toEqual([{ n: 1 }]);
    database.close();
    const { ledger, audit } = await open();
    expect((await ledger.balance(funds, nowMs)).held).toBe(10);
    const overdue = await ledger.expire(nowMs + 1_000, 10);
    expect(overdue).toEqual(["oldest", ...many.slice(-5)]);
    const odd = await ledger.oddHolds({ limit: 100 });
    expect(odd.map(({ id }) => id)).toEqual(overdue.toReversed());
    expect(await audit()).toEqual([]);
  });
});

describe("somebody else who writes to the file", () => {
  it("is noticed: what is kept in memory is read anew", async () => {
    const [one, other] = [await open(), await open()];
    for (let at = 0; at < 10; at++) {
      await one.ledger.reserve(call(`one ${at}`, 3), nowMs);
      await other.ledger.reserve(call(`other ${at}`, 2), nowMs);
      await other.ledger.settle({ holdId: `one ${at}`, charge: 3, rememberMs: 0 }, nowMs);
      await one.ledger.release(`other ${at}`, nowMs);
    }
    const expected = { remaining: 70, held: 0, used: 30 };
    expect(await one.ledger.balance(funds, nowMs)).toMatchObject(expected);
    expect(await other.ledger.balance(funds, nowMs)).toMatchObject(expected);
    expect(await one.audit()).toEqual([]);
  });

  it("makes calls fail while it does not let go, and reading goes on", async () => {
    const { ledger } = await open();
    await ledger.reserve(call("a"), nowMs);
    const other = new DatabaseSync(file);
    other.exec("BEGIN IMMEDIATE");
    const [failed, read] = await Promise.allSettled([
      ledger.reserve(call("b"), nowMs),
      ledger.balance(funds, nowMs),
    ]);
    expect(failed).toMatchObject({ reason: { message: "database is locked" } });
    expect(read).toMatchObject({ value: { held: 10 } });
    other.exec("ROLLBACK");
    other.close();
    expect(await ledger.reserve(call("b"), nowMs)).toMatchObject({ remaining: 80 });
  });
});

describe("a file that cannot be written any more", () => {
  it("fails what would write, and answers what only reads", async () => {
    await (await open()).close();
    const database = new DatabaseSync(file, { readOnly: true });
    const work = {
      account: (id: string) => `account ${id}`,
      grant: () => database.exec("DELETE FROM account"),
    } as unknown as Work;
    const memory = { flush() {}, reset() {} };
    const transactions = new Transactions(database, work, memory);
    const { account, grant } = commandNumbers;
    const [values, errors] = transactions.run([[account, "a"], [grant], [account, "b"]]);
    expect(values).toEqual(["account a", undefined, "account b"]);
    expect([...(errors ?? [])]).toMatchObject([
      [1, { message: "attempt to write a readonly database" }],
    ]);
    expect(transactions.run([[grant]])[1]?.size).toBe(1);
    database.close();
  });
});
