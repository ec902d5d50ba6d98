// Everything in servers: limits in Redis, the rest in PostgreSQL. Any number of gateways serve them at once.

import { Redis } from "ioredis";
import pg from "pg";
import { systemClock } from "sluice/base";
import { openPostgresStores, type PostgresStores } from "sluice/store/postgres";
import { createRedisLimits, type DistantLimits } from "sluice/store/redis";
import { StartError } from "../start-error.ts";
import { countExpired } from "./expired-holds.ts";
import { lockFolderWithin } from "./folder-lock.ts";
import type { AuditedLedger, OpenedStores, SharedSettings } from "./opened.ts";
import { pepperFrom } from "./pepper.ts";

/** Two that start at once must not both make what is missing. */
const START_PATIENCE_MS = 30_000;
const CONNECT_MS = 5_000;
const CONNECTIONS_MAX = 10;
/** Redis that has not said anything by then is as good as down. */
const REDIS_PATIENCE_MS = 1_000;
const SHADOW_PREFIX = "sluice-shadow";
const NAMES = { redis: "stores.redisUrl", database: "stores.databaseUrl" };

export async function openOnServers(settings: SharedSettings): Promise<OpenedStores> {
  const { folder, pepper } = settings;
  const lock = folder === undefined ? undefined : await lockFolderWithin(folder, START_PATIENCE_MS);
  const pool = poolOf(settings);
  const kept = await openStores(pool, settings);
  const redis = await connectRedis(settings.redisUrl);
  const limits = createRedisLimits({ client: redis });
  const shadow = shadowLimitsOn(settings.redisUrl);
  return {
    stores: {
      directory: kept.directory,
      ledger: kept.ledger,
      log: kept.log,
      notices: kept.notices,
      limits,
    },
    pepper: pepperFrom(pepper),
    shadowLimits: shadow.limits,
    async takeOver(gates) {
      // Others may serve: their holds are theirs, and the sweeper ends what is overdue. Slots of jobs may be gone with a Redis
      // that was emptied.
      for (const { jobs } of gates) await jobs.restore();
    },
    started: () => lock?.release(),
    async check() {
      await pool.query("SELECT 1");
    },
    async close() {
      lock?.release();
      await Promise.all([limits.close(), shadow.close()]);
      redis.disconnect();
      await kept.close();
      await pool.end();
    },
  };
}

type Address = Pick<SharedSettings, "databaseUrl" | "called">;

/** Never makes one: an empty ledger would be clean. */
export async function auditServers(settings: Address): Promise<AuditedLedger> {
  const pool = poolOf(settings);
  const stores = await openStores(pool, settings, true);
  return {
    audit: () => stores.audit(),
    expired: () => countExpired(stores.ledger),
    async close() {
      await stores.close();
      await pool.end();
    },
  };
}

function poolOf({ databaseUrl }: Address): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_MS,
  });
  // A connection that breaks while nobody uses it: the next call finds out.
  pool.on("error", () => undefined);
  return pool;
}

async function openStores(
  pool: pg.Pool,
  { called = NAMES }: Address,
  mustBeThere = false,
): Promise<PostgresStores> {
  try {
    if (mustBeThere) await findLedger(pool, called.database);
    return await openPostgresStores({ pool });
  } catch (error) {
    await pool.end();
    if (error instanceof StartError) throw error;
    throw new StartError(
      `The database of ${called.database} does not work: ${reasonOf(error)}. Start it, or mend the address.`,
    );
  }
}

async function findLedger(pool: pg.Pool, name: string): Promise<void> {
  const { rows } = await pool.query("SELECT to_regclass('sluice.hold') AS found");
  if (rows[0]?.found !== null) return;
  throw new StartError(`No ledger in the database of ${name}: name one that has been served.`);
}

function clientOf(url: string): Redis {
  const redis = new Redis(url, { autoResendUnfulfilledCommands: false });
  redis.on("error", () => undefined);
  return redis;
}

/** Rate limits fail as the contract says: a gateway starts without Redis, too. */
async function connectRedis(url: string): Promise<Redis> {
  const redis = clientOf(url);
  // The slots of jobs are the first thing that it is asked for.
  await new Promise<unknown>((resolve) => {
    redis.once("ready", resolve);
    redis.once("error", resolve);
    systemClock.after(REDIS_PATIENCE_MS, () => resolve(undefined));
  });
  return redis;
}

/** All gateways count together, too, over a connection of its own: what is slow there holds up no call. */
function shadowLimitsOn(url: string) {
  let opened: { readonly redis: Redis; readonly limits: DistantLimits } | undefined;
  return {
    limits() {
      if (opened === undefined) {
        const redis = clientOf(url);
        opened = { redis, limits: createRedisLimits({ client: redis, prefix: SHADOW_PREFIX }) };
      }
      return opened.limits;
    },
    async close() {
      await opened?.limits.close();
      opened?.redis.disconnect();
    },
  };
}

/** Addresses hold passwords: only the driver's own words are shown. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
