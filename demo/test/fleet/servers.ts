// A Redis and a PostgreSQL that the demos of a test share.

import { type PostgresServer, startPostgres } from "@sluice-internal/test-servers/postgres";
import { type RedisServer, startRedis } from "@sluice-internal/test-servers/redis";
import type { Servers } from "../../src/environment.ts";

export interface SharedServers {
  readonly redis: RedisServer;
  readonly postgres: PostgresServer;
  /** Another database each time, and one Redis. */
  addresses(): Servers;
  close(): Promise<void>;
}

export async function startServers(): Promise<SharedServers> {
  const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
  return {
    redis,
    postgres,
    addresses() {
      const { host, port, user, database } = postgres.createDatabase();
      // The host is the folder of a socket.
      const databaseUrl = `postgres://${user}@${encodeURIComponent(host)}:${port}/${database}`;
      return { redisUrl: `redis://${redis.host}:${redis.port}`, databaseUrl };
    },
    async close() {
      await Promise.all([redis.stop(), postgres.close()]);
    },
  };
}

export function variablesOf({ redisUrl, databaseUrl }: Servers): Readonly<Record<string, string>> {
  return { SLUICE_REDIS_URL: redisUrl, SLUICE_DATABASE_URL: databaseUrl };
}
