// Conditions: each has a step that owns it, and those of the design are all there.

import { describe, expect, it } from "vitest";
import {
  CONDITION_NAMES,
  CONDITIONS,
  isCondition,
  STEPS,
  stepOf,
} from "../../src/contract/index.ts";

describe("a condition", () => {
  it.each([
    ["malformed_key", "identify"],
    ["rate_limited", "admit"],
    ["concurrency_limited", "admit"],
    ["plan_required", "authorise"],
    ["not_found", "validate"],
    ["method_not_allowed", "validate"],
    ["credits_exhausted", "reserve"],
    ["idempotency_key_reused", "reserve"],
    ["conflict", "run"],
    ["unavailable", "run"],
    ["one_of_an_api_alone", "run"],
    ["constructor", "run"],
  ])("belongs to the step that raises it: %s to %s", (condition, step) => {
    expect(stepOf(condition)).toBe(step);
  });

  it.each(CONDITION_NAMES)("says what it means, and when it waits what it knows: %s", (name) => {
    const { means, step, waits, facts } = CONDITIONS[name];
    expect(means).toMatch(/^[A-Z].*\.$/);
    expect(STEPS).toContain(step);
    expect(facts.includes("retryAfter")).toBe(waits);
  });

  it("is told from what every object has", () => {
    expect(isCondition("internal")).toBe(true);
    for (const name of ["constructor", "toString", "__proto__", "", "Internal"]) {
      expect(isCondition(name)).toBe(false);
    }
  });
});
