// A server for one file of tests, and new and empty stores on it for each test.

import { type PostgresAddress, startPostgres } from "@sluice-internal/test-servers/postgres";
import pg from "pg";
import { afterAll, beforeAll, vi } from "vitest";
import { type Clock, systemClock } from "../../../src/base/index.ts";
import {
  openPostgresStores,
  type PostgresOptions,
  type PostgresStores,
} from "../../../src/store/postgres/index.ts";

export type Options = Partial<Omit<PostgresOptions, "pool">>;

export interface Opened {
  readonly stores: PostgresStores;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** Real time that passes, but no date: what the suites have is long gone, and is to stay. */
const undated: Clock = {
  wallMs: () => 0,
  monotonicMs: () => systemClock.monotonicMs(),
  after: (ms, callback) => systemClock.after(ms, callback),
  sleep: (ms, signal) => systemClock.sleep(ms, signal),
};

/** Starts a server before the tests of this file, and stops it after them. */
export function useServer() {
  // Every commit waits for the disk, which is busy with the tests beside.
  vi.setConfig({ testTimeout: 60_000 });
  let server: Awaited<ReturnType<typeof startPostgres>> | undefined;
  let template: PostgresAddress | undefined;
  const running = () => {
    if (server === undefined) throw new Error("the server runs during tests only");
    return server;
  };
  beforeAll(async () => {
    server = await startPostgres();
    template = server.createDatabase();
    // The schema is made once, and copied.
    await (await openStores(template)).close();
  }, 60_000);
  afterAll(async () => {
    // Nobody needs what a shutdown in good order would write to the disk.
    await server?.crash();
    await server?.close();
  });
  return {
    server: running,
    /** An empty database that has the schema. */
    database: () => running().createDatabase(template?.database),
    /** A database without anything in it. */
    bareDatabase: () => running().createDatabase(),
  };
}

export function openPool(address: PostgresAddress): pg.Pool {
  return new pg.Pool({ ...address, max: 6, connectionTimeoutMillis: 5_000 });
}

export async function openStores(address: PostgresAddress, options: Options = {}): Promise<Opened> {
  const pool = openPool(address);
  try {
    const stores = await openPostgresStores({ pool, clock: undated, ...options });
    return {
      stores,
      pool,
      async close() {
        await stores.close();
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

const tables = [
  ...["account", "workspace", "project", "key", "digest", "change", "request", "request_day"],
  ...["scope", "pot", "budget", "hold", "entry", "idempotency", "warning", "incident"],
];

/** Takes every row out, past the triggers that keep some in for ever. */
export async function empty(pool: pg.Pool): Promise<void> {
  await pool.query(
    "SET session_replication_role = replica; " +
      tables.map((table) => `DELETE FROM sluice.${table};`).join(" ") +
      "SET session_replication_role = DEFAULT",
  );
}
