// What one decision costs the server: time in the script, by its own statistics, and memory a key.

import { spawnSync } from "node:child_process";
import { findCommand } from "@sluice-internal/test-servers/command";
import type { Redis } from "ioredis";
import { atMost, counted, figure, grouped, shown } from "../../results/cell.ts";
import type { Cell } from "../../results/table.ts";
import { type Row, type Run, rowFolder, type Section } from "../../section.ts";
import { ALONE, decisionsOf, loadScript } from "./script-calls.ts";
import { type BenchRedis, startBenchRedis } from "./server.ts";

const FIXED_AIM = 2;
const GCRA_AIM = 1.15;
const BATCH = 64;
const KEYS = 2_000;
const CALLS = 60_000;
const WINDOW_MS = 60_000;

/** As rate-limiter-flexible has it: SET NX, INCRBY, PTTL. */
const FIXED_LUA = `
redis.call('SET', KEYS[1], 0, 'EX', ARGV[2], 'NX')
local taken = redis.call('INCRBY', KEYS[1], ARGV[1])
return { taken, redis.call('PTTL', KEYS[1]) }`;

/** As redis-gcra has it, by the server's clock. */
const GCRA_LUA = `
local limit, period, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local interval = period / limit
local arrival = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local next = arrival + interval * cost
local allow = next - interval * limit
if now < allow then return { 0, tostring(allow - now) } end
redis.call('SET', KEYS[1], tostring(next), 'EX', math.ceil(next - now))
return { 1, tostring((now - allow) / interval) }`;

export const scriptSection: Section = {
  id: "scripts",
  title: "Redis: one decision in the server",
  columns: [
    "µs in a batch",
    "alone",
    "fixed",
    "GCRA",
    "batch/fixed",
    "batch/GCRA",
    "alone/fixed",
    "alone/GCRA",
  ],
  rows: [scriptRow("admitted", 600), scriptRow("refused", 1)],
  notes: [
    `in a batch: of ${BATCH}, as decisions of one turn of the event loop go; alone: one a call`,
    "fixed window (SET NX, INCRBY, PTTL) and GCRA: one a call, since none of them can be had otherwise",
    "µs: `usec_per_call` of INFO commandstats, the four in turn; median (least–most) of the rounds",
  ],
};

export const memorySection: Section = {
  id: "memory",
  title: "Redis: memory of a full key",
  columns: ["bytes", "a place", "held"],
  rows: [60, 600, 10_000].map(memoryRow),
  notes: [
    "MEMORY USAGE, the key's own name and Redis's record of it included; held: what the string holds, of which 24 and 8 a place are the most",
  ],
};

function scriptRow(name: string, limit: number): Row {
  return {
    name,
    measure: (run) =>
      withRedis(run, (server, client) => measureScripts(server, client, limit, run)),
  };
}

async function measureScripts(
  server: BenchRedis,
  client: Redis,
  limit: number,
  run: Run,
): Promise<readonly Cell[]> {
  const rate = { limit, windowMs: WINDOW_MS };
  const own = await loadScript(client);
  const fixed = String(await client.script("LOAD", FIXED_LUA));
  const gcra = String(await client.script("LOAD", GCRA_LUA));
  const seconds = String(WINDOW_MS / 1_000);
  const rounds: { batch: number; alone: number; fixed: number; gcra: number }[] = [];
  while (rounds.length < run.rounds) {
    await client.flushall();
    const micros = (count: number, ...words: string[]) => microsOf(server, client, words, count);
    const round = {
      alone: await micros(1, own, ...ALONE(rate)),
      fixed: await micros(1, fixed, "1", "fixed:__rand_int__", "1", seconds),
      gcra: await micros(1, gcra, "1", "gcra:__rand_int__", String(limit), seconds, "1"),
      batch: await micros(BATCH, own, ...decisionsOf(BATCH, rate)),
    };
    rounds.push(round);
    run.progress(
      `  round ${rounds.length}: ${(round.batch / round.fixed).toFixed(2)} of a fixed window`,
    );
  }
  const over = (a: "batch" | "alone", b: "fixed" | "gcra") =>
    rounds.map((round) => round[a] / round[b]);
  const of = (which: "batch" | "alone" | "fixed" | "gcra") =>
    figure(
      rounds.map((round) => round[which]),
      1,
    );
  return [
    of("batch"),
    of("alone"),
    of("fixed"),
    of("gcra"),
    figure(over("batch", "fixed"), 2, atMost(FIXED_AIM)),
    figure(over("batch", "gcra"), 2, atMost(GCRA_AIM)),
    figure(over("alone", "fixed"), 2),
    figure(over("alone", "gcra"), 2),
  ];
}

const BENCHMARK = { names: ["redis-benchmark", "valkey-benchmark"], debianPackage: "redis-tools" };

/** Of one decision, where each call makes `count`. */
async function microsOf(
  { port, otherCore }: BenchRedis,
  client: Redis,
  words: readonly string[],
  count: number,
): Promise<number> {
  await client.config("RESETSTAT");
  const calls = String(Math.ceil(CALLS / count));
  const load = ["-c", "1", "-P", "32", "-n", calls, "-r", String(KEYS), "-q", "EVALSHA"];
  const args = [
    "-c",
    String(otherCore),
    findCommand(BENCHMARK),
    "-p",
    String(port),
    ...load,
    ...words,
  ];
  spawnSync("taskset", args, { stdio: "ignore" });
  const said = await client.info("commandstats");
  return Number(/cmdstat_evalsha:[^\r]*usec_per_call=([\d.]+)/.exec(said)?.[1]) / count;
}

function memoryRow(limit: number): Row {
  return {
    name: `${limit.toLocaleString("en")} places`,
    measure: (run) =>
      withRedis(run, async (_, client) => {
        const sha = await loadScript(client);
        const key = "sluice:{7}w:requests:key_0123456789abcdef";
        const rate = { limit, windowMs: WINDOW_MS };
        for (let taken = 0; taken < limit; taken++) {
          await client.evalsha(sha, 1, key, ALONE(rate)[2] ?? "");
        }
        const bytes = Number(await client.memory("USAGE", key));
        const held = await client.strlen(key);
        const bound = 24 + 8 * limit;
        return [
          shown(grouped(bytes)),
          shown((bytes / limit).toFixed(1)),
          counted(held, 0, atMost(bound, grouped(bound))),
        ];
      }),
  };
}

async function withRedis<T>(
  run: Run,
  use: (server: BenchRedis, client: Redis) => Promise<T>,
): Promise<T> {
  const server = await startBenchRedis(rowFolder(run));
  try {
    return await use(server, await server.connect());
  } finally {
    await server.stop();
  }
}
