// THE ORDER of measuring unit costs on this machine: a node and its stores under a few thousand requests, few and many at a
// time; what is kept of a key, a row and a charge. Processor time is counted, not the clock's: other work makes it no
// longer.

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Redis } from "ioredis";
import pg from "pg";
import { mintKey } from "sluice";
import { systemRandom } from "sluice/base";
import { openPostgresStores, type PostgresStores } from "sluice/store/postgres";
import { createRedisLimits } from "sluice/store/redis";
import { StartError } from "../../../../start-error.ts";
import type { UnitCostName } from "../unit-costs.ts";
import { cachedKeyBytes, limitsBytes, tableBytes } from "./bytes.ts";
import { load } from "./load.ts";
import { ACCOUNT, measuredApi, PREFIX } from "./measured-api.ts";
import { postgresUs, redisUs } from "./processor-time.ts";

export interface MeasureOptions {
  readonly redisUrl: string;
  readonly databaseUrl: string;
  /** Keys of which the bytes are counted. */
  readonly sample: number;
  readonly onStep: (what: string) => void;
}

const CREDITS = 1_000_000_000;
const LOOK_UPS = 4_000;
const AT_ONCE = 32;
const WARM_UP = 8_000;
const FEW = 1_500;
const MANY = 8_000;

export type Measured = Readonly<Record<UnitCostName, number>>;

export async function measure(options: MeasureOptions): Promise<Measured> {
  const redis = new Redis(options.redisUrl, {
    lazyConnect: true,
    retryStrategy: () => null,
    autoResendUnfulfilledCommands: false,
  });
  redis.on("error", () => undefined);
  const pool = new pg.Pool({ connectionString: options.databaseUrl, max: 6 });
  pool.on("error", () => undefined);
  try {
    await checkEmpty(redis, pool);
    return await measureOn(redis, pool, options);
  } finally {
    redis.disconnect();
    await pool.end();
  }
}

async function measureOn(redis: Redis, pool: pg.Pool, options: MeasureOptions): Promise<Measured> {
  const { sample, onStep } = options;
  const stores = await openPostgresStores({ pool });
  const change = { by: "measure", atMs: Date.now() };
  const account = { id: ACCOUNT, name: ACCOUNT, plan: "only", subscription: "active" as const };
  await stores.directory.putAccount(account, change);
  await stores.ledger.grant(
    { id: "measured", accountId: ACCOUNT, amount: CREDITS, reason: "measure" },
    change.atMs,
  );
  const secret = mintKey(measuredApi.wire.key, "live", systemRandom);
  onStep("A node and its stores are measured");
  const served = await measureServed(redis, pool, options, secret);
  onStep("Keys are looked up");
  await lookUp(stores, 0, AT_ONCE);
  const before = await postgresUs(pool);
  for (let done = 0; done < LOOK_UPS; done += AT_ONCE) {
    await lookUp(stores, done, AT_ONCE);
  }
  const lookUpUs = ((await postgresUs(pool)) - before) / LOOK_UPS;
  onStep("Bytes are counted");
  const tables = await tableBytes(pool, stores, served.rows, served.charges);
  const limits = await limitsBytes(redis, sample);
  await stores.close();
  return {
    ...served.costs,
    lookUpUs,
    ...tables,
    ...limits,
    cachedKeyBytes: await cachedKeyBytes(Math.min(sample, 100_000)),
  };
}

async function lookUp(
  { directory }: Pick<PostgresStores, "directory">,
  first: number,
  count: number,
): Promise<void> {
  const one = (_: unknown, at: number) => directory.findKey(`digest ${first + at}`);
  await Promise.all(Array.from({ length: count }, one));
}

/** What is not ours must neither be counted nor be touched. */
async function checkEmpty(redis: Redis, pool: pg.Pool): Promise<void> {
  await redis.connect().catch((error: Error) => {
    throw new StartError(`--redis-url cannot be reached (${error.message}): start it.`);
  });
  const keys = await redis.dbsize();
  if (keys > 0) throw new StartError(`--redis-url has ${keys} keys: give an empty Redis.`);
  const { rows } = await pool
    .query("SELECT to_regclass('sluice.key') AS found")
    .catch((error: Error) => {
      throw new StartError(`--database-url cannot be reached (${error.message}): start it.`);
    });
  if (rows[0]?.found !== null) {
    throw new StartError("--database-url has been used already: give an empty database.");
  }
}

interface Usage {
  readonly nodeUs: number;
  readonly redisUs: number;
  readonly postgresUs: number;
  /** Calls of the script of the limits. */
  readonly batches: number;
}

