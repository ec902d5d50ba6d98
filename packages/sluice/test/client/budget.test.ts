// The retry budget, on its own and in an outage.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRetryBudget } from "../../src/client/policy/budget.ts";

describe("retry budget", () => {
  it("pays for ten retries from cold, for fifty where the server named the wait", () => {
    const transient = createRetryBudget();
    const told = createRetryBudget();
    expect(
      Array.from({ length: 20 }, () => transient.take("transient")).filter(Boolean),
    ).toHaveLength(10);
    expect(Array.from({ length: 80 }, () => told.take("told")).filter(Boolean)).toHaveLength(50);
    expect(transient.left).toBe(0);
  });

  it("gives a success its own retries back, and a first try a little more", () => {
    const budget = createRetryBudget();
    budget.take("transient");
    budget.take("told");
    budget.succeeded(6);
    expect(budget.left).toBe(50);
    budget.take("transient");
    budget.succeeded(0);
    expect(budget.left).toBe(45.5);
  });

  it("lets failing retries be a tenth of what succeeds at first, in the long run", () => {
    const budget = createRetryBudget();
    let retries = 0;
    for (let call = 0; call < 10_000; call++) {
      budget.succeeded(0);
      while (budget.take("transient")) retries++;
    }
    // The first success found the budget full.
    expect(retries).toBe(10 + 999);
  });

  it("lets 1,000 callers in a total outage send 1,010 requests, not 3,000", () => {
    const budget = createRetryBudget();
    let sent = 0;
    for (let caller = 0; caller < 1_000; caller++) {
      for (let attempt = 1; attempt <= 3; attempt++) {
        sent++;
        if (attempt === 3 || !budget.take("transient")) break;
      }
    }
    expect(sent).toBe(1_010);
  });

  it("does what its rules say, whatever happens in whatever order", () => {
    const step = fc.oneof(
      fc.constantFrom("transient" as const, "told" as const),
      fc.nat({ max: 15 }),
    );
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const budget = createRetryBudget({ tokens: 20, cost: 4, toldCost: 3, refill: 1 });
        let left = 20;
        for (const one of steps) {
          if (typeof one === "number") {
            budget.succeeded(one);
            left = Math.min(20, left + (one === 0 ? 1 : one));
          } else {
            const cost = one === "told" ? 3 : 4;
            expect(budget.take(one)).toBe(left >= cost);
            if (left >= cost) left -= cost;
          }
          expect(budget.left).toBe(left);
        }
      }),
    );
  });

  it("refuses numbers with which it would do nothing", () => {
    expect(() => createRetryBudget({ cost: 60 })).toThrow("tokens");
    expect(() => createRetryBudget({ cost: 0 })).toThrow("cost");
    expect(createRetryBudget({ refill: 0 }).tokens).toBe(50);
  });
});
