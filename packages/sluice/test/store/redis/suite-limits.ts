// Limits on a real engine as the conformance suite needs them: each store with keys of its own, all of them going by the time
// that the suite says.

import { seededRandom, VirtualClock } from "../../../src/base/index.ts";
import type { RedisClient } from "../../../src/store/redis/index.ts";
import { DistantLimits } from "../../../src/store/redis/limits/distant-limits.ts";
import { RedisEngine } from "../../../src/store/redis/redis-engine.ts";
import { senderOf } from "../../../src/store/redis/sender.ts";

let stores = 0;

/** The clock stands still, so that no reply is late: deadlines have tests of their own. */
export function limitsOf(client: RedisClient) {
  const engine = new RedisEngine({
    sender: senderOf(client),
    prefix: `suite-${process.pid}-${stores++}`,
    time: "callers",
  });
  const limits = new DistantLimits({
    engine,
    deadlineMs: 30,
    leaseMs: 15_000,
    clock: new VirtualClock(),
    random: seededRandom("suite"),
  });
  return { stores: { limits }, close: () => limits.close() };
}
