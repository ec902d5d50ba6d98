// The slots that Redis still has as taken, read past the store's own code.

import { Redis } from "ioredis";
import { systemClock } from "sluice/base";
import type { HoldRow } from "./books.ts";

/** A server that dies leaves its slots to their leases, and so does one whose word to Redis gets lost. */
const leaseMaxMs = 15_000 + 1_000;
const lookEveryMs = 250;

/** A slot that is taken. */
export interface TakenSlot {
  readonly counter: string;
  /** The request id of the call, or of the one that started the job. */
  readonly member: string;
  readonly leftMs: number;
}

/** What is left of slots when no call and no job runs any more. */
export interface SlotsLeft {
  /** Those that waited for their leases. */
  readonly late: readonly TakenSlot[];
  /** Those that are kept for longer, though nobody runs. */
  readonly kept: readonly TakenSlot[];
}

/**
 * To be asked once everything is over: while servers still serve, so that one which keeps a slot for nobody is found out, and
 * once more when none does, so that no lease is longer than it may be.
 */
export async function slotsLeft(redisUrl: string): Promise<SlotsLeft> {
  const redis = new Redis(redisUrl);
  try {
    const untilMs = systemClock.monotonicMs() + leaseMaxMs;
    const late = await slotsTaken(redis);
    for (let kept = late; ; kept = await slotsTaken(redis)) {
      if (kept.length === 0 || systemClock.monotonicMs() >= untilMs) return { late, kept };
      await systemClock.sleep(lookEveryMs);
    }
  } finally {
    redis.disconnect();
  }
}

/** Each counter of slots is a sorted set of their holders, by when their leases end. */
async function slotsTaken(redis: Redis): Promise<TakenSlot[]> {
  const taken: TakenSlot[] = [];
  for (const counter of await redis.keys("sluice:{*}s:*")) {
    const nowMs = systemClock.wallMs();
    const holders = await redis.zrangebyscore(counter, `(${nowMs}`, "+inf", "WITHSCORES");
    for (let at = 0; at < holders.length; at += 2) {
      taken.push({ counter, member: holders[at] ?? "", leftMs: Number(holders[at + 1]) - nowMs });
    }
  }
  return taken;
}

/** Nobody claims the slot of a job that is over again, so no kill and no silence leaves it taken for longer than a lease. */
export function judgeSlotsLeft({ kept }: SlotsLeft, holds: readonly HoldRow[]): readonly string[] {
  const rows = new Map(holds.map((row) => [row.id, row]));
  return kept.map((slot) => {
    const row = JSON.stringify(rows.get(slot.member));
    return `nobody frees ${JSON.stringify(slot)} of ${row}`;
  });
}
