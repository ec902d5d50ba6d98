// What the durable stores cost a whole gate: requests per CPU-second by the paired method, both
// servers at once on one core, the stores' threads included.

import { BARE, type HttpRow } from "../http-rows.ts";
import { type PairedRow, pairedSection } from "../paired-rows.ts";

/** The log may take a twentieth of the throughput. */
const LOG_AIM = 0.95;

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
    aim: LOG_AIM,
  },
  {
    name: "sqlite, all stores : node:http",
    baseline: BARE,
    server: "gate-sqlite.ts",
    reports: true,
  },
  {
    name: "sqlite, all stores, each call charged : node:http",
    baseline: BARE,
    server: "gate-sqlite-charged.ts",
    reports: true,
    credits: 1,
  },
];

export const gateSection = pairedSection("The gate on durable stores, on node:http", CONTROL, ROWS);
