// A Redis of the benchmark's own: empty, in memory only, on a core of its own, gone with the harness.

import { findCommand } from "@sluice-internal/test-servers/command";
import { REDIS_COMMAND } from "@sluice-internal/test-servers/redis";
import { freePort } from "@sluice-internal/test-servers/server-process";
import { Redis } from "ioredis";
import { BenchError, requireMachine } from "../../machine.ts";
import { keepTo, killTree, spawnPinned } from "../../pinned.ts";

const START_MS = 10_000;
const RETRY_MS = 50;

export interface BenchRedis {
  readonly port: number;
  /** The core that the server does not have. */
  readonly otherCore: number;
  connect(): Promise<Redis>;
  stop(): Promise<void>;
}

export async function startBenchRedis(folder: string): Promise<BenchRedis> {
  const cores = requireMachine();
  const port = await freePort();
  const inMemory = ["--save", "", "--appendonly", "no", "--dir", folder];
  const args = ["--port", String(port), "--bind", "127.0.0.1", ...inMemory];
  const pinned = spawnPinned(cores.load, findCommand(REDIS_COMMAND), args);
  pinned.child.stdout?.resume();
  // The harness itself stays off the server's core.
  keepTo(cores.server);
  const clients: Redis[] = [];
  const connect = async () => {
    const retryStrategy = () => RETRY_MS;
    const client = new Redis({ port, autoResendUnfulfilledCommands: false, retryStrategy });
    clients.push(client);
    client.on("error", () => undefined);
    await new Promise<void>((resolve, reject) => {
      client.once("ready", resolve);
      setTimeout(() => reject(new BenchError("Redis did not start")), START_MS).unref();
    });
    return client;
  };
  return {
    port,
    otherCore: cores.server,
    connect,
    async stop() {
      // One that is left would look for its server for ever, and the harness would never end.
      for (const client of clients) client.disconnect();
      killTree(pinned);
      await pinned.exited;
      keepTo(cores.server, cores.load);
    },
  };
}
