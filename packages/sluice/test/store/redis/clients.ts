// The clients that people have, each connected as the store asks for.

import { Redis as Ioredis } from "ioredis";
import { Redis as Iovalkey } from "iovalkey";
import { createClient } from "redis";
import type { RedisClient } from "../../../src/store/redis/index.ts";

/** A client with the few things that tests do by themselves. */
export interface TestClient {
  readonly client: RedisClient;
  command(...words: string[]): Promise<unknown>;
  close(): void;
}

export const CLIENTS = ["ioredis", "iovalkey", "redis"] as const;
export type ClientName = (typeof CLIENTS)[number];

const noResends = {
  autoResendUnfulfilledCommands: false,
  lazyConnect: true,
} as const;

/** Connected, and connecting again by itself; what happens to its connection concerns nobody else. */
export async function connectClient(name: ClientName, port: number): Promise<TestClient> {
  if (name === "redis") {
    const client = createClient({
      socket: { host: "127.0.0.1", port, reconnectStrategy: 20 },
    });
    client.on("error", () => undefined);
    await client.connect();
    return {
      client,
      command: (...words) => client.sendCommand(words),
      close: () => client.destroy(),
    };
  }
  const options = { host: "127.0.0.1", port, retryStrategy: () => 20, ...noResends };
  const client = name === "ioredis" ? new Ioredis(options) : new Iovalkey(options);
  client.on("error", () => undefined);
  await client.connect();
  return {
    client,
    command: (name, ...words) => client.call(name ?? "PING", ...words),
    close: () => client.disconnect(),
  };
}
