// The caller's own cap on credits.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CreditHold, createCreditBudget } from "../../src/client/policy/credits.ts";

describe("credit budget", () => {
  it("refuses what it cannot afford while others run, and affords it once they cost less", () => {
    const budget = createCreditBudget(100);
    const first = budget.reserve(60);
    expect(budget.reserve(60)).toBeUndefined();
    first?.settle(10);
    expect(budget.left).toBe(90);
    expect(budget.reserve(60)).toBeDefined();
  });

  it("settles once", () => {
    const budget = createCreditBudget(10);
    const hold = budget.reserve(5);
    hold?.settle(0);
    hold?.settle(0);
    expect(budget.left).toBe(10);
  });

  it("counts what a call cost beyond its estimate, and lets nobody pass until then", () => {
    const budget = createCreditBudget(10);
    budget.reserve(5)?.settle(12);
    expect(budget.left).toBe(-2);
    expect(budget.reserve(0)).toBeUndefined();
  });

  it("never spends more than it has, as long as nobody costs more than was set aside", () => {
    const step = fc.record({
      wanted: fc.nat({ max: 40 }),
      share: fc.float({ min: 0, max: 1, noNaN: true }),
      ends: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const budget = createCreditBudget(100);
        const open: { hold: CreditHold; wanted: number }[] = [];
        let spent = 0;
        for (const { wanted, share, ends } of steps) {
          const held = open.reduce((sum, one) => sum + one.wanted, 0);
          const hold = budget.reserve(wanted);
          expect(hold !== undefined).toBe(spent + held + wanted <= 100);
          if (hold !== undefined) open.push({ hold, wanted });
          const ended = ends ? open.shift() : undefined;
          const actual = Math.floor((ended?.wanted ?? 0) * share);
          ended?.hold.settle(actual);
          spent += actual;
          expect(budget.left).toBe(100 - spent - open.reduce((sum, one) => sum + one.wanted, 0));
        }
      }),
    );
  });

  it("takes whole credits only", () => {
    expect(() => createCreditBudget(1.5)).toThrow("1.5");
    expect(() => createCreditBudget(10).reserve(-1)).toThrow("-1");
    expect(() => createCreditBudget(10).reserve(1)?.settle(Number.NaN)).toThrow("NaN");
  });
});
