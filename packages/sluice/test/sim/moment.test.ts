// A moment of a busy system: what is busy follows from unit costs, what is shared from how batches form, and what waits
// from both.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Moment, simulateMoment } from "../../src/sim/index.ts";

const MOMENT: Moment = {
  nodes: 4,
  requestsPerSecond: 20_000,
  lengthMs: 200,
  chargedPercent: 20,
  lookUpPercent: 10,
  node: { requestUs: 80, chargedUs: 40 },
  limits: { servers: 1, batchUs: 10, decisionUs: 5, deadlineMs: 30 },
  database: {
    ...{ cores: 8, batchUs: 200, commandUs: 20 },
    ...{ commitMs: 1, lookUpUs: 50, logRowUs: 5 },
  },
  way: { leastMs: 0.4, moreMs: 0.1 },
};

describe("a moment", () => {
  it("is the same for the same seed, and another one for another", async () => {
    const first = await simulateMoment(MOMENT, 1);
    expect(await simulateMoment(MOMENT, 1)).toEqual(first);
    expect(await simulateMoment(MOMENT, 2)).not.toEqual(first);
  });

  it("keeps nodes busy for what their requests cost, within what chance does to so few", async () => {
    const rates = fc.integer({ min: 4_000, max: 35_000 });
    await fc.assert(
      fc.asyncProperty(rates, async (requestsPerSecond) => {
        const { busy } = await simulateMoment({ ...MOMENT, requestsPerSecond }, 1);
        const wanted = (requestsPerSecond * (80 + 0.2 * 40)) / 1e6 / MOMENT.nodes;
        expect(Math.abs(busy.nodes / wanted - 1)).toBeLessThan(0.1);
      }),
      { numRuns: 8 },
    );
  });

  it("adds ways and work to a request that waits for nothing, and no less to any", async () => {
    const quiet = { ...MOMENT, requestsPerSecond: 500, lengthMs: 1_000, chargedPercent: 0 };
    const { addedMs } = await simulateMoment({ ...quiet, lookUpPercent: 0 }, 1);
    const leastMs = 0.08 + 0.4 + 0.015;
    expect(addedMs.p50).toBeGreaterThanOrEqual(leastMs);
    expect(addedMs.p50).toBeLessThan(leastMs + 0.3);
  });

  it("shares batches the more, the busier it is, and makes callers wait longer", async () => {
    const [calm, busy] = [
      await simulateMoment({ ...MOMENT, requestsPerSecond: 5_000 }, 1),
      await simulateMoment({ ...MOMENT, requestsPerSecond: 40_000 }, 1),
    ];
    expect(busy.together.decisions).toBeGreaterThan(calm.together.decisions);
    expect(busy.together.commands).toBeGreaterThan(calm.together.commands);
    expect(busy.addedMs.p99).toBeGreaterThan(calm.addedMs.p99);
  });

  it("lets nodes decide alone where the servers of the limits are full, and never before", async () => {
    const limits = { ...MOMENT.limits, decisionUs: 100 };
    const { decidedAlone } = await simulateMoment({ ...MOMENT, limits }, 1);
    expect(decidedAlone).toBeGreaterThan(100);
    expect((await simulateMoment(MOMENT, 1)).decidedAlone).toBe(0);
  });

  it("refuses what cannot be played, with the place", async () => {
    await expect(simulateMoment({ ...MOMENT, nodes: 0 }, 1)).rejects.toThrow("nodes is 0");
    const far = { ...MOMENT, lengthMs: 60_000 };
    await expect(simulateMoment(far, 1)).rejects.toThrow("requestsPerSecond is 20000");
  });
});
