// Who decides whether one more request of a key may pass, each over its own connection of ioredis and with its own defaults.

import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { Ratelimit } from "@upstash/ratelimit";
import type { Redis } from "ioredis";
import { RedisStore, type SendCommandFn } from "rate-limit-redis";
import { RateLimiterRedis } from "rate-limiter-flexible";
import { systemClock } from "sluice/base";
import { createRedisLimits } from "sluice/store/redis";

export interface Rate {
  readonly limit: number;
  readonly windowMs: number;
}

/** Whether the request passes. */
export type Decide = (key: string) => Promise<boolean> | boolean;

export interface Decider {
  readonly name: string;
  open(client: Redis, rate: Rate): Decide;
}

export const sluice: Decider = {
  name: "sluice",
  open(client, { limit, windowMs }) {
    // A deadline is for outages, which a saturated machine must not look like: a late answer fails the run.
    const limits = createRedisLimits({ client, deadlineMs: 5_000 });
    return async (key) => {
      const windows = [{ id: key, limit, windowMs, cost: 1 }];
      const call = { windows, slots: [], owner: key };
      return (await limits.admit(call, systemClock.monotonicMs())).admitted;
    };
  },
};

const flexible: Decider = {
  name: "rate-limiter-flexible",
  open(storeClient, { limit, windowMs }) {
    const limiter = new RateLimiterRedis({
      storeClient,
      points: limit,
      duration: windowMs / 1_000,
    });
    return async (key) => {
      try {
        await limiter.consume(key);
        return true;
      } catch (refused) {
        if (refused instanceof Error) throw refused;
        return false;
      }
    };
  },
};

const express: Decider = {
  name: "rate-limit-redis",
  open(client, { limit, windowMs }) {
    const sendCommand: SendCommandFn = (command: string, ...args: string[]) =>
      client.call(command, ...args) as ReturnType<SendCommandFn>;
    const store = new RedisStore({ sendCommand });
    store.init({ windowMs } as Parameters<RedisStore["init"]>[0]);
    return async (key) => (await store.increment(key)).totalHits <= limit;
  },
};

/** The plugin's own store, which has no types. */
interface FastifyRedisStore {
  incr(
    key: string,
    told: (error: Error | null, hits: { readonly current: number }) => void,
    windowMs: number,
    max: number,
  ): void;
}

const FastifyStore = createRequire(import.meta.url)(
  "@fastify/rate-limit/store/RedisStore.js",
) as new (
  ...settings: unknown[]
) => FastifyRedisStore;

const fastify: Decider = {
  name: "@fastify/rate-limit's store",
  open(client, { limit, windowMs }) {
    const store = new FastifyStore(false, false, client, "fastify-");
    return (key) =>
      new Promise((resolve, reject) => {
        const told = (error: Error | null, hits: { readonly current: number }) =>
          error === null ? resolve(hits.current <= limit) : reject(error);
        store.incr(key, told, windowMs, limit);
      });
  },
};

const upstash: Decider = {
  name: "@upstash/ratelimit's script",
  open(client, { limit, windowMs }) {
    const limiter = new Ratelimit({
      redis: withoutShebang(client) as never,
      limiter: Ratelimit.slidingWindow(limit, `${windowMs} ms`),
      ephemeralCache: false,
      timeout: 0,
    });
    return async (key) => (await limiter.limit(key)).success;
  },
};

export const PEERS: readonly Decider[] = [flexible, express, fastify, upstash];

/** Its scripts open with a line that Redis before 7.4 refuses; without it they are the same, but for their digest. */
function withoutShebang(client: Redis) {
  const known = new Map<string, string>();
  return {
    async evalsha(sha: string, keys: string[], args: unknown[]) {
      const own = known.get(sha);
      if (own === undefined) throw new Error("NOSCRIPT");
      return client.evalsha(own, keys.length, ...keys, ...args.map(String));
    },
    async eval(script: string, keys: string[], args: unknown[]) {
      const stripped = script.replace(/^#!.*\n/, "");
      const sha = createHash("sha1").update(script).digest("hex");
      known.set(sha, String(await client.script("LOAD", stripped)));
      return client.eval(stripped, keys.length, ...keys, ...args.map((arg) => String(arg ?? "")));
    },
  };
}
