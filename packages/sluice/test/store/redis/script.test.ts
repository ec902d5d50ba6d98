// R1–R4, R7: the script in a real Redis decides like an oracle that keeps every time: over costs, changing limits and lengths,
// a clock that steps both ways, the end of a 32-bit clock, batches on one key, and places that are told of later.

import { startRedis } from "@sluice-internal/test-servers/redis";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Random, seededRandom } from "../../../src/base/index.ts";
import type { Admitted, LimitRefused } from "../../../src/gate/stores.ts";
import type { Command, ShardCommand } from "../../../src/store/redis/limits/engine.ts";
import { RedisEngine } from "../../../src/store/redis/redis-engine.ts";
import { senderOf } from "../../../src/store/redis/sender.ts";
import { connectClient, type TestClient } from "./clients.ts";
import { type Rate, WindowOracle } from "./window-oracle.ts";

vi.setConfig({ testTimeout: 120_000 });

let server: Awaited<ReturnType<typeof startRedis>>;
let redis: TestClient;
beforeAll(async () => {
  server = await startRedis();
  redis = await connectClient("ioredis", server.port);
}, 120_000);
afterAll(async () => {
  redis.close();
  await server.stop();
});

let engines = 0;
const newEngine = (time: "callers" | "server" = "callers") =>
  new RedisEngine({ sender: senderOf(redis.client), prefix: `script-${engines++}`, time });
const here = (command: Command): ShardCommand => ({ shard: 7, command });
const ask = (id: string, rate: Rate, nowMs: number) =>
  here({ kind: "admit", nowMs, admission: { windows: [{ id, ...rate }], slots: [] } });

function told(answer: unknown) {
  const verdict = answer as Admitted | LimitRefused;
  return { retryAfterMs: verdict.admitted ? 0 : verdict.retryAfterMs, ...verdict.windows[0] };
}

interface Trace {
  readonly startMs: number;
  readonly steps: number;
  readonly limitMax: number;
}

/** One key, in batches of one to four calls; every answer is compared. */
async function runTrace(engine: RedisEngine, random: Random, name: string, trace: Trace) {
  const oracle = new WindowOracle();
  const lengths = [24 * 86_400_000, 60_000, random.pick([5, 100, 1_000])];
  let length = random.integer(lengths.length);
  let limit = 1 + random.integer(trace.limitMax);
  let nowMs = trace.startMs;
  for (let step = 0; step < trace.steps; step++) {
    const windowMs = lengths[length] ?? 0;
    nowMs += timeStep(random, windowMs);
    if (random.integer(15) === 0) limit = 1 + random.integer(trace.limitMax);
    if (random.integer(40) === 0) length = Math.min(length + 1, lengths.length - 1);
    const commands: ShardCommand[] = [];
    const expected: unknown[] = [];
    if (random.integer(12) === 0) {
      const places = Array.from({ length: 1 + random.integer(5) }, () => ({
        ageMs: random.integer(2 * windowMs),
        cost: 1 + random.integer(2),
      })).sort((a, b) => b.ageMs - a.ageMs);
      commands.push(here({ kind: "post", id: name, limit, windowMs, places }));
      oracle.post(places, { limit, windowMs, cost: 1 }, nowMs);
    }
    for (let call = 0; call <= random.integer(4); call++) {
      const cost = random.integer(3) === 0 ? 1 + random.integer(limit + 1) : 1;
      const rate = { limit, windowMs, cost };
      commands.push(ask(name, rate, nowMs));
      expected.push(oracle.admit(rate, nowMs));
    }
    const { answers } = await engine.run(commands, 0);
    expect(
      answers.filter((answer) => answer !== undefined).map(told),
      `${name}, step ${step} at ${nowMs - trace.startMs} ms`,
    ).toEqual(expected);
  }
}

function timeStep(random: Random, windowMs: number): number {
  const chance = random.integer(20);
  if (chance === 0) return -random.integer(windowMs);
  if (chance === 1) return random.integer(3 * windowMs);
  if (chance < 8) return 0;
  return random.integer(chance < 14 ? 5 : 1 + Math.floor(windowMs / 3));
}

