// The gate before a framework's own routes. Its limits are in Redis where the harness has started one, and all else in memory;
// with BENCH_CHARGED each call costs a credit, reserved and settled.

import { type Gate, routes } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { createBenchGate } from "./gate-contract.ts";
import { hasRedis, redisLimits } from "./redis-client.ts";

export async function createRoutesGate(): Promise<Gate> {
  const stores = createMemoryStores();
  return createBenchGate({
    stores: hasRedis ? { ...stores, limits: await redisLimits() } : stores,
    isCharged: process.env["BENCH_CHARGED"] !== undefined,
    upstream: routes,
  });
}
