// The schema: made once, however many nodes start at once; never touched when it is another program's or newer.

import { describe, expect, it } from "vitest";
import { systemClock } from "../../../src/base/index.ts";
import { Database } from "../../../src/store/postgres/connection/database.ts";
import { ForeignSchemaError } from "../../../src/store/postgres/index.ts";
import { migrate, migrations } from "../../../src/store/postgres/schema/migrations.ts";
import { openPool, openStores, useServer } from "./database.ts";
import { reservation, wallMs } from "./reservations.ts";

describe("the schema", () => {
  const { bareDatabase } = useServer();

  /** A database that has nothing in it, and the way to ask it. */
  async function bare() {
    const address = bareDatabase();
    const pool = openPool(address);
    const database = new Database({ pool, statementMs: 5_000, clock: systemClock });
    return { address, pool, database };
  }

  it("is made once by eight nodes that start at once, and all of them serve", async () => {
    const address = bareDatabase();
    const nodes = await Promise.all(Array.from({ length: 8 }, () => openStores(address)));
    const change = { by: "ana", atMs: 1 };
    const account = { id: "acct_1", name: "a", plan: "pro", subscription: "active" } as const;
    await nodes[0]?.stores.directory.putAccount(account, change);
    for (const { stores } of nodes) {
      expect(await stores.directory.account("acct_1")).toEqual(account);
      expect(await stores.audit()).toEqual([]);
    }
    const [node] = nodes;
    const versions = await node?.pool.query("SELECT version FROM sluice.version");
    expect(versions?.rows).toEqual([{ version: migrations.length }]);
    for (const { close } of nodes) await close();
  }, 30_000);

  it("that a newer program made is left alone, with what to do about it", async () => {
    const { pool, database, address } = await bare();
    await migrate(database);
    await pool.query("UPDATE sluice.version SET version = version + 1");
    const refused = openStores(address);
    await expect(refused).rejects.toThrow(ForeignSchemaError);
    const [newest, newer] = [migrations.length, migrations.length + 1];
    const advice = new RegExp(`version ${newer}, .* knows ${newest} .* newer program`);
    await expect(refused).rejects.toThrow(advice);
    await pool.end();
  });

  it("of an earlier version comes to the newest, with its rows and without its old functions", async () => {
    const { address, pool, database } = await bare();
    await migrate(database, migrations.slice(0, 1));
    await pool.query(
      "INSERT INTO sluice.request (request_id, at_ms, status) VALUES ('old', 7, 200); " +
        "CREATE FUNCTION sluice.run_ledger(hold_ids text[], scope_names text[], commands jsonb) " +
        "RETURNS TABLE (told text, remaining bigint, charged bigint, note text) " +
        "LANGUAGE sql AS 'SELECT NULL::text, 0::bigint, 0::bigint, NULL::text'",
    );
    const { stores, close } = await openStores(address);
    expect(await stores.log.explain("old")).toMatchObject({ requestId: "old", status: 200 });
    const reserved = await stores.ledger.reserve(reservation({ amount: 101 }), wallMs);
    expect(reserved).toMatchObject({ kind: "credits_exhausted", remaining: 100 });
    await close();
    await pool.end();
  });

  it("that is another program's is left alone", async () => {
    const { pool, database } = await bare();
    await pool.query("CREATE SCHEMA sluice; CREATE TABLE sluice.gates (id int)");
    await expect(migrate(database)).rejects.toThrow(/schema "sluice" of another program/);
    const tables = await pool.query("SELECT 1 FROM pg_tables WHERE schemaname = 'sluice'");
    expect(tables.rows).toHaveLength(1);
    await pool.end();
  });

  it("is as it was when a step fails", async () => {
    const { pool, database } = await bare();
    const version = migrations.length + 1;
    const broken = [...migrations, { version, sql: "CREATE TABLE extra (n int); SELECT 1/0" }];
    await expect(migrate(database, broken)).rejects.toThrow(/division by zero/);
    const schema = await pool.query("SELECT to_regnamespace('sluice') AS schema");
    expect(schema.rows).toEqual([{ schema: null }]);
    await migrate(database);
    await expect(migrate(database, broken)).rejects.toThrow(/division by zero/);
    const extra = await pool.query(
      "SELECT to_regclass('sluice.extra') AS extra, version FROM sluice.version",
    );
    expect(extra.rows).toEqual([{ extra: null, version: migrations.length }]);
    await pool.end();
  });
});
