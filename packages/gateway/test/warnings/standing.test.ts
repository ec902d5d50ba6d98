// Which percents are reached: never one too early, and the last one also where prices do not add up to the last credit.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { warningId } from "../../src/warnings/message.ts";
import { percentsReached } from "../../src/warnings/standing.ts";

const DEFAULT = [50, 75, 90, 100];

describe("the percents that are reached", () => {
  it.each([
    [0, 100, []],
    [49, 100, []],
    [50, 100, [50]],
    [95, 100, [50, 75, 90]],
    [99_999, 100_000, [50, 75, 90]],
    [100, 100, DEFAULT],
    [120, 100, DEFAULT],
    [0, 0, []],
  ] as const)("of %d of %d are %j", (used, cap, reached) => {
    expect(percentsReached({ used, cap, isShort: false }, DEFAULT)).toEqual(reached);
  });

  it("are all of them once a call is refused and nearly nothing is left, but not for a dear one", () => {
    expect(percentsReached({ used: 99, cap: 100, isShort: true }, DEFAULT)).toEqual(DEFAULT);
    expect(percentsReached({ used: 60, cap: 100, isShort: true }, DEFAULT)).toEqual([50]);
    expect(percentsReached({ used: 0, cap: 100, isShort: true }, DEFAULT)).toEqual([]);
  });

  it("are those below the exact part, whatever the numbers", () => {
    const credits = fc.integer({ min: 0, max: 1_000_000_000 });
    fc.assert(
      fc.property(
        credits,
        credits,
        fc.uniqueArray(fc.integer({ min: 1, max: 100 })),
        (a, b, list) => {
          const [used, cap] = [Math.min(a, b), Math.max(a, b)];
          const percents = list.toSorted((one, other) => one - other);
          const reached = percentsReached({ used, cap, isShort: false }, percents);
          const exact = percents.filter(
            (percent) => used > 0 && BigInt(used) * 100n >= BigInt(percent) * BigInt(cap),
          );
          expect(reached).toEqual(exact);
        },
      ),
    );
  });
});

describe("the id of a warning", () => {
  const credits = { subject: { kind: "credits" }, period: 5 } as const;
  const budget = (id: string) =>
    ({ subject: { kind: "budget", scope: "workspace", id }, period: 5 }) as const;

  it("is the same for the same, and another one for all else", () => {
    const ids = [
      warningId("a", credits, 50),
      warningId("a", credits, 75),
      warningId("b", credits, 50),
      warningId("a", { ...credits, period: 6 }, 50),
      warningId("a", budget("x"), 50),
      warningId("a", budget("y"), 50),
      warningId("ä".repeat(200), budget("x.y".repeat(60)), 50),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(warningId("a", { ...credits }, 50)).toBe(ids[0]);
    // It becomes a header, and part of what is signed.
    for (const id of ids) expect(id).toMatch(/^wrn_[0-9a-f]{32}$/);
  });
});
