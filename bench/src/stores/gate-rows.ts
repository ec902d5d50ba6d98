// What the durable stores cost a whole gate: requests per CPU-second by the paired method, both
// servers at once on one core, the stores' threads included.

import { BARE, type HttpRow } from "../http-rows.ts";
import { type PairedRow, pairedSection } from "../paired-rows.ts";
import { atLeast } from "../results/cell.ts";
import { postgresAndRedisBeside, redisBeside } from "./beside.ts";

/** The log may take a twentieth of the throughput. */
const LOG_AIM = 0.95;

/** Of bare node:http, with limits in Redis. */
const REDIS_AIM = 0.8;
/** Of bare node:http with a key check and rate-limiter-flexible on the same Redis. */
const PEER_AIM = 1.4;

const NO_LOG: HttpRow = { name: "sluice without a log", server: "gate-no-log.ts" };

const CONTROL: PairedRow = {
  name: "A/A: sluice without a log against itself",
  baseline: NO_LOG,
  server: NO_LOG.server,
};

/** One line each: add a server file to bench/servers and name it here. */
const ROWS: readonly PairedRow[] = [
  {
    name: "sqlite log : sluice without a log",
    baseline: NO_LOG,
    server: "gate-sqlite-log.ts",
    reports: true,
    bar: atLeast(LOG_AIM),
  },
  {
    name: "sqlite, all stores : node:http",
    baseline: BARE,
    server: "gate-sqlite.ts",
    reports: true,
  },
  {
    name: "sqlite, all stores, each call charged : node:http",
    isLong: true,
    baseline: BARE,
    server: "gate-sqlite-charged.ts",
    reports: true,
    credits: 1,
  },
  {
    name: "limits in Redis : node:http",
    baseline: BARE,
    server: "gate-redis.ts",
    beside: redisBeside,
    bar: atLeast(REDIS_AIM),
  },
  {
    name: "limits in Redis : rate-limiter-flexible on Redis",
    baseline: { name: "rate-limiter-flexible", server: "rate-limiter-flexible.ts" },
    server: "gate-redis.ts",
    beside: redisBeside,
    bar: atLeast(PEER_AIM),
  },
  {
    name: "limits in Redis, the rest on PostgreSQL : node:http",
    isLong: true,
    baseline: BARE,
    server: "gate-postgres-redis.ts",
    beside: postgresAndRedisBeside,
    reports: true,
  },
  {
    name: "limits in Redis, the rest on PostgreSQL, charged : node:http",
    isLong: true,
    baseline: BARE,
    server: "gate-postgres-redis.ts",
    env: { BENCH_CHARGED: "1" },
    beside: postgresAndRedisBeside,
    reports: true,
    credits: 1,
  },
];

export const gateSection = pairedSection(
  { id: "gate", title: "The gate on durable stores, on node:http" },
  CONTROL,
  ROWS,
);
