// The slots that Redis still has as taken, read past the store's own code.

import { Redis } from "ioredis";
import { systemClock } from "sluice/base";
import type { HoldRow } from "./books.ts";

/** A server that dies leaves its slots to their leases. */
const leaseMaxMs = 15_000 + 1_000;
const lookEveryMs = 250;

/** A slot that is taken. */
export interface TakenSlot {
  readonly counter: string;
  /** The request id of the call, or of the one that started the job. */
  readonly member: string;
  readonly leftMs: number;
}

/** Waits for leases of the dead; the slots that are kept for longer, though nobody runs. */
export async function slotsLeft(redisUrl: string): Promise<readonly TakenSlot[]> {
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

/** A job's slot is freed before the ledger knows of its end, so no kill leaves one behind. */
export function judgeSlotsLeft(
  left: readonly TakenSlot[],
  holds: readonly HoldRow[],
): readonly string[] {
  const rows = new Map(holds.map((row) => [row.id, row]));
  return left.map((slot) => {
    const row = JSON.stringify(rows.get(slot.member));
    return `nobody frees ${JSON.stringify(slot)} of ${row}`;
  });
}
