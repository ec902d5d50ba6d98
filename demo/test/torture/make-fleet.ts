// A fleet for one test, on a Redis and a PostgreSQL of its own.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { newHome, programOf } from "../demo-process.ts";
import { type SharedServers, startServers, variablesOf } from "../fleet/servers.ts";
import { Database } from "./database.ts";
import { Fleet } from "./fleet.ts";
import { makeHome } from "./home.ts";
import { postgresWitness } from "./postgres-witness.ts";

interface Order {
  readonly size: number;
  readonly seed: string;
  /** What each of the servers runs. */
  readonly program: "closed-demo.ts" | "local-demo.ts";
}

interface Made {
  readonly fleet: Fleet;
  readonly servers: SharedServers;
  readonly redisUrl: string;
}

/** None of the servers is started yet. All of it is gone with the test. */
export async function makeFleet({ size, seed, program }: Order): Promise<Made> {
  const servers = await startServers();
  const { redisUrl, databaseUrl } = servers.addresses();
  const cleanUps: (() => void)[] = [];
  const later = (cleanUp: () => void) => void cleanUps.push(cleanUp);
  onTestFinished(async () => {
    for (const cleanUp of cleanUps.reverse()) cleanUp();
    await servers.close();
  });
  const home = newHome(later);
  const state = join(home, "state");
  const payers = await makeHome({ home: state, servers: { redisUrl, databaseUrl } });
  const fleet = new Fleet({
    ...{ size, home, payers, seed, later, redisUrl },
    command: programOf(fileURLToPath(new URL(program, import.meta.url))),
    variables: variablesOf({ redisUrl, databaseUrl }),
    database: new Database(servers.postgres),
    witness: ({ errands }) =>
      postgresWitness(databaseUrl, join(state, "mavera.db"), () => errands.keys()),
  });
  return { fleet, servers, redisUrl };
}
