// Limits in Redis or Valkey, shared by all processes of a gate: settings, checked once, and the parts put together.

import { assert, type Clock, type Random, systemClock, systemRandom } from "../../base/index.ts";
import { DistantLimits } from "./limits/distant-limits.ts";
import { RedisEngine } from "./redis-engine.ts";
import { type RedisClient, senderOf } from "./sender.ts";

export interface RedisLimitsOptions {
  /**
   * A connected client of ioredis, iovalkey or redis (node-redis), for one server or a Cluster. It belongs to whoever made
   * it, and may serve other things too. One of ioredis or iovalkey must not send calls again by itself:
   * @example new Redis({ autoResendUnfulfilledCommands: false })
   * @example new Cluster(nodes, { retryDelayOnFailover: 0 })
   */
  readonly client: RedisClient;
  /** What all keys begin with: one for each gate that shares a server. @default "sluice" */
  readonly prefix?: string;
  /** A decision that takes longer is made without Redis. 1 to 10,000. @default 30 */
  readonly deadlineMs?: number;
  /**
   * So long a slot stays taken after the process that held it has died, and a job's after the last gate on its ledger has. It
   * is renewed three times as often.
   * 1,000 to 3,600,000. @default 15,000
   */
  readonly leaseMs?: number;
  /** @default the machine's */
  readonly clock?: Clock;
  /** For the moments of probes. @default the machine's */
  readonly random?: Random;
}

const OPTIONS: readonly (keyof RedisLimitsOptions)[] = [
  "client",
  "prefix",
  "deadlineMs",
  "leaseMs",
  "clock",
  "random",
];

/**
 * Exact sliding windows and slots, counted by the server's clock; needs Redis 6.2 or later, or Valkey, that evicts nothing
 * (`maxmemory-policy noeviction`).
 * @example
 * const client = new Redis({ autoResendUnfulfilledCommands: false });
 * const stores = { ...createMemoryStores(), limits: createRedisLimits({ client }) };
 */
export function createRedisLimits(options: RedisLimitsOptions): DistantLimits {
  checkOptions(options);
  const { client, prefix = "sluice", deadlineMs = 30, leaseMs = 15_000 } = options;
  return new DistantLimits({
    engine: new RedisEngine({ sender: senderOf(client), prefix }),
    deadlineMs,
    leaseMs,
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
  });
}

function checkOptions(options: RedisLimitsOptions): void {
  for (const name of Object.keys(options)) {
    assert(
      OPTIONS.some((option) => option === name),
      () => `createRedisLimits: nothing reads the option "${name}"; use ${OPTIONS.join(", ")}`,
    );
  }
  assert(options.client !== undefined, "createRedisLimits: client is missing");
  // Braces would move the hash tag, and the counters of one call to several nodes.
  assert(
    options.prefix === undefined || /^[^{}\s]{1,64}$/.test(options.prefix),
    () =>
      `createRedisLimits: prefix is "${options.prefix}"; give 1 to 64 characters without braces`,
  );
  between("deadlineMs", options.deadlineMs, 1, 10_000);
  between("leaseMs", options.leaseMs, 1_000, 3_600_000);
}

function between(name: string, value: number | undefined, min: number, max: number): void {
  assert(
    value === undefined || (value >= min && value <= max),
    () => `createRedisLimits: ${name} is ${value}; give milliseconds from ${min} to ${max}`,
  );
}
