// Prices: their three forms, and what counts as credits.

import { describe, expect, it } from "vitest";
import { atMost, fixed, isCredits, quote } from "../../src/contract/index.ts";

describe("a price", () => {
  it("is the same each time, at most so much, or asked for first", () => {
    expect(fixed(5)).toEqual({ kind: "fixed", credits: 5 });
    expect(atMost(50, { pointer: "/usage/credits" })).toEqual({
      kind: "at_most",
      credits: 50,
      actual: "/usage/credits",
      inEvents: "/usage/credits",
    });
    expect(quote("/items/{itemId}/quotes", { pointer: "/credits" })).toEqual({
      kind: "quote",
      path: "/items/{itemId}/quotes",
      credits: "/credits",
    });
  });
});

describe("what a call with a highest price really cost", () => {
  it("may stand elsewhere in an event than in a body", () => {
    expect(atMost(50, { pointer: "/usage/credits", inEvents: "/response/credits" })).toMatchObject({
      actual: "/usage/credits",
      inEvents: "/response/credits",
    });
  });

  it("stands nowhere in an answer that only starts a job", () => {
    expect(atMost(50)).toEqual({
      kind: "at_most",
      credits: 50,
      actual: undefined,
      inEvents: undefined,
    });
  });
});

describe("credits", () => {
  it("are whole numbers that add up exactly, none included", () => {
    for (const credits of [0, 1, Number.MAX_SAFE_INTEGER]) expect(isCredits(credits)).toBe(true);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, "5", null, undefined, 5n, {}])(
    "are not %s",
    (value) => {
      expect(isCredits(value)).toBe(false);
    },
  );
});
