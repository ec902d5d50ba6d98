// Headers: the only place where milliseconds become seconds, and never too early.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deltaSeconds, epochSeconds, retryAfterSeconds } from "../../src/contract/index.ts";

/** Clocks tell fractions, too; quarters are exact. */
const waits = fc.oneof(
  fc.integer({ min: -100_000, max: 40 * 86_400_000 }),
  fc.integer({ min: -20, max: 100_000 }).map((quarters) => quarters / 4),
);

describe("seconds in a header", () => {
  it("are whole and never early", () => {
    fc.assert(
      fc.property(waits, (ms) => {
        for (const seconds of [retryAfterSeconds(ms), deltaSeconds(ms), epochSeconds(ms)]) {
          expect(Number.isSafeInteger(seconds)).toBe(true);
          expect(seconds * 1_000).toBeGreaterThanOrEqual(ms);
        }
      }),
    );
  });

  it("are less than a second late", () => {
    fc.assert(
      fc.property(waits, (ms) => {
        expect(retryAfterSeconds(ms) * 1_000).toBeLessThan(Math.max(ms, 1) + 1_000);
        expect(deltaSeconds(ms) * 1_000).toBeLessThan(Math.max(ms, 0) + 1_000);
        expect(epochSeconds(ms) * 1_000).toBeLessThan(ms + 1_000);
      }),
    );
  });

  it("are at least one for Retry-After, since 0 means now", () => {
    expect([-1, 0, 0.001, 1_000].map(retryAfterSeconds)).toEqual([1, 1, 1, 1]);
    expect([-1, 0, 0.001, 1_000].map(deltaSeconds)).toEqual([0, 0, 1, 1]);
  });
});
