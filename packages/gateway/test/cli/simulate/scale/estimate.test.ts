// The arithmetic of an estimate, beside what it stands for: a cache that is played, shares that add up, and demands that
// are refused.

import fc from "fast-check";
import { seededRandom } from "sluice/base";
import { describe, expect, it } from "vitest";
import { demandFrom } from "../../../../src/cli/simulate/scale/demand.ts";
import { type Costs, estimate } from "../../../../src/cli/simulate/scale/estimate.ts";
import { keyCacheOf } from "../../../../src/cli/simulate/scale/key-cache.ts";
import { keyGroups } from "../../../../src/cli/simulate/scale/spread-of-keys.ts";
import { measured } from "../../../../src/cli/simulate/scale/unit-costs.ts";

const COSTS = Object.fromEntries(
  Object.entries(measured).map(([name, { value }]) => [name, value]),
) as Costs;
const ALONE = { decisions: 1, commands: 1 };

const typed = (said: Record<string, unknown>) => demandFrom({ behind: [], ...said } as never);

describe("the spread of keys", () => {
  it("has all keys, and all requests, however many there are of either", () => {
    const some = fc.record({
      keys: fc.integer({ min: 1, max: 1e9 }),
      rate: fc.integer({ min: 1, max: 1e7 }),
    });
    fc.assert(
      fc.property(some, ({ keys, rate }) => {
        const groups = keyGroups(typed({ keys: `${keys}`, rate: `${rate}` }));
        const all = groups.reduce((sum, one) => sum + one.keys, 0);
        const perSecond = groups.reduce((sum, one) => sum + (one.keys * one.perMinute) / 60, 0);
        expect(all / keys).toBeCloseTo(1, 9);
        expect(perSecond / rate).toBeCloseTo(1, 4);
      }),
    );
  });
});

describe("the cache of keys", () => {
  it.each([
    ["has room for all", 10_000],
    ["has room for some", 300],
  ])("is met as often as one that is played, where it %s", (_, keyCacheMax) => {
    const demand = { ...typed({ keys: "2000", rate: "400" }), nodes: 2, keyCacheMax };
    const groups = keyGroups(demand);
    const played = playedLookUps(groups, demand);
    expect(keyCacheOf(groups, demand).lookUpPercent / played).toBeGreaterThan(0.93);
    expect(keyCacheOf(groups, demand).lookUpPercent / played).toBeLessThan(1.07);
  });

  it("is met more often where all requests of a key come to one node", () => {
    const demand = typed({});
    const groups = keyGroups(demand);
    const { lookUpPercent } = keyCacheOf(groups, { ...demand, isByKey: true });
    expect(lookUpPercent).toBeLessThan(keyCacheOf(groups, demand).lookUpPercent);
  });
});

/** One of the nodes, request by request, with the gate's rules. In percent of its requests. */
function playedLookUps(
  groups: ReturnType<typeof keyGroups>,
  { nodes, keyCacheMax }: { nodes: number; keyCacheMax: number },
): number {
  const random = seededRandom("cache");
  const due: { key: number; rate: number; atS: number }[] = [];
  const gapS = (rate: number) => -Math.log(1 - random.float()) / rate;
  for (const { keys, perMinute } of groups) {
    for (let number = 0; number < Math.round(keys); number++) {
      const rate = perMinute / 60 / nodes;
      for (let atS = gapS(rate); atS < 400; atS += gapS(rate)) {
        due.push({ key: due.length === 0 ? 0 : -1, rate, atS });
        (due.at(-1) as { key: number }).key = number + perMinute * 1e6;
      }
    }
  }
  due.sort((a, b) => a.atS - b.atS);
  const cache = new Map<number, number>();
  let [asked, lookUps] = [0, 0];
  for (const { key, atS } of due) {
    const isCounted = atS > 200;
    if (isCounted) asked++;
    if ((cache.get(key) ?? 0) > atS) continue;
    if (isCounted) lookUps++;
    cache.delete(key);
    cache.set(key, atS + 60);
    if (cache.size <= keyCacheMax) continue;
    for (const oldest of cache.keys()) {
      cache.delete(oldest);
      break;
    }
  }
  return (100 * lookUps) / asked;
}

describe("an estimate", () => {
  it("is full where the fullest part is, and needs twice as much of all for twice the requests", () => {
    const [once, twice] = ["10000", "20000"].map((rate) =>
      estimate(typed({ rate, charged: "0", "by-key": true }), COSTS, ALONE),
    );
    const nodes = (of: typeof once) => of?.loads.find(({ name }) => name === "nodes")?.cores ?? 0;
    expect(nodes(twice) / nodes(once)).toBeCloseTo(2, 9);
    const shares = once?.loads.map(({ cores, has }) => cores / has) ?? [];
    expect(once?.fullAtPerSecond).toBeCloseTo(10_000 / Math.max(...shares), 3);
    const at = shares.indexOf(Math.max(...shares));
    expect(once?.fullest).toBe(once?.loads[at]?.name);
  });

  it("keeps a row of the log for each request, as long as it is told", () => {
    const rows = (days: string) =>
      estimate(typed({ rate: "1", "log-days": days }), COSTS, ALONE).kept.find(
        ({ name }) => name === "the log",
      )?.bytes;
    expect(rows("1")).toBeCloseTo(86_400 * COSTS.logRowBytes, 3);
    expect(rows("0")).toBe(0);
  });
});

describe("what is asked", () => {
  it.each([
    [{ nodes: "0" }, '--nodes is "0": give a number from 1 to 64'],
    [{ nodes: "1.5" }, "--nodes is 1.5: give a whole number"],
    [{ rate: "many" }, '--rate is "many": give a number'],
    [{ plan: ["free"] }, '--plan "free" is no plan: write <name>='],
    [{ plan: ["free=50%:10"] }, "have 50 % of the keys: make that 100 %"],
    [{ prices: "1,2" }, '--prices "1,2" are not three'],
  ])("is refused where it cannot be meant: %j", (said, words) => {
    expect(() => typed(said)).toThrow(words);
  });
});
