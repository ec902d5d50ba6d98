// The audit finds what was corrupted behind the ledger's back, and names the rows.

import { beforeAll, describe, expect, it } from "vitest";
import { rules } from "../../../src/store/postgres/ledger/audit-rules.ts";
import { type Opened, openStores, useServer } from "./database.ts";
import { reservation, wallMs } from "./reservations.ts";

interface Corruption {
  readonly what: string;
  readonly sql: string;
  readonly finds: readonly string[];
}

const corruptions: readonly Corruption[] = [
  {
    what: "credits out of nothing",
    sql: "UPDATE pot SET issued = issued + 5, available = available + 5 WHERE kind = 'grant'",
    finds: ["L1: each side of a pot is the sum of its entries", '"grant/g"', "55"],
  },
  {
    what: "a side below zero",
    sql: "UPDATE pot SET available = -1 WHERE kind = 'grant'",
    finds: ["L2: used + held is at most the cap of a pot", '"available" : -1'],
  },
  {
    what: "a hold of one pot forgotten",
    sql: "UPDATE hold SET parts = '{}', part_amounts = '{}' WHERE id = 'open'",
    finds: [
      "L1: what a pot holds is what open holds took from it",
      "L1: a hold took from each pot what its entries say",
    ],
  },
  {
    what: "an entry changed",
    sql: "UPDATE entry SET amount = amount + 1 WHERE move = 4",
    finds: ["L1: a hold's entries sum to what it is", '"hold" : "settled"'],
  },
  {
    what: "an entry gone",
    sql: "DELETE FROM entry WHERE sequence = 3",
    finds: ["L1: an account's entries are numbered without a gap", '"account" : "account/acct_1"'],
  },
  {
    what: "an entry of no pot",
    sql: "UPDATE entry SET pot = 99 WHERE sequence = 4",
    finds: ["L1: an account's entries are numbered without a gap", '"pot" : 99'],
  },
  {
    what: "an entry of no hold",
    sql: "UPDATE entry SET hold = 'nobody' WHERE sequence = 4",
    finds: ["L1: no entry is about a hold or by a move that there is not", '"nobody"'],
  },
  {
    what: "a story in which more was held than there was",
    sql: "UPDATE entry SET sequence = -sequence; UPDATE entry SET sequence = sequence + 1000",
    finds: ["L2: so it was after each entry", '"available" : -'],
  },
  {
    what: "a charge above the hold",
    sql: "UPDATE hold SET charged = 11 WHERE state = 'settled'",
    finds: ["L3: a hold is open or has ended once", '"charged" : 11'],
  },
  {
    what: "a hold that was charged twice",
    sql: `INSERT INTO entry
      SELECT account, 100, at_ms, pot, hold, move, amount FROM entry WHERE move = 4`,
    finds: ["L3: a hold is open or has ended once", '"ends" : '],
  },
  {
    what: "a key in progress of a hold that has ended",
    sql: "UPDATE hold SET state = 'released', ended_ms = 1 WHERE id = 'open'",
    finds: ["L3: an idempotency key is in progress exactly while its hold is open"],
  },
  {
    what: "a budget above its cap",
    sql: "UPDATE budget SET cap = 3",
    finds: ["L2: a budget's used and held are those of its holds, and at most its cap"],
  },
];

/** As a bug or an attacker would: without constraints and triggers. */
const unguarded = `
  ALTER TABLE pot DROP CONSTRAINT pot_check, DROP CONSTRAINT pot_available_check;
  ALTER TABLE hold DROP CONSTRAINT hold_check;
  ALTER TABLE budget DROP CONSTRAINT budget_check;
  SET LOCAL session_replication_role = replica;
`;

describe("the audit", () => {
  const { database } = useServer();
  let opened: Opened;

  beforeAll(async () => {
    opened = await openStores(database());
    const { ledger } = opened.stores;
    const budgets = [{ scope: "key", id: "key_1", cap: 60 }] as const;
    const call = reservation({ budgets, expiresAtMs: wallMs });
    const idempotency = {
      ...{ accountId: "acct_1", operation: "op", key: "order", fingerprint: "f" },
    };
    await ledger.grant({ id: "g", accountId: "acct_1", amount: 50, reason: "bonus" }, wallMs);
    await ledger.reserve({ ...call, holdId: "settled" }, wallMs);
    await ledger.settle({ holdId: "settled", charge: 4, rememberMs: 0 }, wallMs);
    await ledger.reserve({ ...call, holdId: "expired" }, wallMs);
    await ledger.expire(wallMs, 10);
    await ledger.reserve({ ...call, holdId: "open", idempotency }, wallMs);
    return () => opened.close();
  }, 60_000);

  it("finds nothing where all is well", async () => {
    expect(await opened.stores.audit()).toEqual([]);
  });

  it.each(corruptions)("finds $what", async ({ sql, finds }) => {
    const client = await opened.pool.connect();
    try {
      await client.query(`BEGIN; SET LOCAL search_path = sluice; ${unguarded} ${sql}`);
      const broken: string[] = [];
      for (const rule of rules) {
        const { rows } = await client.query(rule.sql);
        for (const row of rows) broken.push(`${rule.name}: ${JSON.stringify(row.broken)}`);
      }
      const told = broken.join("\n");
      for (const part of finds) expect(told).toContain(part.replaceAll(" : ", ":"));
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });

  it("has a corruption for each of its rules", () => {
    for (const { name } of rules) {
      const isFound = corruptions.some(({ finds }) => finds.some((part) => name.startsWith(part)));
      expect(isFound, name).toBe(true);
    }
  });
});
