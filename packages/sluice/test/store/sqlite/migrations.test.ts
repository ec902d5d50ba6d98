// A database of any earlier version of the schema comes to this program's, whole or not at all, and one
// of a later version is refused with advice.

import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Migration, migrate, migrations } from "../../../src/store/sqlite/file/migrations.ts";
import { openSqliteStores } from "../../../src/store/sqlite/index.ts";
import { scratchFolder } from "./scratch-files.ts";
import { rowsOfVersion1 } from "./version-1-rows.ts";

let scratch: ReturnType<typeof scratchFolder>;
let file: string;

beforeEach(() => {
  scratch = scratchFolder();
  file = join(scratch.folder, "sluice.db");
});
afterEach(() => scratch.remove());

/** As a later program would have them. */
const later: readonly Migration[] = [
  ...migrations,
  {
    version: migrations.length + 1,
    sql: "ALTER TABLE account ADD COLUMN region TEXT NOT NULL DEFAULT 'eu'",
  },
  { version: migrations.length + 2, sql: "CREATE TABLE note (n INTEGER PRIMARY KEY) STRICT" },
];

const change = { by: "ana", atMs: 1 };
const account = { id: "acct_1", name: "one", plan: "pro", subscription: "active" } as const;
const funds = {
  accountId: "acct_1",
  allowance: { credits: 100, reset: { kind: "calendar_month" } },
} as const;
const nowMs = Date.UTC(2026, 0, 15);

function withDatabase<T>(use: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file);
  try {
    return use(database);
  } finally {
    database.close();
  }
}

const versionOf = (database: DatabaseSync) =>
  database.prepare("PRAGMA user_version").get()?.["user_version"];

/** Money and records, written by the program of that day. */
async function fill(): Promise<void> {
  const stores = await openSqliteStores({ file });
  await stores.directory.putAccount(account, change);
  const reservation = { funds, budgets: [], amount: 30, operation: "create", keyId: "key_1" };
  const expiresAtMs = nowMs + 1_000;
  await stores.ledger.reserve({ ...reservation, holdId: "ended", expiresAtMs }, nowMs);
  await stores.ledger.settle({ holdId: "ended", charge: 12, rememberMs: 0 }, nowMs);
  await stores.ledger.reserve({ ...reservation, holdId: "open", expiresAtMs }, nowMs);
  await stores.close();
}

