// From a file to settings: found, read, made whole, and read anew.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { ConfigError, loadConfig } from "../../src/config/index.ts";
import { inNode } from "./in-node.ts";
import { changed, load, SMALL } from "./small.ts";

const home = mkdtempSync(join(tmpdir(), "sluice-config-"));
afterAll(() => rmSync(home, { recursive: true }));

let folder: string;
let count = 0;
beforeEach(() => {
  folder = join(home, String(++count));
  mkdirSync(folder);
});

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe("a configuration", () => {
  it("is found by its file or by its folder", async () => {
    const file = write("sluice.config.json", JSON.stringify(SMALL));
    expect((await loadConfig(file)).file).toBe(file);
    expect((await loadConfig(folder)).file).toBe(file);
  });

  it("is asked for where there is none", async () => {
    await expect(loadConfig(folder)).rejects.toThrow(/no configuration in it[\s\S]*sluice init/);
    const missing = loadConfig(join(folder, "none.ts"));
    await expect(missing).rejects.toThrow(ConfigError);
    await expect(missing).rejects.toThrow("there is no such file");
  });

  it("says so when it is no JSON, or exports nothing", async () => {
    write("sluice.config.json", "{");
    await expect(loadConfig(folder)).rejects.toThrow(/sluice.config.json: cannot be read: .*JSON/);
    const file = write("empty.mjs", "export const config = {};");
    await expect(loadConfig(file)).rejects.toThrow("exports nothing by default");
  });

  it("says what looking up keys may take, and how long a WebSocket past the gate may last", async () => {
    const open = [{ path: "GET /live", upgrades: "websocket", deadline: "2h" }];
    const keys = { unknownPerMinute: 30, cacheMax: 500 };
    const { settings } = await load(
      changed([
        ["keys", keys],
        ["open", open],
      ]),
    );
    expect(settings.apis[0]).toMatchObject({
      keys: { unknownKeysPerMinute: 30, keyCacheMax: 500 },
      open: [{ method: "GET", path: "/live", upgrades: "websocket", upgradedMsMax: 7_200_000 }],
    });
  });

  it("says which pages may call the API, and nothing of it where none may", async () => {
    const cors = { origins: ["https://a.dev"], exposedHeaders: ["X-Total"], maxAge: "1m" };
    const { settings } = await load(changed([["cors", cors]]));
    const { maxAge: _, ...same } = cors;
    expect(settings.apis[0]?.cors).toEqual({ ...same, maxAgeMs: 60_000 });
    expect((await load(SMALL)).settings.apis[0]?.cors).toBeUndefined();
  });

  it("is made whole with every default", async () => {
    const { settings } = await load(SMALL, "/somewhere");
    const { apis, ...rest } = settings;
    expect(rest).toEqual({
      secrets: [],
      stores: { kind: "sqlite", folder: "/somewhere/.sluice" },
      listeners: {
        public: { host: "127.0.0.1", port: 8_787 },
        internal: { host: "127.0.0.1", port: 8_788 },
      },
      bounds: {},
      trustedHops: 0,
      drain: { noticeMs: 0, answersMs: 30_000, streamsMs: 300_000 },
      warnings: { allowPrivate: false },
      admin: true,
      console: true,
      portal: undefined,
      watch: { log: "requests", metrics: true, tracesUrl: undefined },
    });
    expect(apis).toMatchObject([{ mount: "", routes: {}, open: [] }]);
    expect(apis[0]?.upstreams).toEqual({ main: { url: "http://127.0.0.1:9000/" } });
  });

  it("hands on what is written of upstreams and of the door, in their own units", async () => {
    const config = changed([
      [
        "upstreams.main",
        {
          url: "https://a",
          socket: "./api.sock",
          insecureAnyCertificate: true,
          connectionsMax: 5,
          queueMax: 0,
          connectTimeout: "1s",
          keepAlive: "2s",
          idleTimeout: "3s",
          headersSize: "4KiB",
        },
      ],
      [
        "listeners",
        {
          public: {
            headersTimeout: "1s",
            requestTimeout: "2s",
            uploadPerSecondMin: "3KiB",
            keepAlive: "4s",
            stalled: "5s",
            connectionsMax: 6,
            connectionsPerAddressMax: 7,
            headersSize: "8KiB",
            headersMax: 10,
          },
        },
      ],
    ]);
    const { settings } = await load(config, "/somewhere");
    expect(settings.apis[0]?.upstreams["main"]).toEqual({
      url: "https://a/",
      socketPath: "/somewhere/api.sock",
      insecureAnyCertificate: true,
      connectionsMax: 5,
      queueMax: 0,
      connectTimeoutMs: 1_000,
      keepAliveMs: 2_000,
      idleTimeoutMs: 3_000,
      headerBytesMax: 4_096,
    });
    expect(settings.bounds).toEqual({
      headersTimeoutMs: 1_000,
      requestTimeoutMs: 2_000,
      uploadBytesPerSecondMin: 3_072,
      keepAliveMs: 4_000,
      stalledMs: 5_000,
      connectionsMax: 6,
      connectionsPerAddressMax: 7,
      headerBytesMax: 8_192,
      headersMax: 10,
    });
  });

  it("takes secrets and addresses from the environment and from files", async () => {
    write("caller", "fedcba9876543210fedcba9876543210\n");
    write("database", "postgres://sluice:secret@db/sluice\n");
    const config = changed([
      ["upstreams.main.url", { env: "UPSTREAM" }],
      ["upstreams.search", { url: "https://b/x/", operations: ["listBrands"] }],
      [
        "stores",
        { kind: "shared", redisUrl: { env: "REDIS" }, databaseUrl: { file: "./database" } },
      ],
      [
        "secrets",
        { pepper: { env: "PEPPER" }, caller: [{ id: "a", secret: { file: "./caller" } }] },
      ],
      ["open", ["GET /health", { path: "/docs/{rest*}", upstream: "search" }]],
    ]);
    const pepper = "0123456789abcdef0123456789abcdef";
    const environment = { UPSTREAM: "http://a:1/api", REDIS: "redis://r", PEPPER: pepper };
    const { settings } = await load(config, folder, environment);
    const [served] = settings.apis;
    expect(settings.secrets).toEqual([{ id: "a", secret: "fedcba9876543210fedcba9876543210" }]);
    expect(served?.upstreams).toEqual({
      main: { url: "http://a:1/api" },
      search: { url: "https://b/x/" },
    });
    expect(served?.routes).toEqual({ listBrands: "search" });
    expect(served?.open).toEqual([
      { method: "GET", path: "/health" },
      { path: "/docs/{rest*}", upstream: "search" },
    ]);
    expect(settings.stores).toEqual({
      kind: "shared",
      redisUrl: "redis://r",
      databaseUrl: "postgres://sluice:secret@db/sluice",
      pepper: { secret: new TextEncoder().encode(pepper) },
    });
  });

  it("leaves a pepper's file to the stores, which make it", async () => {
    const config = changed([["secrets", { pepper: { file: "./pepper.json" } }]]);
    const { settings } = await load(config, folder);
    expect(settings.stores).toMatchObject({ pepper: { file: join(folder, "pepper.json") } });
  });
});

