// Undo in reverse, exactly once: whatever throws, whoever leaves and however long it takes, at every step and at
// every await, a request gives back what it took, is answered once, and is charged for work that was done only.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { breachesOf, breachesOfRetry } from "./fixtures/breaches.ts";
import { FlawedRig } from "./fixtures/flawed-rig.ts";
import { FLAWS } from "./fixtures/flaws.ts";
import { useInstantDigests } from "./fixtures/instant-digests.ts";
import { SCENARIOS } from "./fixtures/scenarios.ts";
import {
  attempt,
  DISTURBANCES,
  type Disturbance,
  describeTrial,
  type Plan,
  type Scenario,
  type Trial,
} from "./fixtures/trial.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

interface Found {
  readonly trials: number;
  readonly breaches: readonly string[];
}

async function examine(trial: Trial): Promise<string[]> {
  const breaches = [...breachesOf(trial), ...(await breachesOfRetry(trial))];
  return breaches.map((breach) => `${describeTrial(trial)}: ${breach}`);
}

/** Every plan with at most so many disturbances, each at a moment that the ones before it led to. */
async function explore(scenario: Scenario, depth: number, plan: Plan): Promise<Found> {
  const trial = await attempt(scenario, plan);
  const breaches = await examine(trial);
  let trials = 1;
  if (depth > 0) {
    const first = Math.max(-1, ...plan.keys()) + 1;
    for (let index = first; index < trial.moments.length; index++) {
      for (const what of DISTURBANCES) {
        const further = new Map<number, Disturbance>([...plan, [index, what]]);
        const found = await explore(scenario, depth - 1, further);
        breaches.push(...found.breaches);
        trials += found.trials;
      }
    }
  }
  return { trials, breaches };
}

describe("a request that is disturbed", () => {
  it.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
    "%s: leaves nothing behind after one disturbance or two, wherever they happen",
    async (_, scenario) => {
      const { trials, breaches } = await explore(scenario, 2, new Map());
      expect(breaches.slice(0, 10)).toEqual([]);
      expect(trials).toBeGreaterThan(50);
    },
    60_000,
  );
});

describe("a request that took nothing", () => {
  it("gives nothing back", async () => {
    for (const code of ["rate_limited", "concurrency_limited", "credits_exhausted", "forbidden"]) {
      const flaw = FLAWS.find((one) => one.code === code);
      const rig = await FlawedRig.create("pro");
      await flaw?.prepare?.(rig);
      rig.moments.length = 0;
      expect((await rig.send(rig.sent)).code).toBe(code);
      const hadSlot = code === "credits_exhausted" || code === "forbidden";
      expect({
        code,
        given: rig.moments.filter((moment) => /^(free|release)/.test(moment)),
      }).toEqual({
        code,
        given: hadSlot ? ["free slots before", "free slots after"] : [],
      });
    }
  });
});
