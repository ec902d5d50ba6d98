// The three kinds of stores that a gateway can keep everything in, empty for each test: memory, a file, and servers.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PostgresAddress, startPostgres } from "@sluice-internal/test-servers/postgres";
import { startRedis } from "@sluice-internal/test-servers/redis";
import { Redis } from "ioredis";
import pg from "pg";
import { type Clock, systemClock } from "sluice/base";
import type { OperatorStores } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { openPostgresStores } from "sluice/store/postgres";
import { createRedisLimits } from "sluice/store/redis";
import { openSqliteStores } from "sluice/store/sqlite";
import { afterAll } from "vitest";

export const kindsOfStores = ["memory", "a file", "servers"] as const;
export type KindOfStores = (typeof kindsOfStores)[number];

export interface OpenedStores {
  readonly stores: OperatorStores;
  close(): Promise<void>;
}

export type OpenStores = (kind: KindOfStores, clock: Clock) => Promise<OpenedStores>;

/** Servers start with the first test of a file that needs them, and stop after the last one. */
export function useStores(): OpenStores {
  let servers: ReturnType<typeof startServers> | undefined;
  afterAll(async () => (await servers)?.close());
  return async (kind, clock) => {
    switch (kind) {
      case "memory":
        return { stores: createMemoryStores(), close: async () => undefined };
      case "a file":
        return openFile(datedBy(clock));
      case "servers":
        servers ??= startServers();
        return (await servers).open(datedBy(clock));
    }
  };
}

/** The date of the test, and time that passes by itself: rows are written while its clock stands still. */
function datedBy(clock: Clock): Clock {
  return {
    wallMs: () => clock.wallMs(),
    monotonicMs: () => systemClock.monotonicMs(),
    after: (ms, callback) => systemClock.after(ms, callback),
    sleep: (ms, signal) => systemClock.sleep(ms, signal),
  };
}

async function openFile(clock: Clock): Promise<OpenedStores> {
  const folder = mkdtempSync(join(tmpdir(), "sluice-both-ways-"));
  const stores = await openSqliteStores({ file: join(folder, "sluice.db"), clock });
  return {
    stores,
    async close() {
      await stores.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startServers() {
  const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
  const client = new Redis(redis.port, redis.host, { autoResendUnfulfilledCommands: false });
  const template = postgres.createDatabase();
  // The schema is made once, and copied.
  await (await openDatabase(template, systemClock)).close();
  let opened = 0;
  return {
    async open(clock: Clock): Promise<OpenedStores> {
      const database = await openDatabase(postgres.createDatabase(template.database), clock);
      const limits = createRedisLimits({ client, prefix: `test${++opened}`, deadlineMs: 5_000 });
      return {
        stores: { ...database.stores, limits },
        async close() {
          await limits.close();
          await database.close();
        },
      };
    },
    async close() {
      client.disconnect();
      // Nobody needs what a shutdown in good order would write to the disk.
      await postgres.crash();
      await Promise.all([redis.stop(), postgres.close()]);
    },
  };
}

async function openDatabase(address: PostgresAddress, clock: Clock) {
  const pool = new pg.Pool({ ...address, max: 6, connectionTimeoutMillis: 5_000 });
  const { directory, ledger, log, notices, close } = await openPostgresStores({ pool, clock });
  return {
    stores: { directory, ledger, log, notices },
    async close() {
      await close();
      await pool.end();
    },
  };
}
