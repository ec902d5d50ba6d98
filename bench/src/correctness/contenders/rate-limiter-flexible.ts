/** rate-limiter-flexible in memory, on Redis and on PostgreSQL; with its insurance in memory where a store can be away. */
import pg from "pg";
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
  RateLimiterUnion,
} from "rate-limiter-flexible";
import {
  type Contender,
  type ForgivingLimiter,
  faulty,
  type Limiter,
  PASSED,
  type Rate,
  type Servers,
  type TwoLimits,
  type Verdict,
} from "../contender.ts";
import { connectRedis } from "./connect-redis.ts";

const PACKAGE = "rate-limiter-flexible";

export const flexible: Contender = {
  name: PACKAGE,
  packages: [PACKAGE],
  setUp: "`new RateLimiterMemory({ points, duration })`; two limits are a `RateLimiterUnion`",
  needs: [],
  hasCosts: true,
  open: (rate) => single(new RateLimiterMemory(optionsOf(rate, "one"))),
  openTwo: (wide, narrow) =>
    double(
      new RateLimiterMemory(optionsOf(wide, "wide")),
      new RateLimiterMemory(optionsOf(narrow, "narrow")),
    ),
  openForgiving: (rate) => forgiving(new RateLimiterMemory(optionsOf(rate, "forgiving"))),
};

export const flexibleRedis: Contender = {
  ...flexible,
  name: `${PACKAGE}, Redis`,
  packages: [PACKAGE, "ioredis"],
  setUp:
    "`new RateLimiterRedis({ storeClient, points, duration, insuranceLimiter })` over ioredis without an offline queue, " +
    "insured by a `RateLimiterMemory` of the same limit",
  needs: ["redis"],
  async open(rate, servers) {
    const storeClient = await connectRedis(servers);
    const limiter = onRedis(storeClient, rate, "one");
    return { ...single(limiter), close: () => storeClient.disconnect() };
  },
  async openTwo(wide, narrow, servers) {
    const storeClient = await connectRedis(servers);
    const both = double(onRedis(storeClient, wide, "wide"), onRedis(storeClient, narrow, "narrow"));
    return { ...both, close: () => storeClient.disconnect() };
  },
  async openForgiving(rate, servers) {
    const storeClient = await connectRedis(servers);
    const limiter = onRedis(storeClient, rate, "forgiving");
    return { ...forgiving(limiter), close: () => storeClient.disconnect() };
  },
};

export const flexiblePostgres: Contender = {
  ...flexible,
  name: `${PACKAGE}, PostgreSQL`,
  packages: [PACKAGE, "pg"],
  setUp:
    "`new RateLimiterPostgres({ storeClient, points, duration, insuranceLimiter })` over a `pg.Pool` that waits a " +
    "second for a connection, insured likewise",
  needs: ["postgres"],
  async open(rate, servers) {
    const pool = poolOf(servers);
    const limiter = await onPostgres(pool, rate, "one");
    return { ...single(limiter), close: () => pool.end() };
  },
  async openTwo(wide, narrow, servers) {
    const pool = poolOf(servers);
    const both = double(
      await onPostgres(pool, wide, "wide"),
      await onPostgres(pool, narrow, "narrow"),
    );
    return { ...both, close: () => pool.end() };
  },
  async openForgiving(rate, servers) {
    const pool = poolOf(servers);
    const limiter = await onPostgres(pool, rate, "forgiving");
    return { ...forgiving(limiter), close: () => pool.end() };
  },
};

function optionsOf({ limit, windowMs }: Rate, keyPrefix: string) {
  return { points: limit, duration: windowMs / 1_000, keyPrefix };
}

function insured(rate: Rate, keyPrefix: string) {
  const options = optionsOf(rate, keyPrefix);
  return { ...options, insuranceLimiter: new RateLimiterMemory(options) };
}

function onRedis(storeClient: unknown, rate: Rate, keyPrefix: string): RateLimiterAbstract {
  return new RateLimiterRedis({ storeClient, ...insured(rate, keyPrefix) });
}

function poolOf({ postgres }: Servers): pg.Pool {
  if (postgres === undefined) throw new Error("a contender on PostgreSQL is given its database");
  const pool = new pg.Pool({ ...postgres, max: 10, connectionTimeoutMillis: 1_000 });
  pool.on("error", () => undefined);
  return pool;
}

function onPostgres(
  storeClient: pg.Pool,
  rate: Rate,
  keyPrefix: string,
): Promise<RateLimiterAbstract> {
  return new Promise((resolve, reject) => {
    const options = { storeClient, tableName: `limits_${keyPrefix}`, ...insured(rate, keyPrefix) };
    const limiter: RateLimiterAbstract = new RateLimiterPostgres(options, (error) =>
      error ? reject(error) : resolve(limiter),
    );
  });
}

function single(limiter: RateLimiterAbstract): Limiter {
  return { ask: (key, cost = 1) => verdict(() => limiter.consume(key, cost)) };
}

function double(wide: RateLimiterAbstract, narrow: RateLimiterAbstract): TwoLimits {
  const union = new RateLimiterUnion(wide, narrow);
  return {
    ask: (key, which) => verdict(() => (which === "both" ? union : wide).consume(key)),
  };
}

/** `reward` is its way to give back. */
function forgiving(limiter: RateLimiterAbstract): ForgivingLimiter {
  return {
    async ask(key, how) {
      const told = await verdict(() => limiter.consume(key));
      if (!told.passed || how === "works") return told;
      await limiter.reward(key);
      return { passed: false, fault: "HTTP 500" };
    },
  };
}

async function verdict(consume: () => Promise<unknown>): Promise<Verdict> {
  try {
    await consume();
    return PASSED;
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return { passed: false, waitMs: refused.msBeforeNext };
    return refused instanceof Error ? faulty(refused) : { passed: false };
  }
}
