import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IdPlaces } from "../../src/store/memory/id-places.ts";

/** UUIDs, texts that are nearly one, and others. */
const anId = fc.oneof(
  fc.uuid(),
  fc.uuid().map((uuid) => uuid.toUpperCase()),
  fc.string(),
);

describe("places by id", () => {
  it("are found while they are given, and never two at one place, like in a map", () => {
    const steps = fc.array(fc.record({ id: anId, deletes: fc.nat(20) }), { maxLength: 80 });
    const property = fc.property(steps, (taken) => {
      const places = new IdPlaces();
      const model = new Map<string, number>();
      for (const { id, deletes } of taken) {
        expect(places.find(id)).toBe(model.get(id) ?? -1);
        if (!model.has(id)) model.set(id, places.add(id));
        const [leaving] = [...model].slice(deletes);
        if (leaving === undefined) continue;
        places.delete(leaving[1]);
        model.delete(leaving[0]);
        expect(places.find(leaving[0])).toBe(-1);
      }
      expect(new Set(model.values()).size).toBe(model.size);
      for (const [id, place] of model) {
        expect(places.find(id)).toBe(place);
        expect(places.idAt(place)).toBe(id);
      }
    });
    fc.assert(property, { numRuns: 500 });
  });

  it("grow with what is there, and no further: what is given back is given again", () => {
    const places = new IdPlaces();
    const id = (at: number) => `00000000-0000-7000-8000-${at.toString(16).padStart(12, "0")}`;
    for (let at = 0; at < 20_000; at++) {
      expect(places.add(id(at))).toBe(at < 3_000 ? at : at % 3_000);
      if (at >= 2_999) places.delete(places.find(id(at - 2_999)));
    }
    for (let at = 0; at < 20_000; at++) expect(places.find(id(at)) === -1).toBe(at < 17_001);
  });
});
