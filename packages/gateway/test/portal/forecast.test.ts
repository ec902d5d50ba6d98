// How long credits last: what is told, and what is not with too little to tell it from.

import fc from "fast-check";
import { DAY_MS } from "sluice/base";
import { describe, expect, it } from "vitest";
import { forecast, type SpendDay } from "../../src/portal/forecast.ts";

const todayMs = Date.UTC(2026, 10, 22);
const noonMs = todayMs + DAY_MS / 2;

/** Credits of the days before today, the last one last; every day was used. */
function spent(...credits: number[]): SpendDay[] {
  return credits.map((amount, index) => ({
    dayMs: todayMs - (credits.length - index) * DAY_MS,
    requests: 1,
    credits: amount,
  }));
}

describe("a forecast", () => {
  it("says when nothing is left at the average of whole days and today, and at the busiest day's", () => {
    const days = [
      ...spent(100, 100, 100, 100, 100, 100, 200),
      { dayMs: todayMs, requests: 9, credits: 25 },
    ];
    const told = forecast({ nowMs: noonMs, remaining: 1_100, resetAtMs: undefined, days });
    // 825 credits in seven days and a half.
    expect(told).toEqual({
      kind: "runs_out",
      basisDays: 7,
      perDay: { least: 100, likely: 110, most: 200 },
      runsOutAtMs: noonMs + 10 * DAY_MS,
      soonestAtMs: noonMs + 5.5 * DAY_MS,
      leftAtReset: undefined,
    });
  });

  it("lasts where the allowance starts anew before, and says what is left by then", () => {
    const told = forecast({
      nowMs: todayMs,
      remaining: 1_000,
      resetAtMs: todayMs + 5 * DAY_MS,
      days: spent(50, 150),
    });
    expect(told).toEqual({
      kind: "lasts",
      basisDays: 2,
      perDay: { least: 50, likely: 100, most: 150 },
      runsOutAtMs: undefined,
      soonestAtMs: undefined,
      leftAtReset: { least: 250, likely: 500, most: 750 },
    });
  });

  it("warns of the busiest day where the average lasts", () => {
    const asked = { nowMs: todayMs, remaining: 1_000, resetAtMs: todayMs + 8 * DAY_MS };
    const told = forecast({ ...asked, days: spent(0, 200) });
    expect([told.kind, told.soonestAtMs]).toEqual(["lasts", todayMs + 5 * DAY_MS]);
  });

  it("tells nothing from less than two whole days, and does not count those before the first use", () => {
    const asked = { nowMs: noonMs, remaining: 1_000, resetAtMs: undefined };
    const unused = [3, 4, 5, 6, 7].map((back) => ({
      dayMs: todayMs - back * DAY_MS,
      requests: 0,
      credits: 0,
    }));
    expect(forecast({ ...asked, days: [] })).toMatchObject({
      kind: "too_little_data",
      basisDays: 0,
    });
    const one = forecast({ ...asked, days: [...unused, ...spent(100)] });
    expect(one).toMatchObject({ kind: "too_little_data", basisDays: 1, perDay: undefined });
    const two = forecast({ ...asked, nowMs: todayMs, days: [...unused, ...spent(100, 300)] });
    expect(two).toMatchObject({ kind: "runs_out", basisDays: 2, perDay: { likely: 200 } });
  });

  it("says that nothing was spent, and that nothing is left", () => {
    const asked = { nowMs: noonMs, resetAtMs: noonMs + DAY_MS };
    expect(forecast({ ...asked, remaining: 5, days: spent(0, 0, 0) })).toMatchObject({
      kind: "idle",
      leftAtReset: { least: 5, likely: 5, most: 5 },
    });
    expect(forecast({ ...asked, remaining: 0, days: spent(9, 9) }).kind).toBe("exhausted");
    expect(forecast({ ...asked, remaining: 0, days: [] }).kind).toBe("exhausted");
  });

  it("sees a burst of today at once", () => {
    const today = { dayMs: todayMs, requests: 9, credits: 900 };
    const asked = { nowMs: noonMs, remaining: 1_000, resetAtMs: undefined };
    const told = forecast({ ...asked, days: [...spent(10, 10), today] });
    expect(told.perDay?.most).toBe(900);
    expect(told.perDay?.likely).toBe(368);
  });

  it("plans no farther than a year", () => {
    const asked = { nowMs: todayMs, remaining: 1_000_000_000, resetAtMs: undefined };
    expect(forecast({ ...asked, days: spent(1, 1) })).toMatchObject({
      kind: "lasts",
      runsOutAtMs: undefined,
      soonestAtMs: undefined,
    });
  });

  it("keeps its three rates in order, runs out sooner at the higher one, and never promises less than nothing", () => {
    const credits = fc.array(fc.nat(1_000_000), { maxLength: 8 });
    const times = fc.record({ past: fc.nat(DAY_MS - 1), reset: fc.option(fc.nat(40 * DAY_MS)) });
    fc.assert(
      fc.property(credits, fc.nat(10_000_000), times, (all, remaining, { past, reset }) => {
        const days = all.map((amount, back) => ({
          dayMs: todayMs - back * DAY_MS,
          requests: amount % 3,
          credits: amount,
        }));
        const nowMs = todayMs + past;
        const resetAtMs = reset === null ? undefined : nowMs + reset;
        const told = forecast({ nowMs, remaining, resetAtMs, days });
        const { perDay, leftAtReset, runsOutAtMs, soonestAtMs } = told;
        if (perDay) {
          expect(perDay.least).toBeLessThanOrEqual(perDay.likely);
          expect(perDay.likely).toBeLessThanOrEqual(perDay.most);
        }
        if (leftAtReset) {
          expect(leftAtReset.least).toBeGreaterThanOrEqual(0);
          expect(leftAtReset.least).toBeLessThanOrEqual(leftAtReset.likely);
          expect(leftAtReset.likely).toBeLessThanOrEqual(leftAtReset.most);
        }
        if (runsOutAtMs !== undefined) {
          expect(runsOutAtMs).toBeGreaterThanOrEqual(nowMs);
          expect(runsOutAtMs).toBeLessThan(resetAtMs ?? Number.POSITIVE_INFINITY);
          expect(soonestAtMs).toBeLessThanOrEqual(runsOutAtMs);
        }
        expect(runsOutAtMs !== undefined).toBe(told.kind === "runs_out");
      }),
    );
  });
});
