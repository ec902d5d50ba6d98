// How long to wait where the server did not say.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Random, seededRandom } from "../../src/base/index.ts";
import { createBackoff } from "../../src/client/decide/backoff.ts";

const always = (value: number): Random => ({ ...seededRandom(1), float: () => value });

describe("backoff", () => {
  it("spreads a transient failure over everything from the floor to a bound that doubles", () => {
    const backoff = createBackoff();
    const bounds = [200, 400, 800, 1_600, 3_200, 6_400, 8_000, 8_000];
    for (const [index, bound] of bounds.entries()) {
      expect(backoff.transientMs(index + 1, always(0))).toBe(20);
      expect(backoff.transientMs(index + 1, always(0.5))).toBe(bound / 2);
    }
  });

  it("never retries a throttled call in the first half, where it is certainly refused", () => {
    const backoff = createBackoff();
    const bounds = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
    for (const [index, bound] of bounds.entries()) {
      expect(backoff.throttledMs(index + 1, always(0))).toBe(bound / 2);
      expect(backoff.throttledMs(index + 1, always(0.5))).toBe(bound * 0.75);
    }
  });

  it("stays within its bounds at any attempt", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer(), (attempt, seed) => {
        const random = seededRandom(seed);
        const backoff = createBackoff();
        const transientMs = backoff.transientMs(attempt, random);
        const throttledMs = backoff.throttledMs(attempt, random);
        expect(transientMs >= 20 && transientMs < 8_000).toBe(true);
        expect(throttledMs >= 500 && throttledMs < 30_000).toBe(true);
      }),
    );
  });

  it("takes other numbers, and a floor of zero", () => {
    const backoff = createBackoff({ floorMs: 0, baseMs: 10, capMs: 15 });
    expect(backoff.transientMs(1, always(0))).toBe(0);
    expect(backoff.transientMs(9, always(0.5))).toBe(7.5);
  });

  it.each([
    [{ capMs: 100 }, "baseMs"],
    [{ floorMs: 500 }, "floorMs"],
    [{ baseMs: 0 }, "baseMs: 0"],
    [{ baseMs: Number.NaN }, "NaN"],
    [{ capMs: Number.POSITIVE_INFINITY }, "Infinity"],
    [{ throttledCapMs: 10 }, "throttled"],
    [{ caps: 10 } as object, "backoff.caps: there is no such setting"],
  ])("refuses %j where it is written", (options, words) => {
    expect(() => createBackoff(options)).toThrow(words);
  });
});
