// The audit finds what was corrupted behind the ledger's back, and names the rows.

import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSqliteStores, type SqliteStores } from "../../../src/store/sqlite/index.ts";
import { scratchFolder } from "./scratch-files.ts";

const nowMs = Date.UTC(2026, 0, 15);
const funds = {
  accountId: "acct_1",
  allowance: { credits: 100, reset: { kind: "calendar_month" } },
} as const;
const budgets = [{ scope: "key", id: "key_1", cap: 60 }] as const;

let scratch: ReturnType<typeof scratchFolder>;
let stores: SqliteStores;

beforeEach(async () => {
  scratch = scratchFolder();
  stores = await openSqliteStores({ file: join(scratch.folder, "sluice.db") });
  const { ledger } = stores;
  const call = { funds, budgets, amount: 10, expiresAtMs: nowMs, operation: "op", keyId: "key_1" };
  const idempotency = { accountId: "acct_1", operation: "op", key: "order", fingerprint: "f" };
  await ledger.grant({ id: "g", accountId: "acct_1", amount: 50, reason: "bonus" }, nowMs);
  await ledger.reserve({ ...call, holdId: "settled" }, nowMs);
  await ledger.settle({ holdId: "settled", charge: 4, rememberMs: 0 }, nowMs);
  await ledger.reserve({ ...call, holdId: "expired" }, nowMs);
  await ledger.expire(nowMs, 10);
  await ledger.reserve({ ...call, holdId: "open", idempotency }, nowMs);
  await ledger.reserve(
    { ...call, holdId: "job", idempotency: { ...idempotency, key: "order of a job" } },
    nowMs,
  );
  const slots = ["jobs"];
  await ledger.detach({ holdId: "job", slots, expiresAtMs: nowMs + 1, rememberMs: 0 }, nowMs);
});
afterEach(async () => {
  await stores.close();
  scratch.remove();
});

/** Changes the file as a bug or an attacker would: without constraints. */
function corrupt(sql: string): void {
  const database = new DatabaseSync(join(scratch.folder, "sluice.db"));
  database.exec("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF");
  for (const table of ["entry", "hold_end", "job"]) {
    database.exec(`DROP TRIGGER ${table}_is_never_changed; DROP TRIGGER ${table}_is_never_deleted`);
  }
  database.exec(sql);
  database.close();
}

interface Corruption {
  readonly what: string;
  readonly sql: string;
  readonly finds: readonly string[];
}

