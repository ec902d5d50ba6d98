// The Redis that the harness has started for servers under test, and limits in it.

import { Redis } from "ioredis";
import type { Limits } from "sluice/gate";
import { createRedisLimits } from "sluice/store/redis";

/** A deadline is for outages, which a core that is full must not look like: what passes unasked is cheap. */
const DEADLINE_MS = 5_000;

/** Whether there is one: without it, servers that can keep their limits in memory do so. */
export const hasRedis = process.env["BENCH_REDIS_PORT"] !== undefined;

export async function redisClient(): Promise<Redis> {
  const port = Number(process.env["BENCH_REDIS_PORT"]);
  if (!(port > 0)) throw new Error("BENCH_REDIS_PORT must be the port of a Redis");
  const client = new Redis({ port, autoResendUnfulfilledCommands: false, lazyConnect: true });
  await client.connect();
  return client;
}

export async function redisLimits(): Promise<Limits> {
  return createRedisLimits({ client: await redisClient(), deadlineMs: DEADLINE_MS });
}
