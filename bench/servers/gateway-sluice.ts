// Our gateway, opened from settings as `sluice serve` opens it. BENCH_FORM says which: an open path, which knows no key,
// no limits and no log; or a gate on the stores that BENCH_STORES names, whose calls cost a credit with BENCH_CHARGED. With
// BENCH_METRICS it counts and times what it answers, as Prometheus asks.

import { randomUUID } from "node:crypto";
import { dirname } from "node:path";
import {
  gatewayDefaults,
  type OpenedStores,
  openGateway,
  openStores,
  type StoresSettings,
} from "@sluice/gateway";
import pg from "pg";
import { systemRandom } from "sluice/base";
import { announce, benchKey } from "../src/answer.ts";
import { PATHS } from "../src/gateway/answers.ts";
import { KEEP_ALIVE_MS, UPSTREAM_CONNECTIONS, upstreamUrl } from "../src/gateway/setup.ts";
import { ACCOUNT_ID } from "./gate-contract.ts";
import { BASE_PATH, gatewayApi } from "./gateway-contract.ts";
import { createReportPage } from "./gateway-report.ts";
import { redisLimits } from "./redis-client.ts";
import { scratchFile } from "./scratch-file.ts";

const SECRET_BYTES = 32;
/** More than the idle connections of any row. */
const CONNECTIONS = 16_384;

const { BENCH_FORM, BENCH_STORES = "memory", BENCH_CHARGED, BENCH_METRICS } = process.env;
const { BENCH_POSTGRES = "" } = process.env;
const isOpen = BENCH_FORM === "open";
const secret = systemRandom.bytes(SECRET_BYTES);
const storesSettings = await settingsOf(BENCH_STORES);
const opened = await openBenchStores(storesSettings);
const reportPage = createReportPage(opened.stores.log);
const gateway = await openGateway(
  {
    ...gatewayDefaults,
    apis: [
      {
        // The contract stands aside where every path is open.
        api: gatewayApi(BENCH_CHARGED !== undefined, isOpen ? "/closed" : BASE_PATH),
        mount: "",
        upstreams: {
          main: {
            // What lies below the base path reaches an upstream without it.
            url: upstreamUrl() + (isOpen ? "" : BASE_PATH),
            connectionsMax: UPSTREAM_CONNECTIONS,
          },
        },
        routes: {},
        open: isOpen ? Object.values(PATHS).map((path) => ({ path })) : [],
      },
    ],
    secrets: [{ id: "bench", secret: Buffer.from(secret).toString("hex") }],
    stores: storesSettings,
    listeners: { public: { host: "127.0.0.1", port: 0 }, internal: undefined },
    bounds: {
      keepAliveMs: KEEP_ALIVE_MS,
      connectionsMax: CONNECTIONS,
      connectionsPerAddressMax: CONNECTIONS,
    },
    watch: { ...gatewayDefaults.watch, metrics: BENCH_METRICS !== undefined },
  },
  { opened, ...(!isOpen && { pages: reportPage }) },
);
if (!isOpen) await makeKey();
const { url } = await gateway.listen();
announce(Number(new URL(url).port));

async function settingsOf(kind: string): Promise<StoresSettings> {
  if (kind === "memory") return { kind };
  if (kind === "sqlite") return { kind, folder: dirname(scratchFile()) };
  if (kind === "shared") {
    const redisUrl = `redis://127.0.0.1:${process.env["BENCH_REDIS_PORT"]}`;
    return { kind, redisUrl, databaseUrl: await newDatabase(), pepper: { secret } };
  }
  throw new Error(`BENCH_STORES must be memory, sqlite or shared, not ${kind}`);
}

/** A server whose core is full must not take that for an outage of Redis: what passes unasked is cheap. */
async function openBenchStores(settings: StoresSettings): Promise<OpenedStores> {
  const all = await openStores(settings);
  if (settings.kind !== "shared") return all;
  return { ...all, stores: { ...all.stores, limits: await redisLimits() } };
}

/** For each process one of its own, reached by the server's socket. */
async function newDatabase(): Promise<string> {
  const address = JSON.parse(BENCH_POSTGRES);
  const database = `bench_${randomUUID().replaceAll("-", "")}`;
  const maker = new pg.Client(address);
  await maker.connect();
  await maker.query(`CREATE DATABASE ${database} TEMPLATE template0`);
  await maker.end();
  return `postgresql://${address.user}@localhost/${database}?host=${encodeURIComponent(address.host)}`;
}

async function makeKey(): Promise<void> {
  const [gate] = gateway.gates;
  if (gate === undefined) throw new Error("a gateway has a gate");
  await gateway.stores.directory.putAccount(
    { id: ACCOUNT_ID, name: "Bench", plan: "paid", subscription: "active" },
    { by: "bench", atMs: gate.clock.wallMs() },
  );
  const key = { accountId: ACCOUNT_ID, name: "bench", secret: benchKey(), by: "bench" };
  await gate.keys.create(key);
}