describe("opening", () => {
  it("makes a new file of the newest version, which others on the machine cannot read", async () => {
    const stores = await openSqliteStores({ file });
    await stores.close();
    expect(withDatabase(versionOf)).toBe(migrations.length);
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it("finds everything again, however often", async () => {
    await fill();
    for (let times = 0; times < 3; times++) {
      const stores = await openSqliteStores({ file });
      expect(await stores.directory.account("acct_1")).toEqual(account);
      expect(await stores.ledger.balance(funds, nowMs)).toMatchObject({ remaining: 58, held: 30 });
      expect(await stores.audit()).toEqual([]);
      await stores.close();
    }
  });

  it.each(migrations.map(({ version }) => version))(
    "brings a database of version %i to the newest, with all that is in it",
    async (version) => {
      withDatabase((database) => {
        migrate(database, file, migrations.slice(0, 1));
        database.exec(rowsOfVersion1);
        migrate(database, file, migrations.slice(0, version));
      });
      const stores = await openSqliteStores({ file });
      expect(await stores.audit()).toEqual([]);
      expect(await stores.directory.account("acct_1")).toEqual(account);
      expect(await stores.ledger.balance(funds, nowMs)).toMatchObject({ remaining: 58, held: 30 });
      await stores.close();
      expect(withDatabase(versionOf)).toBe(migrations.length);
    },
  );
});

describe("a database of version 1", () => {
  const key = (name: string) => ({
    ...{ accountId: "acct_1", operation: "create", key: name, fingerprint: "f" },
  });
  const answer = { status: 202, headers: [], body: "{}", requestId: "r" };
  const start = (holdId: string) => ({
    ...{ holdId, slots: ["jobs"], expiresAtMs: nowMs + 9_000, answer, rememberMs: 60_000 },
  });

  beforeEach(() => {
    withDatabase((database) => {
      migrate(database, file, migrations.slice(0, 1));
      database.exec(rowsOfVersion1);
    });
  });

  it("lists what its accounts have, and keeps its jobs from now on", async () => {
    const first = await openSqliteStores({ file });
    const page = { limit: 10 };
    expect(await first.directory.workspacesOf("acct_1", page)).toMatchObject([{ id: "ws_1" }]);
    expect(await first.directory.projectsOf("acct_1", page)).toMatchObject([{ id: "prj_1" }]);
    expect(await first.ledger.jobs()).toEqual([]);
    expect(await first.ledger.recall(key("of the open"), nowMs)).toEqual({ kind: "in_progress" });
    expect(await first.ledger.detach(start("open"), nowMs)).toEqual({ kind: "detached" });
    await first.close();
    const { ledger, audit, close } = await openSqliteStores({ file });
    expect(await ledger.jobs()).toMatchObject([{ holdId: "open", amount: 30, slots: ["jobs"] }]);
    expect(await ledger.recall(key("of the open"), nowMs)).toEqual({ kind: "replay", answer });
    const settled = await ledger.settle({ holdId: "open", charge: 8, rememberMs: 0 }, nowMs);
    expect(settled).toEqual({ kind: "settled", charged: 8, remaining: 80 });
    expect(await audit()).toEqual([]);
    await close();
  });

  it("lists the holds that ran out or cost too much before it listed both", async () => {
    withDatabase((database) => {
      database.exec(`
        INSERT INTO hold (n, id, account, amount, parts, budgets, operation, key_id, made_ms, expires_ms)
        VALUES (4, 'ran out', 1, 0, '[]', '[]', 'create', 'key_1', ${nowMs}, ${nowMs}),
          (5, 'cost 7', 1, 0, '[]', '[]', 'create', 'key_1', ${nowMs}, ${nowMs});
        INSERT INTO hold_end (hold, state, charged, overage, at_ms)
        VALUES (4, 'expired', 0, 0, ${nowMs}), (5, 'settled', 0, 7, ${nowMs});
        INSERT INTO expired_hold (n) VALUES (4);
      `);
    });
    const { ledger, close } = await openSqliteStores({ file });
    const odd = await ledger.oddHolds({ accountId: "acct_1", limit: 9 });
    expect(odd).toMatchObject([
      { id: "cost 7", overage: 7 },
      { id: "ran out", state: "expired" },
    ]);
    await close();
  });

  it("knows of each idempotency record whose it is", async () => {
    const { ledger, close } = await openSqliteStores({ file });
    expect(await ledger.detach(start("older"), nowMs)).toEqual({ kind: "settled" });
    expect(await ledger.recall(key("of the ended"), nowMs)).toEqual({ kind: "no_answer" });
    expect(await ledger.detach(start("ended"), nowMs)).toEqual({ kind: "settled" });
    expect(await ledger.recall(key("of the ended"), nowMs)).toEqual({ kind: "replay", answer });
    await close();
  });
});

describe("a later version", () => {
  it("is reached from each earlier one, with all that is in it", async () => {
    await fill();
    for (const newest of [later.slice(0, -1), later]) {
      withDatabase((database) => {
        migrate(database, file, newest);
        expect(versionOf(database)).toBe(newest.length);
        const row = database.prepare("SELECT region, id FROM account").get();
        expect({ ...row }).toEqual({ region: "eu", id: "acct_1" });
        migrate(database, file, newest);
      });
    }
  });

  it("is refused by this program, with advice, and left as it is", async () => {
    withDatabase((database) => migrate(database, file, later));
    const before = readFileSync(file);
    await expect(openSqliteStores({ file })).rejects.toThrow(
      `has version ${later.length} of the schema, this program knows ${migrations.length}`,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("comes whole or not at all", async () => {
    await fill();
    const broken = {
      version: later.length + 1,
      sql: "CREATE TABLE half (n); CREATE TABLE account (n)",
    };
    withDatabase((database) => {
      expect(() => migrate(database, file, [...later, broken])).toThrow("already exists");
      expect(versionOf(database)).toBe(migrations.length);
      const half = database.prepare("SELECT 1 FROM sqlite_schema WHERE name IN ('half', 'note')");
      expect(half.all()).toEqual([]);
    });
    const stores = await openSqliteStores({ file });
    expect(await stores.audit()).toEqual([]);
    await stores.close();
  });

  it("is numbered without a gap", () => {
    const gap = [...migrations, { version: migrations.length + 2, sql: "" }];
    withDatabase((database) => expect(() => migrate(database, file, gap)).toThrow("without a gap"));
  });
});

describe("a file that is not ours", () => {
  it("is refused when it is another program's database", async () => {
    withDatabase((database) => database.exec("CREATE TABLE photos (n)"));
    const opening = openSqliteStores({ file });
    await expect(opening).rejects.toThrow("is the database of another program");
    expect(withDatabase((database) => database.prepare("SELECT * FROM photos").all())).toEqual([]);
  });

  it("is refused when it is no database", async () => {
    writeFileSync(file, "Dear diary, this is not a database. ".repeat(100));
    await expect(openSqliteStores({ file })).rejects.toThrow("file is not a database");
    expect(readFileSync(file, "utf8")).toContain("Dear diary");
  });

  it("is refused when it is a folder, or has no name", async () => {
    mkdirSync(file);
    await expect(openSqliteStores({ file })).rejects.toThrow();
    await expect(openSqliteStores({ file: ":memory:" })).rejects.toThrow("is no file");
  });
});
