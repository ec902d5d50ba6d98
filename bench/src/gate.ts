// `npm run bench:gate`: what a request costs behind each key check and rate limiter, as a ratio to
// bare node:http on this machine at this moment. Higher is better; 1.00 means that it is free.

import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ITEMS, ITEMS_PATH } from "./answer.ts";
import { BenchError, describeMachine, requireMachine } from "./machine.ts";
import { type Comparison, type Contender, comparePaired, median, type Plan } from "./paired.ts";
import { comparisonTable } from "./table.ts";

interface Row {
  readonly name: string;
  /** A file of bench/servers. */
  readonly server: string;
  /** A bare server answers anybody; every other one must refuse an unknown key. */
  readonly bare?: true;
}

const BASELINE: Row = { name: "node:http", server: "raw.ts", bare: true };
const CONTROL: Row = { ...BASELINE, name: "A/A: node:http against itself" };

/** One line each: add a server file to bench/servers and name it here. */
const ROWS: readonly Row[] = [
  { name: "node:http, deferred answer", server: "raw-deferred.ts", bare: true },
  { name: "sluice, node adapter", server: "gate-node.ts" },
  { name: "sluice, fetch adapter on @hono/node-server", server: "gate-fetch.ts" },
  { name: "fetch handler that checks nothing, likewise", server: "hono-bare.ts", bare: true },
  { name: "fastify, @fastify/rate-limit", server: "fastify-rate-limit.ts" },
  { name: "express, express-rate-limit", server: "express-rate-limit.ts" },
];

/** How far from 1.00 the A/A row may lie before the other rows stop meaning anything. */
const CONTROL_TOLERANCE = 0.05;

const USAGE = `npm run bench:gate -- [options]
  --rounds N    rounds for each row (default 3; fewer is a smoke test, not a measurement)
  --seconds N   length of one round in seconds (default 5)
  --only TEXT   only rows whose name or file contains TEXT, repeatable (the A/A row always runs)`;

interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly rows: readonly Row[];
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "3" },
      seconds: { type: "string", default: "5" },
      only: { type: "string", multiple: true, default: [] },
    },
  });
  const wanted = ({ name, server }: Row) =>
    values.only.length === 0 || values.only.some((text) => `${name} ${server}`.includes(text));
  const rows = ROWS.filter(wanted);
  if (rows.length === 0) {
    throw new BenchError(`No row matches. Rows: ${ROWS.map((row) => row.name).join("; ")}`);
  }
  return {
    rounds: positive("--rounds", values.rounds),
    seconds: positive("--seconds", values.seconds),
    rows: [CONTROL, ...rows],
  };
}

function positive(flag: string, value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value)) {
    throw new BenchError(`${flag} must be a whole number from 1 to 9999, not ${value}\n${USAGE}`);
  }
  return Number(value);
}

function contender(row: Row, key: string): Contender {
  return {
    name: row.name,
    file: fileURLToPath(new URL(`../servers/${row.server}`, import.meta.url)),
    env: { BENCH_KEY: key },
    check: (origin) => checkAnswers(row, origin, key),
  };
}

/** A server that forgets the check or answers less would win: look before measuring. */
async function checkAnswers(row: Row, origin: string, key: string): Promise<void> {
  const ask = (apiKey: string) =>
    fetch(origin + ITEMS_PATH, { headers: { "x-api-key": apiKey } }).catch((error) => {
      throw new BenchError(`${row.name}: no answer (${error.cause ?? error})`);
    });
  const known = await ask(key);
  const body = await known.text();
  if (known.status !== 200 || body !== JSON.stringify(ITEMS)) {
    throw new BenchError(`${row.name}: expected 200 and the items, got ${known.status} ${body}`);
  }
  if (row.bare) return;
  const unknown = await ask(`bench_live_${"0".repeat(32)}`);
  await unknown.body?.cancel();
  if (unknown.status !== 401) {
    throw new BenchError(`${row.name}: expected 401 for an unknown key, got ${unknown.status}`);
  }
}

async function measure(options: Options): Promise<void> {
  const cores = requireMachine();
  const key = `bench_live_${randomBytes(16).toString("hex")}`;
  const plan: Plan = {
    cores,
    load: { path: ITEMS_PATH, headers: { "x-api-key": key }, connections: 32 },
    rounds: options.rounds,
    seconds: options.seconds,
    warmUpSeconds: 2,
  };
  console.log(`${describeMachine(cores)}; ${plan.rounds} rounds of ${plan.seconds} s`);
  const done: Comparison[] = [];
  try {
    for (const row of options.rows) {
      done.push(
        await comparePaired(contender(BASELINE, key), contender(row, key), plan, (round, number) =>
          console.error(
            `  ${row.name}, round ${number}: ${round.ratio.toFixed(3)}` +
              ` (server core ${(round.busy * 100).toFixed(0)} % busy,` +
              ` p99 ${round.candidate.p99Milliseconds.toFixed(1)} ms)`,
          ),
        ),
      );
    }
  } finally {
    if (done.length > 0) console.log(`\n${comparisonTable(done)}\n`);
  }
  console.log(
    "ratio: requests per CPU-second, as a multiple of bare node:http in the same seconds",
  );
  judgeControl(done[0], options.rounds);
}

function judgeControl(control: Comparison | undefined, rounds: number): void {
  const ratio = median(control?.rounds.map((round) => round.ratio) ?? []);
  if (Math.abs(ratio - 1) <= CONTROL_TOLERANCE) return;
  if (rounds < 3) {
    console.log(`Fewer than 3 rounds: a smoke test (the A/A row reads ${ratio.toFixed(2)}).`);
    return;
  }
  throw new BenchError(
    `The A/A row reads ${ratio.toFixed(2)} where 1.00 is due: the machine is too restless, ` +
      "so do not quote this table.",
  );
}

try {
  await measure(readOptions());
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const misused = "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  if (!(error instanceof BenchError) && !misused) throw error;
  console.error(`\nbench:gate FAILED: ${error.message}${misused ? `\n${USAGE}` : ""}`);
  process.exit(1);
}
