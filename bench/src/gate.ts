// `npm run bench:gate`: what a request costs behind each key check and rate limiter, as a ratio to
// bare node:http on this machine at this moment. Higher is better; 1.00 means that it is free.

import { BARE, contender, type HttpRow, httpPlan, judgeControl, newKey } from "./http-rows.ts";
import { BenchError, describeMachine, requireMachine } from "./machine.ts";
import { type Options, runCommand } from "./options.ts";
import { type Comparison, comparePaired } from "./paired.ts";
import { comparisonTable } from "./table.ts";

const CONTROL: HttpRow = { ...BARE, name: "A/A: node:http against itself" };

/** One line each: add a server file to bench/servers and name it here. */
const ROWS: readonly HttpRow[] = [
  { name: "node:http, deferred answer", server: "raw-deferred.ts", bare: true },
  { name: "sluice, node adapter", server: "gate-node.ts" },
  { name: "sluice, fetch adapter on @hono/node-server", server: "gate-fetch.ts" },
  { name: "fetch handler that checks nothing, likewise", server: "hono-bare.ts", bare: true },
  { name: "fastify, @fastify/rate-limit", server: "fastify-rate-limit.ts" },
  { name: "express, express-rate-limit", server: "express-rate-limit.ts" },
];

async function measure(options: Options): Promise<void> {
  const wanted = ROWS.filter(({ name, server }) => options.wants(`${name} ${server}`));
  if (wanted.length === 0) {
    throw new BenchError(`No row matches. Rows: ${ROWS.map((row) => row.name).join("; ")}`);
  }
  const cores = requireMachine();
  const key = newKey();
  const plan = httpPlan(cores, key, options);
  console.log(`${describeMachine(cores)}; ${plan.rounds} rounds of ${plan.seconds} s`);
  const done: Comparison[] = [];
  try {
    for (const row of [CONTROL, ...wanted]) {
      done.push(
        await comparePaired(contender(BARE, key), contender(row, key), plan, (round, number) =>
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
  judgeControl(done[0]);
}

await runCommand({ name: "bench:gate", rowsAlways: "the A/A row always runs" }, measure);
