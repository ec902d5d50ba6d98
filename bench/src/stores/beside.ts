// What servers under test ask on their way: started once for a row, on the load's core, so that its time is not theirs.

import { startPostgres } from "@sluice-internal/test-servers/postgres";
import { requireMachine } from "../machine.ts";
import type { Beside } from "../paired-rows.ts";
import { keepTo } from "../pinned.ts";
import { type Run, rowFolder } from "../section.ts";
import { startBenchRedis } from "./redis/server.ts";

export async function redisBeside(run: Run): Promise<Beside> {
  const { server, load } = requireMachine();
  const redis = await startBenchRedis(rowFolder(run));
  // The harness does nothing while servers are measured, and what it starts is pinned one by one.
  keepTo(server, load);
  return { env: { BENCH_REDIS_PORT: String(redis.port) }, stop: () => redis.stop() };
}

export async function postgresAndRedisBeside(run: Run): Promise<Beside> {
  const cores = requireMachine();
  // It has this process's cores.
  keepTo(cores.load);
  const postgres = await startPostgres();
  keepTo(cores.server, cores.load);
  const redis = await redisBeside(run);
  return {
    env: { ...redis.env, BENCH_POSTGRES: JSON.stringify(postgres.createDatabase()) },
    async stop() {
      await redis.stop();
      await postgres.close();
    },
  };
}
