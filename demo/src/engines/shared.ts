// Everything in servers: limits in Redis, the rest in PostgreSQL. Any number of demos serve them at once, each on a port of
// its own. What the plain APIs know stays in files of the home, which several processes of one machine can open.

import { join } from "node:path";
import { Redis } from "ioredis";
import pg from "pg";
import { systemClock } from "sluice/base";
import { openPostgresStores, type PostgresStores } from "sluice/store/postgres";
import { createRedisLimits } from "sluice/store/redis";
import { openPepper } from "sluice/store/sqlite";
import { type Servers, StartError } from "../environment.ts";
import type { Audited, Engines } from "./engines.ts";
import { lockHomeWithin } from "./home-lock.ts";

/** Two demos that start at once must not both make the keys. */
const START_PATIENCE_MS = 30_000;
const CONNECT_MS = 5_000;
const CONNECTIONS_MAX = 10;
/** Redis that has not said anything by then is as good as down. */
const REDIS_PATIENCE_MS = 1_000;

export async function openShared(home: string, servers: Servers): Promise<Engines> {
  const lock = await lockHomeWithin(home, START_PATIENCE_MS);
  const pool = poolOf(servers);
  const kept = await openStores(pool);
  const redis = await connectRedis(servers.redisUrl);
  const limits = createRedisLimits({ client: redis });
  return {
    stores: { directory: kept.directory, ledger: kept.ledger, log: kept.log, limits },
    pepper: openPepper(join(home, "pepper.json")),
    async takeOver({ jobs }) {
      // Others may serve: their holds are theirs, and the sweeper ends what is overdue. Slots of jobs may be gone with a Redis
      // that was emptied.
      await jobs.restore();
    },
    started: () => lock.release(),
    async close() {
      lock.release();
      await limits.close();
      redis.disconnect();
      await kept.close();
      await pool.end();
    },
  };
}

/** Never makes one: an empty ledger would be clean. */
export async function auditShared(servers: Servers): Promise<Audited> {
  const pool = poolOf(servers);
  const stores = await openStores(pool, true);
  return {
    audit: () => stores.audit(),
    expired: async () => (await stores.ledger.expiredHolds()).length,
    async close() {
      await stores.close();
      await pool.end();
    },
  };
}

function poolOf({ databaseUrl }: Servers): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_MS,
  });
  // A connection that breaks while nobody uses it: the next call finds out.
  pool.on("error", () => undefined);
  return pool;
}

async function openStores(pool: pg.Pool, mustBeThere = false): Promise<PostgresStores> {
  try {
    if (mustBeThere) await findLedger(pool);
    return await openPostgresStores({ pool });
  } catch (error) {
    await pool.end();
    if (error instanceof StartError) throw error;
    throw new StartError(
      `The database of SLUICE_DATABASE_URL does not work: ${reasonOf(error)}. Start it, or mend the address.`,
    );
  }
}

async function findLedger(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query("SELECT to_regclass('sluice.hold') AS found");
  if (rows[0]?.found !== null) return;
  throw new StartError(
    "No ledger in the database of SLUICE_DATABASE_URL: name one that npm start has served.",
  );
}

/** Rate limits fail as the contract says: the demo starts without Redis, too. */
async function connectRedis(url: string): Promise<Redis> {
  const redis = new Redis(url, { autoResendUnfulfilledCommands: false });
  redis.on("error", () => undefined);
  // The slots of jobs are the first thing that it is asked for.
  await new Promise<unknown>((resolve) => {
    redis.once("ready", resolve);
    redis.once("error", resolve);
    systemClock.after(REDIS_PATIENCE_MS, () => resolve(undefined));
  });
  return redis;
}

/** Addresses hold passwords: only the driver's own words are shown. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
