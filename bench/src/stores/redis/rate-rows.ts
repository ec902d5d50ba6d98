// Decisions a second over one connection, each row beside Sluice in the same seconds.

import { spawn } from "node:child_process";
import { findCommand } from "@sluice-internal/test-servers/command";
import { BenchError } from "../../machine.ts";
import { atLeast, beats, counted, EMPTY, figure } from "../../results/cell.ts";
import type { Bar, Cell } from "../../results/table.ts";
import { type Row, type Run, rowFolder, type Section } from "../../section.ts";
import { interleave, type Side } from "../interleaved.ts";
import { type Decide, type Decider, PEERS, sluice } from "./deciders.ts";
import { ALONE, loadScript } from "./script-calls.ts";
import { type BenchRedis, startBenchRedis } from "./server.ts";
import { ADVERSARIAL, worstWindow } from "./worst-window.ts";

const CALLERS = 512;
const KEYS = 20_000;
/** Never reached, so that every decision takes a place, and none comes from a cache. */
const RATE = { limit: 1_000, windowMs: 60_000 };
const BENCHMARK_AIM = 0.6;

const PING: Decider = {
  name: "ioredis, PING alone",
  open: (client) => async () => (await client.ping()) === "PONG",
};

export const rateSection: Section = {
  id: "decisions",
  title: "Redis: decisions over one connection",
  columns: ["sluice/s", "other/s", "times", "worst window", "sluice's"],
  rows: [benchmarkRow(), ...[PING, ...PEERS].map(deciderRow)],
  notes: [
    `${CALLERS} callers, ${KEYS.toLocaleString("en")} keys in turn, none of them full; the server has a core of its own`,
    "redis-benchmark: one decision a call, over its 50 connections, 32 calls at once on each",
    "the two sides take turns of a quarter of a second; median (least–most) of the rounds",
    `worst window: what passed of ${ADVERSARIAL.limit} in any ${ADVERSARIAL.windowMs / 1_000} s, when a caller knows where it counts anew`,
  ],
};

function deciderRow(other: Decider): Row {
  return {
    name: other.name,
    measure: (run) =>
      withRedis(run, async (server) => {
        const [ours, theirs] = [await server.connect(), await server.connect()];
        const rounds = await interleave(
          decisions(sluice.open(ours, RATE)),
          decisions(other.open(theirs, RATE)),
          run,
          (rates, number) =>
            run.progress(`  round ${number}: ${(rates.first / rates.second).toFixed(2)} times`),
        );
        const cells = comparison(rounds, beats(other.name));
        if (other === PING) return [...cells, EMPTY, EMPTY];
        // Nothing of the speed rows is in the keys.
        await ours.flushall();
        const worst = await Promise.all([
          worstWindow(other.open(theirs, ADVERSARIAL)),
          worstWindow(sluice.open(ours, ADVERSARIAL)),
        ]);
        return [...cells, ...worst.map((passed) => counted(passed))];
      }),
  };
}

function benchmarkRow(): Row {
  return {
    name: "redis-benchmark -P 32, the same script",
    measure: (run) =>
      withRedis(run, async (server) => {
        const ours = await server.connect();
        const sha = await loadScript(ours);
        const rounds = await interleave(
          decisions(sluice.open(ours, RATE)),
          benchmark(server, ["EVALSHA", sha, ...ALONE(RATE)]),
          run,
          (rates, number) =>
            run.progress(`  round ${number}: ${(rates.first / rates.second).toFixed(2)} times`),
        );
        return [...comparison(rounds, atLeast(BENCHMARK_AIM)), EMPTY, EMPTY];
      }),
  };
}

function comparison(
  rounds: readonly { readonly first: number; readonly second: number }[],
  bar: Bar,
): readonly Cell[] {
  const times = rounds.map(({ first, second }) => first / second);
  return [
    figure(
      rounds.map(({ first }) => first),
      0,
    ),
    figure(
      rounds.map(({ second }) => second),
      0,
    ),
    figure(times, 2, bar),
  ];
}

async function withRedis<T>(run: Run, use: (server: BenchRedis) => Promise<T>): Promise<T> {
  const server = await startBenchRedis(rowFolder(run));
  try {
    return await use(server);
  } finally {
    await server.stop();
  }
}

function decisions(decide: Decide): Side {
  let at = 0;
  return {
    async run(forMs) {
      const startedMs = performance.now();
      const endMs = startedMs + forMs;
      let done = 0;
      const caller = async () => {
        while (performance.now() < endMs) {
          if (!(await decide(`key_${at++ % KEYS}`))) throw new BenchError("A request was refused");
          done++;
        }
      };
      await Promise.all(Array.from({ length: CALLERS }, caller));
      return { done, elapsedMs: performance.now() - startedMs };
    },
  };
}

const BENCHMARK = { names: ["redis-benchmark", "valkey-benchmark"], debianPackage: "redis-tools" };

/** It runs for a number of calls, so each turn has as many as the last one made in its time. */
function benchmark({ port, otherCore }: BenchRedis, command: readonly string[]): Side {
  let calls = 10_000;
  return {
    async run(forMs) {
      const load = ["-P", "32", "-n", String(calls), "-r", String(KEYS), "--csv"];
      const args = ["-p", String(port), ...load, ...command];
      const said = await output("taskset", [
        "-c",
        String(otherCore),
        findCommand(BENCHMARK),
        ...args,
      ]);
      // The name of the test is the whole command, which has commas too.
      const rate = Number(/","([\d.]+)","/.exec(said)?.[1]);
      if (!(rate > 0)) throw new BenchError(`redis-benchmark said: ${said}`);
      const done = calls;
      calls = Math.max(1_000, Math.round((rate * forMs) / 1_000));
      return { done, elapsedMs: (done * 1_000) / rate };
    },
  };
}

function output(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.on("data", (data: Buffer) => {
      text += String(data);
    });
    child.once("error", reject);
    child.once("close", () => resolve(text));
  });
}
