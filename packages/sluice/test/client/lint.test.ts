// Couplings between settings: each rule finds its mistake, and none complains of the defaults.

import { describe, expect, it } from "vitest";
import { lintPolicies, type PolicySettings } from "../../src/client/lint/lint.ts";

const rate = { limit: 60, windowMs: 60_000 };

describe("the lint", () => {
  it("has nothing to say of the defaults, with or without the rate of a contract", () => {
    expect(lintPolicies({})).toEqual([]);
    expect(lintPolicies({ rate })).toEqual([]);
    expect(lintPolicies({ budget: false, breaker: false })).toEqual([]);
  });

  it.each<[level: string, settings: PolicySettings, words: string]>([
    [
      "error",
      { attempts: 6, deadline: { totalMs: 120_000 }, breaker: false },
      "attempts 6: more than 5",
    ],
    ["error", { attempts: 1, budget: { tokens: 100 } }, "budget: never used"],
    ["error", { attempts: 1, backoff: {}, budget: {} }, "backoff and budget: never used"],
    ["error", { deadline: { attemptMs: 40_000 } }, "attemptMs 40000 never ends an attempt"],
    ["warning", { attempts: 4 }, "totalMs 30000 has no room for 4 attempts of 10000 ms"],
    [
      "warning",
      { deadline: { totalMs: 2_500, attemptMs: 500 } },
      "totalMs 2500 is below the waits between 3 attempts, up to 3000 ms",
    ],
    ["warning", { waitMaxMs: 60_000 }, "waitMaxMs 60000 is never waited"],
    ["warning", { queue: { waitMaxMs: 60_000 } }, "queue.waitMaxMs 60000 is never waited"],
    [
      "warning",
      { budget: { tokens: 30 } },
      "30 tokens pay for 6 retries, fewer than one burst of 8",
    ],
    ["warning", { queue: { concurrencyStart: 16 } }, "fewer than one burst of 16 calls"],
    ["warning", { budget: { refill: 0 } }, "once spent it stays spent"],
    ["warning", { breaker: { windowMs: 10_000 } }, "windowMs 10000 forgets the first failure"],
    [
      "warning",
      { breaker: { minimum: 100 }, rate },
      "minimum 100 is never reached: the rate lets 30",
    ],
    [
      "warning",
      { queue: { concurrencyMax: 32 }, rate },
      "concurrencyMax 32 is never reached: 60 calls in 60000 ms, of at most 10000 ms each, are 10 at once",
    ],
  ])("finds as %s: %j", (level, settings, words) => {
    const lints = lintPolicies(settings);
    expect(lints).toHaveLength(1);
    expect(lints[0]?.level).toBe(level);
    expect(lints[0]?.message).toContain(words);
  });

  it("accepts what fits together", () => {
    const settings: PolicySettings = {
      attempts: 5,
      deadline: { totalMs: 600_000, attemptMs: 60_000 },
      waitMaxMs: 300_000,
      breaker: { windowMs: 600_000 },
      queue: { concurrencyMax: 10 },
      rate: { limit: 600, windowMs: 60_000 },
    };
    expect(lintPolicies(settings)).toEqual([]);
  });
});
