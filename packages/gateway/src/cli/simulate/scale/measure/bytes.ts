// What is kept of a key, of a row of the log and of a charge: in a node, in Redis, in PostgreSQL.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Redis } from "ioredis";
import type { Pool } from "pg";
import { mintKey, previewOf } from "sluice";
import { createFetchHandler } from "sluice/adapter/fetch";
import { systemRandom } from "sluice/base";
import { createGate, createKeyDigests, handlers, type Limits, reply } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import type { PostgresStores } from "sluice/store/postgres";
import { createRedisLimits } from "sluice/store/redis";
import { ACCOUNT, measuredApi, PEPPER, PREFIX } from "./measured-api.ts";

const KEY_ROWS = 1_000;
const AT_ONCE = 512;
const PLACES = 64;
/** The smallest ring has room for so many. */
const FIRST_PLACES = 16;

/** Tables with their indexes, and what PostgreSQL keeps beside them. */
export async function tableBytes(
  pool: Pool,
  { directory }: Pick<PostgresStores, "directory">,
  rows: number,
  charges: number,
) {
  const size = async (pattern: string) => {
    const { rows: found } = await pool.query(
      "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::float8 AS bytes FROM pg_class c " +
        "JOIN pg_namespace n ON n.oid = c.relnamespace " +
        "WHERE n.nspname = 'sluice' AND c.relkind = 'r' AND c.relname ~ $1",
      [pattern],
    );
    return Number(found[0]?.bytes);
  };
  const directoryTables = "^(account|key|digest|change)$";
  const before = await size(directoryTables);
  for (let number = 0; number < KEY_ROWS; number++) {
    const change = { by: "measure", atMs: Date.now() };
    const id = `account-${number}`;
    await directory.putAccount({ id, name: id, plan: "only", subscription: "active" }, change);
    await directory.putKey(await keyOf(number, id), change);
  }
  return {
    keyRowBytes: ((await size(directoryTables)) - before) / KEY_ROWS,
    logRowBytes: (await size("^request_[^d]")) / rows,
    chargeBytes: (await size("^(hold|move|entry)")) / charges,
  };
}

async function keyOf(number: number, accountId: string) {
  const secret = mintKey(measuredApi.wire.key, "live", systemRandom);
  const digest = await createKeyDigests(PEPPER).digest(secret);
  const key = { id: `key-${number}`, accountId, name: "measured", ...previewOf(secret) };
  return {
    ...key,
    environment: "live" as const,
    digests: [digest],
    createdAtMs: Date.now(),
    secret,
  };
}

/** Windows with one request each, then with so many that the ring has grown. */
export async function limitsBytes(redis: Redis, sample: number) {
  const limits = createRedisLimits({ client: redis, prefix: PREFIX, deadlineMs: 10_000 });
  const used = async () => Number(/used_memory:(\d+)/.exec(await redis.info("memory"))?.[1]);
  const take = async (keys: number, cost: number) => {
    for (let first = 0; first < keys; first += AT_ONCE) {
      const asked = Array.from({ length: Math.min(AT_ONCE, keys - first) }, (_, at) => {
        const owner = `key_${first + at}`;
        const window = { id: `requests:${owner}`, limit: PLACES, windowMs: 3_600_000, cost };
        return limits.admit(
          { windows: [window], slots: [], owner, whenDown: "throw" },
          performance.now(),
        );
      });
      await Promise.all(asked);
    }
  };
  const before = await used();
  await take(sample, 1);
  const one = (await used()) - before;
  const grown = Math.min(sample, 20_000);
  await take(grown, PLACES - 1);
  const many = (await used()) - before - one;
  await limits.close();
  await redis.flushdb();
  return {
    limitsKeyBytes: one / sample,
    limitsPlaceBytes: many / grown / (PLACES - FIRST_PLACES),
  };
}

/** By the heap after a collection, before and after a node has met so many keys. */
export async function cachedKeyBytes(keys: number): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const stores = createMemoryStores();
  const log = { ...dropped, append: () => undefined };
  const gate = createGate(measuredApi, {
    stores: { ...stores, log, limits: countsNothing },
    upstream: handlers(measuredApi, { look: () => reply({}), make: () => reply({}) }),
    pepper: PEPPER,
    keyCacheMax: keys,
    unknownKeysPerMinute: keys + 1,
  });
  const change = { by: "measure", atMs: Date.now() };
  stores.directory.putAccount(
    { id: ACCOUNT, name: ACCOUNT, plan: "only", subscription: "active" },
    change,
  );
  const secrets: string[] = [];
  for (let number = 0; number < keys; number++) {
    const { secret, ...key } = await keyOf(number, ACCOUNT);
    stores.directory.putKey(key, change);
    secrets.push(secret);
  }
  const handle = createFetchHandler(gate);
  collect();
  const before = process.memoryUsage().heapUsed;
  for (const secret of secrets) {
    await handle(new Request("http://measured/v1/look", { headers: { "x-api-key": secret } }));
  }
  collect();
  const after = process.memoryUsage().heapUsed;
  gate.close();
  return (after - before) / keys;
}

/** As a node has them whose limits are in Redis: nothing of them is here. */
const countsNothing: Limits = {
  admit: ({ windows }) => ({
    admitted: true,
    windows: windows.map(() => ({ remaining: 1, resetMs: 0 })),
    slotsTaken: [],
  }),
  release: () => undefined,
};

const dropped = {
  find: () => [],
  explain: () => undefined,
  usage: () => ({ requests: 0, refusals: 0, faults: 0, credits: 0 }),
  days: () => [],
  dropped: () => 0,
};
