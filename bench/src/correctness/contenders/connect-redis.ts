/** A connection as limiters' pages recommend it: commands fail at once while the server is away. */
import { Redis } from "ioredis";
import type { Servers } from "../contender.ts";

const RETRY_MS = 100;

export async function connectRedis({ redisPort }: Servers): Promise<Redis> {
  if (redisPort === undefined) throw new Error("a contender on Redis is given its port");
  const client = new Redis({
    port: redisPort,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    retryStrategy: () => RETRY_MS,
  });
  // It finds out by itself when its server is back.
  client.on("error", () => undefined);
  await new Promise<void>((resolve) => client.once("ready", () => resolve()));
  return client;
}
