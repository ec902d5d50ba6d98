// The exact window against a list that is filtered: whatever the costs, limits, lengths and clock.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExactWindow, type Rate } from "../../src/store/memory/index.ts";

/** Keeps every taking. Its clock is the latest time that it was shown. */
class ListWindow {
  #clockMs = Number.NEGATIVE_INFINITY;
  #taken: { readonly atMs: number; readonly cost: number }[] = [];

  #live(windowMs: number, atMs = this.#clockMs) {
    return this.#taken.filter((taken) => atMs - taken.atMs < windowMs);
  }

  #fits({ limit, windowMs, cost }: Rate, atMs = this.#clockMs): boolean {
    return this.#live(windowMs, atMs).reduce((sum, one) => sum + one.cost, cost) <= limit;
  }

  tryTake(rate: Rate, nowMs: number): number {
    this.#clockMs = Math.max(this.#clockMs, nowMs);
    // What a shorter window let go is gone, also for a longer one.
    this.#taken = this.#live(rate.windowMs);
    if (this.#fits(rate)) {
      this.#taken.push({ atMs: this.#clockMs, cost: rate.cost });
      return 0;
    }
    const instants = this.#taken.map(({ atMs }) => atMs + rate.windowMs);
    const passesAt = instants.find((atMs) => this.#fits(rate, atMs));
    return passesAt === undefined ? Number.POSITIVE_INFINITY : passesAt - nowMs;
  }

  state({ limit, windowMs }: Rate, nowMs: number) {
    const live = this.#live(windowMs);
    const used = live.reduce((sum, { cost }) => sum + cost, 0);
    const [oldest] = live;
    return {
      remaining: Math.max(0, limit - used),
      resetMs: oldest === undefined ? 0 : oldest.atMs + windowMs - nowMs,
    };
  }
}

const call = fc.record({
  stepMs: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 20 }) },
    { weight: 1, arbitrary: fc.integer({ min: -300, max: 300 }) },
  ),
  limit: fc.integer({ min: 0, max: 40 }),
  windowMs: fc.constantFrom(100, 100, 100, 30),
  cost: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 45 })),
});

describe("ExactWindow", () => {
  it("decides like a list that is filtered", () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 120 }), (calls) => {
        const window = new ExactWindow();
        const list = new ListWindow();
        let nowMs = 1_000;
        for (const { stepMs, ...rate } of calls) {
          nowMs += stepMs;
          expect(window.tryTake(rate, nowMs)).toBe(list.tryTake(rate, nowMs));
          expect(window.state(rate, nowMs)).toEqual(list.state(rate, nowMs));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("keeps its order when it grows with its head in the middle", () => {
    const window = new ExactWindow();
    const rate: Rate = { limit: 1_000, windowMs: 100, cost: 1 };
    for (let nowMs = 0; nowMs < 103; nowMs++) window.take(rate, nowMs);
    // Three are gone and a hundred are left; 400 more, four a millisecond later on.
    for (let at = 0; at < 400; at++) window.take(rate, 103 + at / 4);
    expect(window.state(rate, 202.75)).toEqual({ remaining: 600, resetMs: 0.25 });
    expect(window.waitMs({ ...rate, cost: 602 }, 202.75)).toBe(0.5);
    expect(window.waitMs({ ...rate, cost: 1_000 }, 202.75)).toBe(100);
  });

  it("admits 60 a minute, whatever the pace of the calls", () => {
    for (const paceMs of [1, 7, 999, 1_000, 1_001]) {
      const window = new ExactWindow();
      const rate: Rate = { limit: 60, windowMs: 60_000, cost: 1 };
      const taken: number[] = [];
      for (let nowMs = 0; nowMs < 200_000; nowMs += paceMs) {
        if (window.tryTake(rate, nowMs) === 0) taken.push(nowMs);
      }
      for (const [at, sixtyFirst] of taken.slice(60).entries()) {
        expect(sixtyFirst - (taken[at] as number)).toBeGreaterThanOrEqual(60_000);
      }
    }
  });

  it("says when nothing in it counts any more", () => {
    const window = new ExactWindow();
    const rate: Rate = { limit: 5, windowMs: 100, cost: 1 };
    expect(window.isIdle(0)).toBe(true);
    window.take(rate, 10);
    expect(window.isIdle(109)).toBe(false);
    expect(window.isIdle(110)).toBe(true);
  });
});
