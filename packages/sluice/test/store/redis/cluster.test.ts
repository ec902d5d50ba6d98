// Limits in a real Cluster of three nodes do what the port promises, through each of the clients that people have; and a node
// that dies takes with it the shards that it served, and no others.

import { startRedisCluster } from "@sluice-internal/test-servers/redis-cluster";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { limitsConformance } from "../../../src/store/conformance/index.ts";
import { createRedisLimits } from "../../../src/store/redis/index.ts";
import { CLIENTS, type TestClient } from "./clients.ts";
import { connectCluster } from "./cluster-clients.ts";
import { limitsOf } from "./suite-limits.ts";

vi.setConfig({ testTimeout: 120_000 });

let cluster: Awaited<ReturnType<typeof startRedisCluster>>;
const clients = new Map<string, Pick<TestClient, "client" | "close">>();
const clientOf = (name: string) => clients.get(name) as TestClient;
beforeAll(async () => {
  cluster = await startRedisCluster();
  const ports = cluster.nodes.map(({ port }) => port);
  for (const name of CLIENTS) clients.set(name, await connectCluster(name, ports));
}, 180_000);
afterAll(async () => {
  for (const client of clients.values()) client.close();
  await cluster.stop();
});

const window = (owner: string) => ({
  id: `requests:${owner}`,
  limit: 3,
  windowMs: 60_000,
  cost: 1,
});
const owners = Array.from({ length: 200 }, (_, at) => `account ${at}`);

describe.each(CLIENTS)("store/redis on a Cluster through %s", (name) => {
  const make = () => limitsOf(clientOf(name).client);
  limitsConformance({ describe, it }, make, { traces: 60, seed: name, clock: "counted" });

  it("R1: admits the limit of each owner, whichever node keeps it", async () => {
    const limits = createRedisLimits({
      client: clientOf(name).client,
      prefix: name,
      deadlineMs: 5_000,
    });
    const calls = owners.flatMap((owner) => Array.from({ length: 5 }, () => owner));
    const verdicts = await Promise.all(
      calls.map(async (owner) => limits.admit({ windows: [window(owner)], slots: [], owner }, 0)),
    );
    expect(verdicts.filter(({ admitted }) => admitted)).toHaveLength(600);
    limits.close();
  });
});

describe("a node that dies", () => {
  it("takes its own shards with it and no others", async () => {
    const limits = createRedisLimits({
      client: clientOf("ioredis").client,
      prefix: "dying",
      deadlineMs: 500,
    });
    const admit = async (owner: string) =>
      limits.admit({ windows: [window(owner)], slots: [], owner, whenDown: "local" }, 0);
    await Promise.all(owners.map(admit));
    await cluster.nodes[2]?.kill();
    const verdicts = await Promise.all(owners.map(admit));
    const local = verdicts.filter((verdict) => verdict.local !== undefined).length;
    expect(verdicts.every(({ admitted }) => admitted)).toBe(true);
    expect(local).toBeGreaterThan(0);
    expect(local).toBeLessThan(owners.length);
    expect(limits.partlyDown).toBe(true);
    limits.close();
  });
});
