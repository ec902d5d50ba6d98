// The decision after a failure.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/index.ts";
import { createBackoff } from "../../src/client/decide/backoff.ts";
import { decide, type Situation } from "../../src/client/decide/decide.ts";
import type { Failure } from "../../src/client/failure/failure.ts";
import { type Hints, NO_HINTS, readHints } from "../../src/client/failure/hints.ts";
import { createRetryBudget } from "../../src/client/policy/budget.ts";

const backoff = createBackoff();
const nowMs = Date.UTC(2026, 0, 1);

/** An answer of a contract, unless said otherwise. */
function failure(members: Partial<Failure> = {}, hints: Partial<Hints> = {}): Failure {
  return {
    source: "answer",
    status: 500,
    code: "internal_error",
    type: undefined,
    message: "",
    param: undefined,
    conditions: ["internal"],
    requestId: undefined,
    advice: "backoff",
    action: "wait",
    charged: "no",
    processed: "unknown",
    body: undefined,
    cause: undefined,
    ...members,
    hints: { ...NO_HINTS, ...hints },
  };
}

const throttled: Partial<Failure> = {
  status: 429,
  code: "rate_limit_exceeded",
  conditions: ["rate_limited"],
  advice: "wait",
  processed: "no",
};

function ask(one: Failure, members: Partial<Situation> = {}, seed: number | string = 1) {
  const situation: Situation = {
    attempt: 1,
    attemptsMax: 3,
    timeLeftMs: 30_000,
    waitMaxMs: 120_000,
    canRepeat: true,
    takeBudget: () => true,
    aborted: false,
    ...members,
  };
  return decide(one, situation, backoff, seededRandom(seed));
}

const told = (value: string) =>
  readHints((name) => (name === "retry-after" ? value : undefined), nowMs);

describe("what is retried", () => {
  it.each([
    [429, "rate_limit_exceeded", "wait", "wait"],
    [500, "internal_error", "backoff", "wait"],
    [503, "service_unavailable", "backoff", "wait"],
    [401, "invalid_api_key", "never", "rotate_key"],
    [402, "credits_exhausted", "never", "top_up"],
    [400, "invalid_model", "never", "fix_request"],
    [404, "resource_not_found", "never", "fix_request"],
    [403, "forbidden", "never", "contact"],
  ] as const)("%i %s: %s", (status, code, advice, action) => {
    const decision = ask(failure({ status, code, advice, action }));
    expect(decision.kind).toBe(advice === "never" ? "stop" : "wait");
    expect(decision.why[0]).toBe(`${code}: ${advice}`);
  });

  it("a call that might happen twice, only with proof that it does not", () => {
    const unsafe = { canRepeat: false };
    const foreign = { conditions: [], charged: "no" as const };
    expect(ask(failure(), unsafe).kind).toBe("wait");
    expect(ask(failure({ charged: "unknown" }), unsafe).kind).toBe("stop");
    expect(ask(failure({ charged: "unknown", processed: "no" }), unsafe).kind).toBe("wait");
    expect(ask(failure(foreign), unsafe).kind).toBe("stop");
    expect(ask(failure({ source: "stream" }), unsafe).why).toContain("might happen twice");
    expect(ask(failure({ ...foreign, source: "connection" })).kind).toBe("wait");
  });

  it("what the server vetoes never, what it asks for even against the catalogue", () => {
    const never = { status: 409, code: "conflict", advice: "never" as const };
    const asked = { shouldRetry: true };
    expect(ask(failure({}, { shouldRetry: false })).why).toContain("the server vetoes a retry");
    expect(ask(failure(never, asked)).kind).toBe("wait");
    expect(ask(failure(never, asked), { canRepeat: false }).kind).toBe("stop");
    expect(ask(failure({ ...never, processed: "no" }, asked), { canRepeat: false }).kind).toBe(
      "wait",
    );
  });

  it.each([
    { status: 402, action: "contact" as const },
    { status: 429, action: "top_up" as const },
    { status: 422, action: "top_up" as const, advice: "wait" as const },
    { status: 403, action: "upgrade" as const },
  ])("what money alone can help never, not even when the server asks: %j", (members) => {
    const decision = ask(failure({ advice: "never", ...members }, { shouldRetry: true }));
    expect(decision.why).toContain("needs payment");
  });
});

