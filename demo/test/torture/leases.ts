// The slots that Redis still has as taken, read past the store's own code.

import { Redis } from "ioredis";
import { systemClock } from "sluice/base";
import type { HoldRow } from "./books.ts";

/** A server that dies leaves its slots to their leases. */
const leaseMaxMs = 15_000 + 1_000;
const lookEveryMs = 250;
/** Between the end of a job in the ledger and the moment in which Redis has heard of it, also the second time. */
const untoldMaxMs = 500;

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

/**
 * A job's slot is freed after the ledger knows of its end: a kill between the two leaves the slot to the job's longest age.
 * Nothing else does.
 */
export function judgeSlotsLeft(
  left: readonly TakenSlot[],
  holds: readonly HoldRow[],
  killsMs: readonly number[],
): readonly string[] {
  const rows = new Map(holds.map((row) => [row.id, row]));
  const isByKill = ({ isJob, endedMs = Number.NaN }: HoldRow) =>
    isJob === 1 && killsMs.some((atMs) => atMs >= endedMs && atMs <= endedMs + untoldMaxMs);
  return left.flatMap((slot) => {
    const row = rows.get(slot.member);
    if (row !== undefined && isByKill(row)) return [];
    return [`nobody frees ${JSON.stringify(slot)} of ${JSON.stringify(row)}`];
  });
}
