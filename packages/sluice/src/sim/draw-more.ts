// What half of the drawn scenarios have besides calls that are simply answered: streams, jobs, keys that callers choose, budgets.
// By chance of its own, so that the other half stays what it was.

import { type Random, seededRandom } from "../base/index.ts";
import type { CallerGroup, Scenario } from "./scenario.ts";

export function withMore(scenario: Scenario, seed: number | string): Scenario {
  const random = seededRandom(`${seed}, more`);
  if (random.integer(2) === 0) return scenario;
  const has = {
    streams: random.integer(2) === 0,
    jobs: random.integer(3) === 0,
    keys: random.integer(2) === 0,
    budgets: random.integer(3) === 0,
  };
  return {
    ...scenario,
    callers: scenario.callers.map((group) => moreOf(group, has, random)),
    ...(has.jobs && { jobs: drawJobs(random) }),
    ...(has.budgets && { budgets: drawBudgets(random) }),
  };
}

function moreOf(
  group: CallerGroup,
  has: { readonly streams: boolean; readonly jobs: boolean; readonly keys: boolean },
  random: Random,
): CallerGroup {
  const leftPercent = 100 - group.makePercent - group.askPercent;
  const tellPercent = has.streams ? Math.min(leftPercent, random.pick([0, 20, 40])) : 0;
  const buildPercent = has.jobs ? Math.min(leftPercent - tellPercent, random.pick([0, 20, 40])) : 0;
  return {
    ...group,
    ...(tellPercent > 0 && { tellPercent }),
    ...(buildPercent > 0 && { buildPercent }),
    ...(has.keys && {
      keyedPercent: random.pick([30, 100]),
      reusedPercent: random.pick([0, 10, 40]),
    }),
  };
}

function drawJobs(random: Random): NonNullable<Scenario["jobs"]> {
  return {
    tookMs: { leastMs: 1, moreMs: random.pick([0, 100, 1_500]) },
    failPercent: random.pick([0, 20]),
    lostPercent: random.pick([0, 0, 0, 10]),
    ageMs: random.pick([4_000, 20_000]),
  };
}

function drawBudgets(random: Random): NonNullable<Scenario["budgets"]> {
  const cap = () => 10 + random.integer(200);
  return {
    ...(random.integer(2) === 0 && { workspace: cap() }),
    ...(random.integer(2) === 0 && { project: cap() }),
    key: cap(),
  };
}