/** Few at a time, so that each goes alone, and many, so that they share: two equations for what a batch and its parts cost. */
async function measureServed(
  redis: Redis,
  pool: pg.Pool,
  { redisUrl, databaseUrl }: MeasureOptions,
  secret: string,
) {
  const file = new URL(
    import.meta.url.endsWith(".ts") ? "./served.ts" : "./served.js",
    import.meta.url,
  );
  const child = fork(fileURLToPath(file), [redisUrl, databaseUrl, secret]);
  try {
    const [told] = (await once(child, "message")) as [{ port: number }];
    const usage = () => usageOf(child, redis, pool);
    const run = async (path: string, callers: number, requests: number) => {
      const before = await usage();
      await load(told.port, path, secret, { callers, requests });
      const after = await usage();
      const each = (name: keyof Usage) => (after[name] - before[name]) / requests;
      return {
        nodeUs: each("nodeUs"),
        redisUs: each("redisUs"),
        postgresUs: each("postgresUs"),
        batches: each("batches"),
      };
    };
    await run("/v1/look", 64, WARM_UP);
    await run("/v1/make", 64, WARM_UP);
    const paidAlone = await run("/v1/make", 2, FEW);
    // A program gets faster while it runs: what is compared is measured before and behind.
    const before = await run("/v1/look", 64, MANY);
    const paid = await run("/v1/make", 128, MANY);
    const together = between(before, await run("/v1/look", 64, MANY));
    const alone = await aloneUs(redis, redisUrl);
    const limits = solve(alone, 1, together.redisUs, together.batches);
    // A reservation and a settlement each: of two callers about one to a batch, of many a sixty-fourth of one.
    const commands = [paidAlone, paid].map(({ postgresUs: us }) => (us - together.postgresUs) / 2);
    const ledger = solve(commands[0] as number, 1, commands[1] as number, 1 / 64);
    return {
      rows: 2 * (WARM_UP + MANY) + FEW + MANY,
      charges: WARM_UP + FEW + MANY,
      costs: {
        requestUs: together.nodeUs,
        chargedUs: Math.max(0, paid.nodeUs - together.nodeUs),
        limitsBatchUs: limits.batchUs,
        decisionUs: limits.eachUs,
        ledgerBatchUs: ledger.batchUs,
        commandUs: ledger.eachUs,
        logRowUs: together.postgresUs,
      },
    };
  } finally {
    // Its connections end with it: what they have used is gone with them, and must not be missed later.
    const ended = once(child, "exit");
    child.disconnect();
    await ended;
    // Its keys are of no use to anybody.
    for (const key of await redis.keys(`${PREFIX}*`)) await redis.unlink(key);
  }
}

async function usageOf(child: ChildProcess, redis: Redis, pool: pg.Pool): Promise<Usage> {
  child.send("usage");
  const [{ us }] = (await once(child, "message")) as [{ us: number }];
  const calls = /cmdstat_evalsha:calls=(\d+)/.exec(await redis.info("commandstats"))?.[1];
  const servers = { redisUs: await redisUs(redis), postgresUs: await postgresUs(pool) };
  return { nodeUs: us, ...servers, batches: Number(calls ?? 0) };
}

/** A decision in a batch of its own, while others ask as well: a Redis that has nothing to do is woken for each. */
async function aloneUs(redis: Redis, redisUrl: string): Promise<number> {
  const options = { autoResendUnfulfilledCommands: false, lazyConnect: true };
  const clients = Array.from({ length: AT_ONCE }, () => new Redis(redisUrl, options));
  for (const client of clients) await client.connect();
  const ask = async (client: Redis, number: number) => {
    const limits = createRedisLimits({ client, prefix: PREFIX, deadlineMs: 10_000 });
    for (let asked = 0; asked < MANY / AT_ONCE; asked++) {
      const owner = `${number} ${asked % 10}`;
      const window = { id: owner, limit: 1_000, windowMs: 60_000, cost: 1 };
      const admission = { windows: [window], slots: [], owner, whenDown: "throw" as const };
      await limits.admit(admission, performance.now());
    }
    await limits.close();
  };
  await Promise.all(clients.map(ask));
  const before = await redisUs(redis);
  await Promise.all(clients.map(ask));
  const us = ((await redisUs(redis)) - before) / MANY;
  for (const client of clients) client.disconnect();
  return us;
}

function between<Part extends Readonly<Record<string, number>>>(first: Part, second: Part): Part {
  const names = Object.keys(first);
  const mean = (name: string) => ((first[name] as number) + (second[name] as number)) / 2;
  return Object.fromEntries(names.map((name) => [name, mean(name)])) as Part;
}

/** `us = batches * batchUs + eachUs`, twice. */
function solve(firstUs: number, first: number, secondUs: number, second: number) {
  const batchUs = Math.max(0, (firstUs - secondUs) / (first - second));
  return { batchUs, eachUs: Math.max(0, secondUs - second * batchUs) };
}
