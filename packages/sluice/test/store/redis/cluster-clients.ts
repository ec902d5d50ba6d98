// The clients that people have, each connected to a Cluster as the store asks for.

import { Cluster as IoredisCluster } from "ioredis";
import { Cluster as IovalkeyCluster } from "iovalkey";
import { createCluster } from "redis";
import type { ClientName, TestClient } from "./clients.ts";

const noResends = {
  retryDelayOnFailover: 0,
  lazyConnect: true,
  clusterRetryStrategy: () => 20,
} as const;

export async function connectCluster(
  name: ClientName,
  ports: readonly number[],
): Promise<Pick<TestClient, "client" | "close">> {
  const nodes = ports.map((port) => ({ host: "127.0.0.1", port }));
  if (name === "redis") {
    const rootNodes = nodes.map(({ host, port }) => ({ socket: { host, port } }));
    const defaults = { socket: { reconnectStrategy: 20 } };
    const cluster = createCluster({ rootNodes, defaults });
    cluster.on("error", () => undefined);
    await cluster.connect();
    return { client: cluster, close: () => cluster.destroy() };
  }
  const cluster =
    name === "ioredis"
      ? new IoredisCluster(nodes, noResends)
      : new IovalkeyCluster(nodes, noResends);
  cluster.on("error", () => undefined);
  await cluster.connect();
  return { client: cluster, close: () => cluster.disconnect() };
}
