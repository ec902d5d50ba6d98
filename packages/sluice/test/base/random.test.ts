// Chance: ranges and evenness of both generators, and that a seed repeats itself.

import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { type Random, seededRandom, systemRandom } from "../../src/base/index.ts";

const generators: [string, () => Random][] = [
  ["the system's random", () => systemRandom],
  ["a seeded random", () => seededRandom("evenness")],
];

describe.each(generators)("%s", (_, create) => {
  it("gives floats of at least 0 and below 1, spread evenly", () => {
    const random = create();
    const floats = Array.from({ length: 20_000 }, () => random.float());
    for (const value of floats) expect(value >= 0 && value < 1).toBe(true);
    const mean = floats.reduce((sum, value) => sum + value, 0) / floats.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.02); // 9 standard deviations
  });

  it("gives whole numbers below any bound, up to the greatest safe one", () => {
    const random = create();
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (below) => {
        const value = random.integer(below);
        expect(Number.isSafeInteger(value) && value >= 0 && value < below).toBe(true);
      }),
    );
    expect(random.integer(1)).toBe(0);
  });

  it("gives each whole number below a bound as often as any other", () => {
    const random = create();
    const counts = [0, 0, 0];
    for (let draw = 0; draw < 30_000; draw++) {
      // Below 3 · 2^30: a remainder of 32 bits would give the first third twice as often.
      const third = Math.floor(random.integer(3 * 2 ** 30) / 2 ** 30);
      counts[third] = (counts[third] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(800);
  });

  it("uses all 53 bits for a bound above 2^32", () => {
    const random = create();
    const values = Array.from({ length: 200 }, () => random.integer(2 ** 53 - 1));
    expect(values.some((value) => value > 2 ** 52)).toBe(true);
    expect(values.some((value) => value % 2 === 1)).toBe(true);
  });

  it("refuses a bound that is not a whole number from 1", () => {
    const random = create();
    for (const bound of [0, -1, 1.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY]) {
      expect(() => random.integer(bound)).toThrow("A bound must be a whole number");
    }
  });

  it("gives as many bytes as asked for, of every value, in an array of their own", () => {
    const random = create();
    for (const length of [0, 1, 3, 4, 5, 16, 5000])
      expect(random.bytes(length)).toHaveLength(length);
    expect(new Set(random.bytes(10_000)).size).toBe(256);
    expect(random.bytes(16).buffer.byteLength).toBe(16);
  });

  it("picks every item, and refuses to pick from none", () => {
    const random = create();
    const items = ["a", "b", "c"] as const;
    const picked = new Set(Array.from({ length: 100 }, () => random.pick(items)));
    expect([...picked].sort()).toEqual([...items]);
    expect(() => random.pick([])).toThrow("Nothing to pick from");
  });
});

describe("the system's random", () => {
  it("keeps nothing in memory of what it gave out, which may be part of a key", () => {
    const asked = vi.spyOn(crypto, "getRandomValues");
    while (asked.mock.calls.length === 0) systemRandom.bytes(4);
    systemRandom.bytes(64);
    const pool = [...((asked.mock.calls.flat()[0] as Uint32Array | undefined) ?? [])];
    expect(pool.slice(0, 17)).toEqual(Array(17).fill(0));
    expect(pool.some((word) => word !== 0)).toBe(true);
    asked.mockRestore();
  });
});

describe("a seeded random", () => {
  const draw = (random: Random) => [
    random.float(),
    random.integer(1000),
    [...random.bytes(7)],
    random.pick([1, 2, 3]),
  ];

  it("gives the same values again from the same seed", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double()), (seed) => {
        expect(draw(seededRandom(seed))).toEqual(draw(seededRandom(seed)));
      }),
    );
  });

  it("takes a number and its text for one seed, so that a seed can come from anywhere", () => {
    expect(draw(seededRandom(7))).toEqual(draw(seededRandom("7")));
  });

  it("gives other values from each of many seeds", () => {
    const firsts = Array.from({ length: 5000 }, (_, seed) => seededRandom(seed).float());
    expect(new Set(firsts).size).toBe(5000);
  });

  it("stays as it is: a seed that was written down finds its run in a later version", () => {
    const random = seededRandom("sluice");
    expect(Array.from({ length: 4 }, () => random.integer(2 ** 32))).toMatchInlineSnapshot(`
      [
        16467511,
        1391487487,
        1563118625,
        3393205270,
      ]
    `);
  });
});
