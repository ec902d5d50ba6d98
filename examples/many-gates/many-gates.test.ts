// Two gates of the guide on one Redis and one PostgreSQL: one window, one balance, and an outage that is announced.

import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type PostgresServer, startPostgres } from "@sluice-internal/test-servers/postgres";
import { type RedisServer, startRedis } from "@sluice-internal/test-servers/redis";
import { freePort } from "@sluice-internal/test-servers/server-process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const file = fileURLToPath(new URL("server.ts", import.meta.url));
const guide = new URL("../../docs/from-one-machine-to-many.md", import.meta.url);

interface Serving {
  readonly child: ChildProcess;
  readonly url: string;
  readonly key: string | undefined;
}

async function start(variables: Readonly<Record<string, string>>): Promise<Serving> {
  const child = spawn(process.execPath, ["--conditions=sluice-source", file], {
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let key: string | undefined;
  if (child.stdout === null) throw new Error("a gate without an output");
  for await (const line of createInterface({ input: child.stdout })) {
    key ??= /^key (.+)/.exec(line)?.[1];
    const url = /^serves (.+)/.exec(line)?.[1];
    if (url !== undefined) return { child, url, key };
  }
  throw new Error(`a gate ended with ${child.exitCode}`);
}

it("is what the guide shows", () => {
  const source = readFileSync(file, "utf8");
  const shown = source.slice(source.indexOf("const pool"), source.indexOf("\n\nif ("));
  expect(readFileSync(guide, "utf8")).toContain(`\`\`\`ts\n${shown}\n\`\`\``);
});

describe("two gates on one Redis and one PostgreSQL", () => {
  let redis: RedisServer;
  let postgres: PostgresServer;
  let gates: Serving[] = [];
  let authorization = "";

  const call = (n: number) => fetch(gates[n % 2]?.url ?? "", { headers: { authorization } });

  beforeEach(async () => {
    [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
    const { host, user, database } = postgres.createDatabase();
    const shared = {
      REDIS_URL: `redis://${redis.host}:${redis.port}`,
      DATABASE_URL: `postgres://${user}@${encodeURIComponent(host)}/${database}`,
      PEPPER: "0123456789abcdef".repeat(4),
    };
    gates = [];
    for (let n = 0; n < 2; n++) gates.push(await start({ ...shared, PORT: `${await freePort()}` }));
    authorization = `Bearer ${gates[0]?.key}`;
  });
  afterEach(async () => {
    for (const { child } of gates) child.kill("SIGKILL");
    await Promise.all([redis?.stop(), postgres?.close()]);
  });

  it("let sixty calls a minute through, whichever of them they come to", async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 65; n++) statuses.push((await call(n)).status);
    expect(statuses).toEqual([...Array(60).fill(200), ...Array(5).fill(429)]);
  });

  it("go on without Redis, and say so", async () => {
    expect((await call(0)).headers.get("sluice-degraded")).toBeNull();
    await redis.kill();
    for (let n = 0; n < 4; n++) {
      const answer = await call(n);
      expect([answer.status, answer.headers.get("sluice-degraded")]).toEqual([200, "limits"]);
    }
  });
});