const corruptions: readonly Corruption[] = [
  {
    what: "credits out of nothing",
    sql: "UPDATE pot_balance SET issued = issued + 5, available = available + 5 WHERE pot = 1",
    finds: ["L1: each side of a pot is the sum of its entries", '"pot":"grant/g"', "55"],
  },
  {
    what: "a side below zero",
    sql: "UPDATE pot_balance SET available = -1 WHERE pot = 1",
    finds: ["L2: used + held is at most the cap of a pot", '"available":-1'],
  },
  {
    what: "a hold of one pot forgotten",
    sql: "UPDATE hold SET parts = '[]' WHERE id = 'open'",
    finds: [
      "L1: what a pot holds is what open holds took from it",
      "L1: a hold took from each pot what its entries say",
    ],
  },
  {
    what: "an entry changed",
    sql: "UPDATE entry SET amount = amount + 1 WHERE move = 4",
    finds: [
      "L1: a hold's entries sum to what it is",
      '"hold":"settled"',
      '"charged by its entries":5',
    ],
  },
  {
    what: "an entry gone",
    sql: "DELETE FROM entry WHERE sequence = 3",
    finds: ["L1: an account's entries are one chain", '"entry":4,"previous":3,"should be":2'],
  },
  {
    what: "an entry of no pot",
    sql: "UPDATE entry SET pot = 99 WHERE sequence = 4",
    finds: ["L1: an account's entries are one chain", '"entry":4'],
  },
  {
    what: "an entry of no hold",
    sql: "UPDATE entry SET hold = 99 WHERE sequence = 4",
    finds: ["L1: no entry is about a hold or by a move that there is not", '"hold":99'],
  },
  {
    what: "a story in which more was held than there was",
    sql: "UPDATE entry SET sequence = -sequence; UPDATE entry SET sequence = sequence + 1000",
    finds: ["L2: so it was after each entry", '"available":-'],
  },
  {
    what: "a charge above the hold",
    sql: "UPDATE hold_end SET charged = 11 WHERE state = 'settled'",
    finds: ["L3: a hold is open or has ended once", '"charged":11'],
  },
  {
    what: "an expired hold that was charged",
    sql: "UPDATE hold_end SET charged = 2 WHERE state = 'expired'",
    finds: ["L3: a hold is open or has ended once", '"hold":"expired"'],
  },
  {
    what: "an end of no hold",
    sql: "UPDATE hold_end SET hold = 99 WHERE state = 'expired'",
    finds: ["L3: a hold is open or has ended once", '"end of hold":99'],
  },
  {
    what: "an open hold that no start would find",
    sql: "UPDATE open_since SET n = 99",
    finds: ["L3: an open hold is found at a start", '"hold":"open"'],
  },
  {
    what: "an idempotency key that is in progress for ever",
    sql: "INSERT INTO hold_end VALUES (3, 'released', 0, 0, 1)",
    finds: [
      "L3: an idempotency key is in progress exactly while its hold is open",
      '"key":"order"',
    ],
  },
  {
    what: "an idempotency key that was lost while its hold is open",
    sql: "DELETE FROM idempotency",
    finds: ["L3: an idempotency key is in progress exactly while", '"hold":"open"'],
  },
  {
    what: "an idempotency key of another hold",
    sql: "UPDATE idempotency SET hold = 99 WHERE state = 'running'",
    finds: ["L3: an idempotency key is in progress exactly while", '"hold":"open"', '"of":99'],
  },
  {
    what: "an idempotency key that is in progress though its hold was left to a job",
    sql: "INSERT INTO job VALUES ((SELECT n FROM hold WHERE id = 'open'), '[]')",
    finds: [
      "L3: an idempotency key is in progress exactly while its hold is open and no job's",
      '"key":"order"',
    ],
  },
  {
    what: "a job of no hold",
    sql: "INSERT INTO job VALUES (99, '[]')",
    finds: ["L3: a job is a hold's", '"job of hold":99'],
  },
  {
    what: "slots that cannot be read",
    sql: "UPDATE job SET slots = '[\"jobs'",
    finds: ["L3: a job is a hold's, and its slots are names", '"slots":"[\\"jobs"'],
  },
  {
    what: "slots that are no list",
    sql: "UPDATE job SET slots = '{}'",
    finds: ["L3: a job is a hold's, and its slots are names", '"slots":"{}"'],
  },
  {
    what: "a slot that is no name",
    sql: "UPDATE job SET slots = '[\"jobs\",7]'",
    finds: ["L3: a job is a hold's, and its slots are names", ",7]"],
  },
  {
    what: "an old job that no start would find",
    sql: "UPDATE open_since SET n = 99",
    finds: ["L3: an open hold is found at a start", '"hold":"job"'],
  },
  {
    what: "a budget that forgot a charge",
    sql: "UPDATE budget SET used = 0",
    finds: ["L2: a budget's used and held are those of its holds", '"budget":"key/key_1"'],
  },
  {
    what: "a budget above its cap",
    sql: "UPDATE budget SET cap = 3",
    finds: ["L2: a budget's used and held are those of its holds", '"cap":3'],
  },
  {
    what: "a budget gone",
    sql: "DELETE FROM budget",
    finds: ["L2: a budget's used and held are those of its holds", '"used by its holds":4'],
  },
];

describe("the audit", () => {
  it("finds nothing where nothing is broken", async () => {
    expect(await stores.audit()).toEqual([]);
    expect(await stores.ledger.audit()).toEqual([]);
  });

  it.each(corruptions)("finds $what", async ({ sql, finds }) => {
    corrupt(sql);
    const broken = (await stores.ledger.audit()).join("\n");
    for (const part of finds) expect(broken).toContain(part);
  });

  it("tells no more than a hundred rows of a rule, and that there are more", async () => {
    const numbers = Array.from({ length: 150 }, (_, at) => `(${at + 50}, 'released', 0, 0, 1)`);
    corrupt(`INSERT INTO hold_end VALUES ${numbers.join()}`);
    const broken = await stores.ledger.audit();
    expect(broken).toHaveLength(101);
    expect(broken.at(-1)).toContain("and more than 100 rows");
  });

  it.each([
    ["an index", "change_of_account", "the file: "],
    ["the entries", "entry", "L1: each side of a pot is the sum of its entries: cannot be checked"],
  ])("finds that a page of %s is broken", async (_, table, finds) => {
    const file = join(scratch.folder, "sluice.db");
    await stores.close();
    const database = new DatabaseSync(file);
    const schema = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?");
    const page = Number(schema.get(table)?.["rootpage"]);
    const bytes = Number(database.prepare("PRAGMA page_size").get()?.["page_size"]);
    database.close();
    const handle = openSync(file, "r+");
    writeSync(handle, new Uint8Array(bytes).fill(7), 0, bytes, (page - 1) * bytes);
    closeSync(handle);
    stores = await openSqliteStores({ file });
    expect((await stores.audit()).join("\n")).toContain(finds);
  });
});
