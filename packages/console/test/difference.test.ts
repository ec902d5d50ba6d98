// What differs between two records, as an operator reads it.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differencesOf } from "../src/parts/difference.ts";

describe("the difference of two records", () => {
  it("names each place that changed, came or went, and no other", () => {
    const before = {
      name: "A",
      overrides: { windows: { requests: 5 } },
      plan: "free",
      tags: ["x"],
    };
    const after = { name: "B", plan: "free", warnings: { percents: [50, 90] }, tags: ["x"] };
    expect(differencesOf(before, after)).toEqual([
      { place: "name", before: "A", after: "B" },
      { place: "overrides.windows.requests", before: 5, after: undefined },
      { place: "warnings.percents", before: undefined, after: "50, 90" },
    ]);
    expect(differencesOf(null, { id: "key_1", digests: ["d1"], old: { digest: "d2" } })).toEqual([
      { place: "id", before: undefined, after: "key_1" },
    ]);
  });

  it("is nothing for the same record, and the other way round for two that are exchanged", () => {
    const record = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(record, record, (one, other) => {
        expect(differencesOf(one, structuredClone(one))).toEqual([]);
        const places = (all: ReturnType<typeof differencesOf>) => all.map(({ place }) => place);
        expect(places(differencesOf(one, other)).toSorted()).toEqual(
          places(differencesOf(other, one)).toSorted(),
        );
        for (const { before, after } of differencesOf(one, other)) expect(before).not.toBe(after);
      }),
    );
  });
});
