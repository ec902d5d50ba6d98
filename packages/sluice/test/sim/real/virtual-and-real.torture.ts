// Virtual time tells the truth: the same scenario and seed by `simulate`, and with gates behind sockets, a real Redis and the
// machine's own timers. What is compared is counted, or is made of timers: of what this machine takes for its work a wait has
// nothing. A play in which it was late for its timers is played again, whatever came of it; where others keep it busy, `chrt
// -r 5 npm run torture` helps.

import { type RedisServer, startRedis } from "@sluice-internal/test-servers/redis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Scenario } from "../../../src/sim/index.ts";
import { type Figures, figuresOf, type Notes } from "./notes.ts";
import { really, virtually } from "./play.ts";
import { ROUNDS, SCENARIOS } from "./scenarios.ts";

const SEED = process.env["TORTURE_SEED"] ?? "1";
/** Those of a round are played at once. */
const SEEDS_A_ROUND = 4;
const APART_MAX = 0.05;
/** A client that once waited so much longer for an answer keeps more distance from then on. */
const LATE_MS_MAX = 60;
const PLAYS_MAX = 4;

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

describe("virtual and real time agree within 5 %", () => {
  it.each(Object.entries(SCENARIOS))(
    "where there is %s",
    async (name, scenario) => {
      const virtual: Notes[] = [];
      const real: Notes[] = [];
      for (let round = 0; round < (ROUNDS[name] ?? 1); round++) {
        const seeds = seedsOf(round);
        for (const seed of seeds) virtual.push(await virtually(scenario, seed));
        real.push(...(await realOnTime(scenario, seeds)));
      }
      const all = scenario.callers.map((group) => group.name);
      const apart = [
        ...compare(name, "all", figuresOf(virtual, scenario, all), figuresOf(real, scenario, all)),
        ...all.flatMap((one) => {
          const figures = [virtual, real].map((plays) => figuresOf(plays, scenario, [one]));
          // Whose first answer came when, and who waited how long, differs too much from seed to seed among so few.
          const [first, second] = figures.map(({ recoveryMs: _, waitedMs: __, ...rest }) => rest);
          return compare(name, one, first as Part, second as Part);
        }),
      ];
      expect(apart.filter(({ by }) => by > APART_MAX)).toEqual([]);
    },
    900_000,
  );
});

type Part = Partial<Figures>;

function seedsOf(round: number): string[] {
  const first = round * SEEDS_A_ROUND + 1;
  return Array.from({ length: SEEDS_A_ROUND }, (_, at) => `${SEED}, real ${first + at}`);
}

/** All seeds at once; again, until this machine was on time. */
async function realOnTime(scenario: Scenario, seeds: readonly string[]): Promise<Notes[]> {
  const late: number[] = [];
  while (late.length < PLAYS_MAX) {
    const plays = await Promise.all(seeds.map((seed) => really(scenario, seed, redis.port)));
    const lateMs = Math.max(...plays.map((play) => play.lateMs));
    if (lateMs <= LATE_MS_MAX) return plays.map(({ notes }) => notes);
    late.push(Math.round(lateMs));
  }
  throw new Error(
    `This machine was late by ${late.join(", ")} ms: nothing can be said. Try "chrt -r 5 npm run torture".`,
  );
}

/** By how much each figure is apart; those that a scenario has nothing to do with are no numbers. */
function compare(scenario: string, who: string, virtual: Part, real: Part) {
  const names = Object.keys(virtual) as (keyof Figures)[];
  const compared = names
    .map((figure) => ({ figure, virtual: virtual[figure] ?? 0, real: real[figure] ?? 0 }))
    .filter(
      (one) => Number.isFinite(one.virtual) && Number.isFinite(one.real) && one.virtual > 1e-6,
    )
    .map((one) => ({ ...one, who, by: Math.abs(one.real / one.virtual - 1) }));
  for (const { figure, virtual: ours, real: theirs, by } of compared) {
    const values = `${ours.toFixed(2)} → ${theirs.toFixed(2)}`;
    console.log(`${scenario}; ${who}: ${figure} ${values}, ${(100 * by).toFixed(1)} % apart`);
  }
  return compared;
}