describe("a configuration in TypeScript", () => {
  const small = JSON.stringify(SMALL);

  it("is read anew with what it imports, each time, while what was read before stays as it was", async () => {
    write("limit.ts", "export const limit: number = 10;");
    write(
      "sluice.config.ts",
      `import { limit } from "./limit.ts";
       const small = ${small};
       small.contract.windows.perMinute.limit = limit;
       export default small satisfies object;`,
    );
    const said = inNode(`
      import { writeFileSync } from "node:fs";
      const first = await config.loadConfig(${JSON.stringify(folder)});
      writeFileSync(${JSON.stringify(join(folder, "limit.ts"))}, "export const limit: number = 20;");
      const second = await config.loadConfig(${JSON.stringify(folder)});
      const limitOf = (one) => one.settings.apis[0].api.wire.windows.perMinute.limit;
      print([limitOf(first), limitOf(second), config.changesBetween(first, second)]);`);
    expect(said).toEqual([10, 20, { now: ["contract.windows.perMinute"], atRestart: [] }]);
  });

  it("can name a module that makes the contract, which is found by what it exports", async () => {
    const modules = {
      "good.ts": "export const wire = api.wire; export const acme = api;",
      "chosen.ts": "export const other = { ...api }; export default api;",
      "named.ts": "export const other = { ...api }; export { api };",
      "two.ts": "export const a = api; export const b = { ...api };",
      "none.ts": "export const acme = 7;",
      "broken.ts": "throw new Error('boom');",
    };
    const make = `import { defineApi, defineWire, standard } from "sluice";
      const key = { prefixes: { live: "m_" }, alphabet: "hex", length: 24, places: [{ bearer: true }] };
      const operations = { ping: { method: "GET", path: "/ping", summary: "Pings." } };
      const api = defineApi(defineWire({ ...standard.wire, about: { title: "Made" }, basePath: "", key, plans: ["p"],
        windows: { all: { per: "key", limit: 1, windowMs: 1000 } }, operations }),
        { plans: { p: { title: "P" } }, operations: { ping: {} } }, standard.pages);\n`;
    for (const [name, text] of Object.entries(modules)) {
      // Beside a copy of the library that the module can find.
      write(name, make.replace('"sluice"', JSON.stringify(import.meta.resolve("sluice"))) + text);
    }
    const { contract: _, ...rest } = SMALL;
    const said = inNode(`
      const said = {};
      for (const name of ${JSON.stringify(Object.keys(modules))}) {
        const value = { ...${JSON.stringify(rest)}, contract: "./" + name };
        said[name] = await config.configFrom(value, ${JSON.stringify(join(folder, "sluice.config.ts"))}, {}).then(
          (one) => one.settings.apis[0].api.wire.about.title,
          (error) => error.complaints.map((c) => c.at + ": " + c.what).join(),
        );
      }
      print(said);`);
    expect(said).toEqual({
      "good.ts": "Made",
      "chosen.ts": "Made",
      "named.ts": "Made",
      "two.ts": "contract: ./two.ts exports several contracts: a, b",
      "none.ts": "contract: ./none.ts exports no contract, only acme",
      "broken.ts": "contract: ./broken.ts cannot be loaded: boom",
    });
  });
});
