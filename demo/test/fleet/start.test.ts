// Starting demos on shared servers: at once, without what they need, and what a demo loads that shares nothing.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Servers } from "../../src/environment.ts";
import { audit } from "../audit-process.ts";
import { DemoProcess, newHome, programOf, startDemo } from "../demo-process.ts";
import { startFleet } from "./fleet.ts";
import { type SharedServers, startServers, variablesOf } from "./servers.ts";

let servers: SharedServers;

beforeAll(async () => {
  servers = await startServers();
}, 60_000);
afterAll(() => servers.close());

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const hook = fileURLToPath(new URL("./loaded-modules.ts", import.meta.url));

/** The packages of which a demo has loaded anything by the time that it answers. */
async function packagesLoaded(variables: Readonly<Record<string, string>>): Promise<Set<string>> {
  const home = newHome();
  const list = join(home, "loaded");
  const command = programOf(main, ["--import", hook]);
  await startDemo(home, { command, variables: { ...variables, LOADED_MODULES: list } });
  const files = readFileSync(list, "utf8").split("\n");
  expect(files.some((file) => file.endsWith("/demo/src/demo.ts"))).toBe(true);
  return new Set(files.flatMap((file) => /.*\/node_modules\/([^/]+)/.exec(file)?.[1] ?? []));
}

describe("a demo", () => {
  test("that shares nothing has loaded no driver of any server", async () => {
    const loaded = [...(await packagesLoaded({}))];
    expect(loaded.filter((name) => /^(pg|ioredis|iovalkey|redis)/.test(name))).toEqual([]);
  }, 20_000);

  test("that shares servers has loaded both drivers, so that one would be seen", async () => {
    const loaded = await packagesLoaded(variablesOf(servers.addresses()));
    expect([loaded.has("pg"), loaded.has("ioredis")]).toEqual([true, true]);
  }, 20_000);
});

describe("two demos that start at once on an empty database and in an empty home", () => {
  test("both serve, with the same keys", async () => {
    const { demos, files } = await startFleet(servers.addresses());
    const [first, second] = files;
    expect(first?.mavera.keys).toEqual(second?.mavera.keys);
    expect(first?.mentova.keys).toEqual(second?.mentova.keys);
    expect(demos.map(({ url }) => url)).toContain(demos[0]?.file.url);
    for (const file of files) {
      const headers = { "X-API-Key": file.mentova.keys.agency };
      const path = `${file.mentova.baseUrl}/brands/${file.mentova.ids.brand}`;
      expect((await fetch(path, { headers })).status).toBe(200);
    }
  }, 30_000);
});

const password = "Zx81-secret";
const nobody = "127.0.0.1:1";
const redisUrl = `redis://:${password}@${nobody}`;
const databaseUrl = `postgres://sluice:${password}@${nobody}/sluice`;

async function failedStart(variables: Partial<Servers>) {
  const { redisUrl: redis = "", databaseUrl: database = "" } = variables;
  const home = newHome();
  const wrong = variablesOf({ redisUrl: redis, databaseUrl: database });
  const starting = new DemoProcess(home, { variables: wrong }).ended;
  const [started, audited] = await Promise.all([starting, audit(home, wrong)]);
  expect(started.code).toBe(1);
  expect(audited.code).toBe(2);
  expect(audited.stderr).toBe(started.stderr);
  return started.stderr;
}

describe("a start that cannot succeed says why in one line, without the password", () => {
  test.each([
    ["Redis alone", { redisUrl }, "SLUICE_DATABASE_URL is not set"],
    ["a database alone", { databaseUrl }, "SLUICE_REDIS_URL is not set"],
    ["nonsense for Redis", { redisUrl: `${password}!`, databaseUrl }, "SLUICE_REDIS_URL is no"],
    [
      "nonsense for the database",
      { redisUrl, databaseUrl: `//${password}` },
      "SLUICE_DATABASE_URL is no",
    ],
    [
      "the two the other way round",
      { redisUrl: databaseUrl, databaseUrl: redisUrl },
      "SLUICE_REDIS_URL is no",
    ],
    [
      "a password for Redis that is not written as addresses are",
      { redisUrl: `redis://:${password}%zz@${nobody}`, databaseUrl },
      "SLUICE_REDIS_URL is no",
    ],
    [
      "such a password for the database",
      { redisUrl, databaseUrl: `postgres://sluice:${password}%zz@${nobody}/sluice` },
      "SLUICE_DATABASE_URL is no",
    ],
    [
      "a database that is down",
      { redisUrl, databaseUrl },
      "The database of SLUICE_DATABASE_URL does not work",
    ],
  ])(
    "%s",
    async (_, variables, reason) => {
      const line = await failedStart(variables);
      expect(line).toContain(reason);
      expect(line).toMatch(/^[^\n]+\n$/);
      expect(line).not.toContain(password);
    },
    20_000,
  );
});

describe("the audit of a shared database", () => {
  test("is clean while two demos serve it, and tells what is broken, with its rows", async () => {
    const { home, servers: shared } = await startFleet(servers.addresses());
    const variables = variablesOf(shared);
    const clean = { code: 0, stdout: "clean\n", stderr: "" };
    expect(await audit(home, variables)).toEqual(clean);
    const client = new pg.Client(shared.databaseUrl);
    await client.connect();
    await client.query(
      "UPDATE sluice.pot SET charged = charged - 7, available = available + 7 WHERE issued = 650",
    );
    await client.end();
    const { code, stdout, stderr } = await audit(home, variables);
    expect(code).toBe(1);
    expect(stdout).toContain("L1: each side of a pot is the sum of its entries");
    expect(stderr).toBe("Broken: 1 row in the database that should not be so.\n");
  }, 30_000);

  test("proves nothing about a database that no demo has served, and does not make it", async () => {
    const variables = variablesOf(servers.addresses());
    const first = await audit(newHome(), variables);
    expect(first).toMatchObject({ code: 2, stdout: "" });
    expect(first.stderr).toMatch(/^No ledger in the database of SLUICE_DATABASE_URL: .*\n$/);
    expect(await audit(newHome(), variables)).toEqual(first);
  }, 20_000);
});