async function runTraces(seed: string, traces: number, trace: Trace) {
  const engine = newEngine();
  for (let at = 0; at < traces; at++) {
    const name = `${seed} ${at}`;
    await runTrace(engine, seededRandom(name), name, trace);
  }
}

describe("the script decides like its oracle", () => {
  const startMs = 1_795_000_000_000;

  it("R1–R4: over small limits, with a clock that steps both ways", () =>
    runTraces("small", 300, { startMs, steps: 40, limitMax: 12 }));

  it("R1–R4: over rings that grow, wrap and are read in parts", () =>
    runTraces("large", 60, { startMs, steps: 150, limitMax: 400 }));

  it("R1–R4: where its 32 bits of a clock begin anew", () => {
    const turnMs = 2 ** 32 * Math.ceil(startMs / 2 ** 32);
    return runTraces("turn", 100, { startMs: turnMs - 60_000, steps: 60, limitMax: 12 });
  });
});

describe("the script by the server's clock", () => {
  it("R1: admits the limit and not one more, in real time, over two connections", async () => {
    const other = await connectClient("redis", server.port);
    const prefix = `script-${engines++}`;
    const both = [redis, other].map(
      ({ client }) => new RedisEngine({ sender: senderOf(client), prefix }),
    );
    const rate = { limit: 100, windowMs: 60_000, cost: 1 };
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, batch) => {
        const engine = both[batch % 2] as RedisEngine;
        return engine.run(
          Array.from({ length: 5 }, () => ask("shared", rate, 0)),
          0,
        );
      }),
    );
    const admitted = replies.flatMap(({ answers }) =>
      answers.filter((a) => told(a).retryAfterMs === 0),
    );
    expect(admitted).toHaveLength(100);
    other.close();
  });

  it("does nothing after the moment until which it was of use", async () => {
    const engine = newEngine("server");
    const rate = { limit: 5, windowMs: 60_000, cost: 1 };
    const { atMs } = await engine.run([ask("late", rate, 0)], 0);
    const late = await engine.run([ask("late", rate, 0)], atMs - 1);
    expect(late).toMatchObject({ done: false, answers: [] });
    const { answers } = await engine.run([ask("late", rate, 0)], atMs + 60_000);
    expect(told(answers[0])).toMatchObject({ remaining: 3 });
  });

  it("R7: takes at most 24 bytes and 8 a place, and its keys end by themselves", async () => {
    const engine = newEngine("server");
    // What any string costs in Redis, whatever it holds.
    await redis.command("SET", "empty", "");
    const empty = Number(await redis.command("MEMORY", "USAGE", "empty"));
    for (const limit of [1, 10, 60, 100, 600, 5_000]) {
      const rate = { limit, windowMs: 60_000, cost: 1 };
      const id = `r7-${limit}`;
      for (let taken = 0; taken < limit; taken += 100) {
        const calls = Array.from({ length: Math.min(100, limit - taken) }, () => ask(id, rate, 0));
        await engine.run(calls, 0);
      }
      const [key] = (await redis.command("KEYS", `*w:${id}`)) as string[];
      expect(Number(await redis.command("STRLEN", key ?? ""))).toBeLessThanOrEqual(24 + 8 * limit);
      const bytes = Number(await redis.command("MEMORY", "USAGE", key ?? ""));
      // Allocators round up: by less than a quarter.
      expect(bytes - empty).toBeLessThanOrEqual(1.25 * (24 + 8 * Math.max(16, limit)) + 64);
      const ttlMs = Number(await redis.command("PTTL", key ?? ""));
      expect(ttlMs).toBeGreaterThan(60_000);
      expect(ttlMs).toBeLessThanOrEqual(120_000);
    }
  });

  it("R4: refusals leave the key as it was", async () => {
    const engine = newEngine("server");
    const rate = { limit: 3, windowMs: 60_000, cost: 1 };
    await engine.run([ask("kept", rate, 0), ask("kept", rate, 0), ask("kept", rate, 0)], 0);
    const [key = ""] = (await redis.command("KEYS", "*w:kept")) as string[];
    const before = await redis.command("DUMP", key);
    for (let call = 0; call < 20; call++) await engine.run([ask("kept", rate, 0)], 0);
    expect(await redis.command("DUMP", key)).toEqual(before);
  });
});
