import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PackedIds } from "../../src/store/memory/packed-ids.ts";

describe("packed ids", () => {
  it("give back every UUID as it was", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(9), (id, place) => {
        const ids = new PackedIds(10);
        ids.set(place, id);
        expect(ids.get(place)).toBe(id);
      }),
    );
  });

  it("give back every other text as it was, also one that is nearly a UUID", () => {
    const uuid = "01a20029-066e-7026-9b54-bad56445517b";
    const nearly = fc
      .tuple(fc.nat(35), fc.constantFrom("G", "-", "A", " ", "é", "\u{1f600}"))
      .map(([at, odd]) => uuid.slice(0, at) + odd + uuid.slice(at + 1));
    fc.assert(
      fc.property(fc.oneof(fc.string(), nearly), (text) => {
        const ids = new PackedIds(1);
        ids.set(0, text);
        expect(ids.get(0)).toBe(text);
        ids.set(0, uuid);
        expect(ids.get(0)).toBe(uuid);
      }),
    );
  });
});
