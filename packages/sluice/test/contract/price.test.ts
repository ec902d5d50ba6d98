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
    });
    expect(quote("/items/{itemId}/quotes", { pointer: "/credits" })).toEqual({
      kind: "quote",
      path: "/items/{itemId}/quotes",
      credits: "/credits",
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
