/** Ours, as the limiter alone: in this process, and on a Redis that several processes share. */
import { systemClock } from "sluice/base";
import type { Limits, WindowClaim } from "sluice/gate";
import { MemoryLimits } from "sluice/store/memory";
import { createRedisLimits } from "sluice/store/redis";
import type { Contender, Limiter, Rate, TwoLimits, Verdict } from "../contender.ts";
import { PASSED } from "../contender.ts";
import { connectRedis } from "./connect-redis.ts";

export const sluice: Contender = {
  name: "sluice",
  isOurs: true,
  packages: [],
  setUp:
    "`new MemoryLimits()`; a gate with its stores in memory where keys, credits or slots are asked for, " +
    "with its stores in one SQLite file where the process dies",
  needs: [],
  hasCosts: true,
  open: (rate) => single(new MemoryLimits(), rate),
  openTwo: (wide, narrow) => double(new MemoryLimits(), wide, narrow),
};

/** Long enough to tell a busy machine from an outage. */
const DEADLINE_MS = 500;

export const sluiceShared: Contender = {
  name: "sluice, shared",
  isOurs: true,
  packages: ["ioredis", "pg"],
  setUp:
    '`createRedisLimits({ client, deadlineMs: 500 })` and `whenDown: "local"`; gates over Redis and PostgreSQL where keys, credits or slots ' +
    "are asked for. By its default a Redis that is silent for 30 ms is decided without, as while it is away; a machine that plays seven " +
    "contenders at once can be as slow as that",
  needs: ["redis", "postgres"],
  hasCosts: true,
  async open(rate, servers) {
    const client = await connectRedis(servers);
    return {
      ...single(createRedisLimits({ client, deadlineMs: DEADLINE_MS }), rate),
      close: () => client.disconnect(),
    };
  },
  async openTwo(wide, narrow, servers) {
    const client = await connectRedis(servers);
    const limits = createRedisLimits({ client, deadlineMs: DEADLINE_MS });
    return { ...double(limits, wide, narrow), close: () => client.disconnect() };
  },
};

function single(limits: Limits, rate: Rate): Limiter {
  return { ask: (key, cost = 1) => admit(limits, key, [{ id: key, ...rate, cost }]) };
}

function double(limits: Limits, wide: Rate, narrow: Rate): TwoLimits {
  return {
    ask(key, which) {
      const windows = [{ id: `wide ${key}`, ...wide, cost: 1 }];
      if (which === "both") windows.push({ id: `narrow ${key}`, ...narrow, cost: 1 });
      return admit(limits, key, windows);
    },
  };
}

async function admit(limits: Limits, owner: string, windows: WindowClaim[]): Promise<Verdict> {
  const admission = { windows, slots: [], owner, whenDown: "local" } as const;
  const answer = await limits.admit(admission, systemClock.monotonicMs());
  if (answer.admitted) return PASSED;
  // As `Retry-After` has it: the first whole second.
  return { passed: false, waitMs: Math.ceil(answer.retryAfterMs / 1_000) * 1_000 };
}
