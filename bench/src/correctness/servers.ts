/** Real servers for one contender: its own, empty, killed when a trace says so, and gone with the run. */
import { startPostgres } from "@sluice-internal/test-servers/postgres";
import { startRedis } from "@sluice-internal/test-servers/redis";
import { openUpstashDoor } from "@sluice-internal/test-servers/upstash";
import type { PostgresPlace, Server, Servers } from "./contender.ts";

export interface RunningServers extends Servers {
  /** What limits are counted in: SIGKILL for Redis, by its pid; as by a power cut for PostgreSQL. */
  killLimits(): Promise<void>;
  restartLimits(): Promise<void>;
  /** A database that nobody has written to. */
  newDatabase(): PostgresPlace;
  crashPostgres(): Promise<void>;
  startPostgres(): Promise<void>;
  stop(): Promise<void>;
}

export const NO_SERVERS: RunningServers = {
  killLimits: async () => undefined,
  restartLimits: async () => undefined,
  newDatabase: () => {
    throw new Error("a contender in this process has no database");
  },
  crashPostgres: async () => undefined,
  startPostgres: async () => undefined,
  stop: async () => undefined,
};

export async function startServers(needs: readonly Server[]): Promise<RunningServers> {
  const needsRedis = needs.includes("redis") || needs.includes("upstash");
  const redis = needsRedis ? await startRedis() : undefined;
  const door =
    redis !== undefined && needs.includes("upstash")
      ? await openUpstashDoor(redis.port)
      : undefined;
  const server = needs.includes("postgres") ? await startPostgres() : undefined;
  const newDatabase = server?.createDatabase ?? NO_SERVERS.newDatabase;
  return {
    ...(redis && { redisPort: redis.port }),
    ...(door && { upstashUrl: door.url }),
    ...(server && { postgres: newDatabase() }),
    newDatabase: () => newDatabase(),
    async killLimits() {
      await door?.shut();
      if (redis !== undefined) await redis.kill();
      else await server?.crash();
    },
    async restartLimits() {
      if (redis !== undefined) await redis.restart();
      else await server?.start();
      await door?.reopen();
    },
    crashPostgres: async () => server?.crash(),
    startPostgres: async () => server?.start(),
    async stop() {
      await door?.close();
      await redis?.stop();
      await server?.close();
    },
  };
}