describe("how long it waits", () => {
  it.each([
    ["1", 1_000, 100],
    ["30", 30_000, 2_000],
    ["61", 61_000, 2_000],
    ["119.5", 119_500, 2_000],
    ["Thu, 01 Jan 2026 00:01:00 GMT", 60_000, 2_000],
  ])("Retry-After %s: never shorter, and a little more", (value, leastMs, spreadMs) => {
    const waits = Array.from({ length: 50 }, (_, seed) => {
      const decision = ask(failure(throttled, told(value)), { timeLeftMs: 600_000 }, seed);
      return decision.kind === "wait" ? decision.ms : Number.NaN;
    });
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(leastMs);
    expect(Math.max(...waits)).toBeLessThanOrEqual(leastMs + spreadMs);
    expect(new Set(waits).size).toBe(50);
  });

  it("Retry-After 0 names no wait, so callers still spread", () => {
    const decision = ask(failure(throttled, told("0")));
    expect(decision.kind === "wait" && decision.ms >= 20 && decision.ms < 200).toBe(true);
  });

  it("no Retry-After: backoff, of the kind that fits", () => {
    const waitOf = (one: Failure) => {
      const decision = ask(one);
      return decision.kind === "wait" ? decision.ms : 0;
    };
    expect(waitOf(failure(throttled))).toBeGreaterThanOrEqual(500);
    expect(waitOf(failure())).toBeLessThan(200);
  });

  it("Retry-After 600 fails at once with the moment to come back, whatever time is left", () => {
    const decision = ask(failure(throttled, told("600")), { timeLeftMs: 3_600_000 });
    expect(decision).toEqual({
      kind: "stop",
      retryAfterMs: 600_000,
      why: ["rate_limit_exceeded: wait", "Retry-After 600 s", "longest wait 120 s"],
    });
  });

  it("a wait past the deadline fails at once, with the moment to come back", () => {
    const decision = ask(failure(throttled, told("61")));
    expect(decision).toMatchObject({ kind: "stop", retryAfterMs: 61_000 });
    expect(decision.why).toContain("deadline in 30 s");
  });

  it("the last attempt is the last, and tells when to come back", () => {
    const decision = ask(failure(throttled, told("5")), { attempt: 3 });
    expect(decision).toMatchObject({ kind: "stop", retryAfterMs: 5_000 });
    expect(decision.why).toContain("attempt 3 of 3");
  });
});

describe("what it spends", () => {
  it("asks the budget last, once, and less where the server named the wait", () => {
    const kinds: string[] = [];
    const takeBudget = (kind: string) => kinds.push(kind) > 0;
    ask(failure(), { takeBudget });
    ask(failure(throttled, told("5")), { takeBudget });
    ask(failure(throttled, told("61")), { takeBudget });
    ask(failure({ advice: "never" }), { takeBudget });
    ask(failure(), { takeBudget, attempt: 3 });
    ask(failure(), { takeBudget, aborted: true });
    ask(failure({ charged: "unknown" }), { takeBudget, canRepeat: false });
    expect(kinds).toEqual(["transient", "told"]);
  });

  it("says why, with the numbers", () => {
    const budget = createRetryBudget();
    const told30 = failure(throttled, told("30"));
    const members = { budget, takeBudget: budget.take, timeLeftMs: 60_000 };
    expect(ask(told30, members).why).toEqual([
      "rate_limit_exceeded: wait",
      "Retry-After 30 s",
      "budget 49 of 50",
    ]);
    const spent = ask(failure(), { takeBudget: () => false });
    expect(spent.kind).toBe("stop");
    expect(spent.why).toContain("retry budget is spent");
  });

  it("never waits too short, too long or past the deadline, whatever comes", () => {
    const any = fc.record({
      advice: fc.constantFrom("never" as const, "wait" as const, "backoff" as const),
      waitMs: fc.option(fc.nat({ max: 200_000 }), { nil: undefined }),
      shouldRetry: fc.option(fc.boolean(), { nil: undefined }),
      processed: fc.constantFrom("no" as const, "unknown" as const),
      charged: fc.constantFrom("no" as const, "unknown" as const),
      attempt: fc.integer({ min: 1, max: 5 }),
      timeLeftMs: fc.integer({ min: -10, max: 300_000 }),
      canRepeat: fc.boolean(),
      aborted: fc.boolean(),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(
        any,
        ({ waitMs, shouldRetry, attempt, timeLeftMs, canRepeat, aborted, seed, ...rest }) => {
          const one = failure(rest, { waitMs, shouldRetry });
          const decision = ask(one, { attempt, timeLeftMs, canRepeat, aborted }, seed);
          if (decision.kind === "stop") {
            expect(decision.why.length).toBeGreaterThanOrEqual(2);
            return;
          }
          expect(decision.ms).toBeGreaterThanOrEqual(waitMs || 20);
          expect(decision.ms).toBeLessThan(timeLeftMs);
          expect(aborted || attempt >= 3 || shouldRetry === false).toBe(false);
          expect(rest.advice !== "never" || shouldRetry).toBe(true);
          expect(canRepeat || rest.processed === "no" || rest.charged === "no").toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
