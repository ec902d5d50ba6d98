// A Redis for a test: real, empty, alone on its port, and nothing of it on a disk for longer than the test.

import { findCommand } from "./command.ts";
import { freePort, type Scratch, type Started, scratchFolder, start } from "./server-process.ts";

export interface RedisServer {
  readonly host: string;
  readonly port: number;
  stop(): Promise<void>;
  /** As a crash does; what it had in memory is lost. */
  kill(): Promise<void>;
  /** On the same port, empty. */
  restart(): Promise<void>;
}

export interface RedisSettings {
  /** More of its command line, such as `--cluster-enabled yes`. */
  readonly args?: readonly string[];
  /** @default any that is free */
  readonly port?: number;
}

export const REDIS_COMMAND = {
  names: ["redis-server", "valkey-server"],
  debianPackage: "redis-server",
} as const;

export async function startRedis({ args = [], port }: RedisSettings = {}): Promise<RedisServer> {
  const chosen = port ?? (await freePort());
  const folder = scratchFolder("redis");
  let server = await startIn(folder, chosen, args);
  return {
    host: "127.0.0.1",
    port: chosen,
    async stop() {
      await server.end("SIGTERM");
      folder.remove();
    },
    kill: () => server.end("SIGKILL"),
    async restart() {
      await server.end("SIGKILL");
      server = await startIn(folder, chosen, args);
    },
  };
}

function startIn(folder: Scratch, port: number, args: readonly string[]): Promise<Started> {
  const own = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder.path];
  const inMemory = ["--save", "", "--appendonly", "no", "--daemonize", "no"];
  return start(findCommand(REDIS_COMMAND), [...own, ...inMemory, ...args], port);
}
