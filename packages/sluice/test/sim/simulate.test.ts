// A run is a function of scenario and seed; it counts what came of it; and what cannot be run is refused with its place.

import { describe, expect, it } from "vitest";
import { type Scenario, scenarioOf, shrink, simulate } from "../../src/sim/index.ts";

/** Two nodes, a few callers, nothing wrong. */
const QUIET: Scenario = {
  ...scenarioOf("quiet"),
  nodes: { count: 2, driftPpm: 0 },
  allowed: {
    windowLimit: 100,
    windowMs: 1_000,
    workLimit: 100,
    workMs: 1_000,
    slots: 5,
    credits: 1_000,
    limitsDown: "local",
  },
  work: { tookMs: { leastMs: 5, moreMs: 0 }, longPercent: 0, longMs: 0, failPercent: 0 },
  callers: [
    {
      name: "shop",
      count: 3,
      perAccount: 1,
      shape: "steady",
      perMinute: 60,
      policy: "sluice",
      makePercent: 50,
      askPercent: 0,
      leavePercent: 0,
      strangerPercent: 0,
    },
  ],
  faults: [],
  revocations: [],
  durationMs: 10_000,
  recoveryMs: 10_000,
};

describe("a run", () => {
  it("is the same for the same scenario and seed, to the digest of all that happened", async () => {
    for (const seed of [1, 2, 3]) {
      const [first, second] = [
        await simulate(scenarioOf(seed), seed),
        await simulate(scenarioOf(seed), seed),
      ];
      expect(second).toEqual(first);
      expect(first.totals.events).toBeGreaterThan(100);
    }
  });

  it("is another one for another seed", async () => {
    const digests = new Set<string>();
    for (const seed of [1, 2, 3, 4]) digests.add((await simulate(QUIET, seed)).digest);
    expect(digests.size).toBe(4);
  });

  it("answers every call where nothing is wrong, and counts credits and calls by the second", async () => {
    const { totals, intervals, intervalMs, violations } = await simulate(QUIET, 1);
    expect(violations).toEqual([]);
    expect(totals.calls).toBeGreaterThan(30);
    expect(totals.done).toBe(totals.calls);
    expect(totals.attempts).toBe(totals.calls);
    expect(totals.creditsCharged % 10).toBe(0);
    const sum = (of: (one: (typeof intervals)[number]) => number) =>
      intervals.reduce((total, one) => total + of(one), 0);
    // With one probe of each node at the end.
    expect(sum(({ done }) => done)).toBe(totals.done + QUIET.nodes.count);
    expect(sum(({ creditsCharged }) => creditsCharged)).toBe(totals.creditsCharged);
    expect(intervalMs).toBe(1_000);
  });

  it("counts without its store, and says so, while the limits hang, and not before or after", async () => {
    const fault = { kind: "hung", part: "limits", fromMs: 3_000, lengthMs: 4_000 } as const;
    const { intervals, violations } = await simulate({ ...QUIET, faults: [fault] }, 1);
    expect(violations).toEqual([]);
    const degraded = intervals.filter((one) => one.degraded > 0).map(({ fromMs }) => fromMs);
    expect(degraded.length).toBeGreaterThan(2);
    expect(Math.min(...degraded)).toBeGreaterThanOrEqual(3_000);
    expect(Math.max(...degraded)).toBeLessThanOrEqual(13_000);
  });

  it("refuses a scenario that cannot be run as it says, with the place", async () => {
    const wrong = { ...QUIET, nodes: { count: 0, driftPpm: 0 } };
    await expect(simulate(wrong, 1)).rejects.toThrow("nodes.count is 0; give 1 to 16");
    const far = { kind: "crash", node: 7, afterMessages: 0, fromMs: 0, lengthMs: 1 } as const;
    await expect(simulate({ ...QUIET, faults: [far] }, 1)).rejects.toThrow("faults[0].node is 7");
  });

  it("that breaks no law is not made smaller", async () => {
    const run = await simulate(QUIET, 1);
    expect(await shrink(run)).toEqual({ run, tries: 0 });
  });
});
