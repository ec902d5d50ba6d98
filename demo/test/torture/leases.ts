// The slots that Redis still has as taken, read past the store's own code.

import { Redis } from "ioredis";
import { systemClock } from "sluice/base";

/** A server that dies leaves its slots to their leases. */
const leaseMaxMs = 15_000 + 1_000;
const lookEveryMs = 250;

/** Waits for leases of the dead; a complaint for each slot that is kept for longer, though nobody runs. */
export async function slotsWithoutHolder(redisUrl: string): Promise<readonly string[]> {
  const redis = new Redis(redisUrl);
  try {
    const untilMs = systemClock.monotonicMs() + leaseMaxMs;
    for (;;) {
      const taken = await slotsTaken(redis);
      if (taken.length === 0 || systemClock.monotonicMs() >= untilMs) return taken;
      await systemClock.sleep(lookEveryMs);
    }
  } finally {
    redis.disconnect();
  }
}

/** Each counter of slots is a sorted set of their holders, by when their leases end. */
async function slotsTaken(redis: Redis): Promise<string[]> {
  const taken: string[] = [];
  for (const key of await redis.keys("sluice:{*}s:*")) {
    const holders = await redis.zrangebyscore(
      key,
      `(${systemClock.wallMs()}`,
      "+inf",
      "WITHSCORES",
    );
    for (let at = 0; at < holders.length; at += 2) {
      const leftMs = Number(holders[at + 1]) - systemClock.wallMs();
      taken.push(`${key} is taken by ${holders[at]} for ${Math.round(leftMs / 1_000)} s more`);
    }
  }
  return taken;
}
