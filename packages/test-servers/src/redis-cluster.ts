// A Redis Cluster of three nodes without replicas, for a test.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { findCommand } from "./command.ts";
import { type RedisServer, startRedis } from "./redis.ts";
import { freePort } from "./server-process.ts";

export interface RedisCluster {
  readonly nodes: readonly RedisServer[];
  stop(): Promise<void>;
}

const CLI = { names: ["redis-cli", "valkey-cli"], debianPackage: "redis-tools" } as const;
const READY_MS = 30_000;
const LOOK_MS = 50;
const run = promisify(execFile);

export async function startRedisCluster(): Promise<RedisCluster> {
  const nodes = await Promise.all([0, 1, 2].map(startNode));
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.stop()));
  };
  try {
    const addresses = nodes.map(({ host, port }) => `${host}:${port}`);
    await run(findCommand(CLI), ["--cluster", "create", ...addresses, "--cluster-yes"]);
    await Promise.all(nodes.map(untilReady));
  } catch (error) {
    await stop();
    throw error;
  }
  return { nodes, stop };
}

/** The bus has a port of its own: by default 10,000 higher, which may be none at all. */
async function startNode(): Promise<RedisServer> {
  const busPort = await freePort();
  const args = ["--cluster-enabled", "yes", "--cluster-port", String(busPort)];
  return startRedis({ args: [...args, "--cluster-node-timeout", "2000"] });
}

/** Each node finds out by itself that all slots are served. */
async function untilReady({ port }: RedisServer): Promise<void> {
  const endMs = performance.now() + READY_MS;
  while (performance.now() < endMs) {
    const { stdout } = await run(findCommand(CLI), ["-p", String(port), "cluster", "info"]);
    if (stdout.includes("cluster_state:ok")) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  throw new Error(`the cluster node on port ${port} was not ready in ${READY_MS} ms`);
}
