// The gate as several nodes share it: directory, ledger and log on PostgreSQL, in a database of this server's own, and
// limits in Redis. With BENCH_CHARGED each call costs a credit, reserved and settled.

import { randomUUID } from "node:crypto";
import pg from "pg";
import { createNodeListener } from "sluice/adapter/node";
import { openPostgresStores } from "sluice/store/postgres";
import { createBenchGate } from "./gate-contract.ts";
import { serveWithReport } from "./log-report.ts";
import { redisLimits } from "./redis-client.ts";

const { BENCH_POSTGRES, BENCH_CHARGED } = process.env;
if (BENCH_POSTGRES === undefined) throw new Error("BENCH_POSTGRES must say how to connect");
const address = JSON.parse(BENCH_POSTGRES);
const database = `bench_${randomUUID().replaceAll("-", "")}`;
const maker = new pg.Client(address);
await maker.connect();
await maker.query(`CREATE DATABASE ${database} TEMPLATE template0`);
await maker.end();
const pool = new pg.Pool({ ...address, database, max: 10 });
const stores = { ...(await openPostgresStores({ pool })), limits: await redisLimits() };
const gate = await createBenchGate({ stores, isCharged: BENCH_CHARGED !== undefined });
serveWithReport(createNodeListener(gate), stores.log);
