// What follows from an attempt.

import fc from "fast-check";
import { seededRandom } from "sluice/base";
import { describe, expect, it } from "vitest";
import { ATTEMPT_WAITS_MS, prospectOf, RETRY_AFTER_MS_MAX } from "../../src/warnings/schedule.ts";

const random = seededRandom("schedule");
const status = fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined });

describe("an attempt", () => {
  it("that was taken ends it; 410 ends it; all else is tried again, never earlier, ten times", () => {
    const attempts = fc.integer({ min: 1, max: 12 });
    const wait = fc.option(fc.integer({ min: 0, max: 10 * RETRY_AFTER_MS_MAX }), {
      nil: undefined,
    });
    fc.assert(
      fc.property(status, attempts, wait, (answered, made, retryAfterMs) => {
        const next = prospectOf({ status: answered, retryAfterMs }, made, 1_000, random);
        if (answered !== undefined && answered >= 200 && answered < 300) {
          return void expect(next).toEqual({ state: "delivered" });
        }
        if (answered === 410) return void expect(next).toEqual({ state: "gone" });
        if (made >= ATTEMPT_WAITS_MS.length)
          return void expect(next).toEqual({ state: "given_up" });
        const waitMs = ATTEMPT_WAITS_MS[made] ?? 0;
        const toldMs = Math.min(retryAfterMs ?? 0, RETRY_AFTER_MS_MAX);
        if (next.state !== "waiting") throw new Error(`it is ${next.state}`);
        expect(next.dueMs).toBeGreaterThanOrEqual(1_000 + Math.max(waitMs, toldMs));
        expect(next.dueMs).toBeLessThanOrEqual(1_000 + Math.max(2 * waitMs + 1, toldMs));
      }),
    );
  });

  it("is spread over as long again, so that an outage does not end in a crowd", () => {
    const dues = Array.from({ length: 1_000 }, () => {
      const next = prospectOf({ status: 503, retryAfterMs: undefined }, 3, 0, random);
      return next.state === "waiting" ? next.dueMs : 0;
    });
    expect(Math.min(...dues)).toBeLessThan(125_000);
    expect(Math.max(...dues)).toBeGreaterThan(235_000);
  });
});
