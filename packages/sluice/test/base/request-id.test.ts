// Request ids: their form, their order whatever the clock does, and the time that they carry.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createRequestIds,
  seededRandom,
  systemClock,
  systemRandom,
  uuidTimeMs,
  VirtualClock,
} from "../../src/base/index.ts";

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("a request id", () => {
  it("is a UUIDv7 that carries the time of its making", () => {
    const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });
    fc.assert(
      fc.property(time, fc.nat(), (wallMs, seed) => {
        const id = createRequestIds(new VirtualClock(wallMs), seededRandom(seed))();
        expect(id).toMatch(form);
        expect(uuidTimeMs(id)).toBe(wallMs);
      }),
    );
  });

  it("is greater than every one before it, whatever the clock does", () => {
    const steps = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.nat(), (all, seed) => {
        const clock = new VirtualClock();
        const nextId = createRequestIds(clock, seededRandom(seed));
        let last = nextId();
        for (const step of all) {
          clock.stepWall(step);
          const id = nextId();
          expect(id > last).toBe(true);
          last = id;
        }
      }),
    );
  });

  it("keeps its order and its form through a burst that fills a millisecond's counter", () => {
    const clock = new VirtualClock();
    const nextId = createRequestIds(clock, seededRandom("burst"));
    let last = "";
    for (let count = 0; count < 20_000; count++) {
      const id = nextId();
      expect(id > last && form.test(id)).toBe(true);
      last = id;
    }
    // 20 000 ids in one millisecond: each millisecond holds at least 2048, so it ran ahead by few.
    expect((uuidTimeMs(last) ?? 0) - clock.wallMs()).toBeLessThan(10);
  });

  it("carries the true time for the first 2048 of any millisecond", () => {
    for (let seed = 0; seed < 20; seed++) {
      const clock = new VirtualClock();
      const nextId = createRequestIds(clock, seededRandom(seed));
      for (let count = 1; count < 2048; count++) nextId();
      expect(uuidTimeMs(nextId())).toBe(clock.wallMs());
    }
  });

  it("goes on from the clock once the clock has caught up", async () => {
    const clock = new VirtualClock();
    const nextId = createRequestIds(clock, seededRandom("catches up"));
    for (let count = 0; count < 10_000; count++) nextId();
    clock.stepWall(1000);
    expect(uuidTimeMs(nextId())).toBe(clock.wallMs());
  });

  it("is never given twice, by two makers of the same process either", () => {
    const makers = [1, 2].map(() => createRequestIds(systemClock, systemRandom));
    const ids = new Set<string>();
    for (let count = 0; count < 10_000; count++) for (const nextId of makers) ids.add(nextId());
    expect(ids.size).toBe(20_000);
  });

  it("draws every bit of its last 62 from the random source", () => {
    const nextId = createRequestIds(new VirtualClock(), seededRandom("bits"));
    let seenOnes = 0n;
    let seenZeros = 0n;
    for (let count = 0; count < 200; count++) {
      const tail = BigInt(`0x${nextId().slice(19).replace("-", "")}`) & (2n ** 62n - 1n);
      seenOnes |= tail;
      seenZeros |= ~tail & (2n ** 62n - 1n);
    }
    expect([seenOnes, seenZeros]).toEqual([2n ** 62n - 1n, 2n ** 62n - 1n]);
  });
});

describe("the time of a UUID", () => {
  it("is undefined for text that is not a UUIDv7", () => {
    const others = [
      "",
      "req_123",
      "9b2d4b1e-6c1f-4f6a-8f59-0242ac120002",
      "01a20006-2ac0-7739-c140-c00e72117414",
      "01a20006-2ac0-7739-8140-c00e721174145",
    ];
    for (const other of others) expect(uuidTimeMs(other)).toBeUndefined();
  });

  it("is read from the example of RFC 9562, in either case", () => {
    const example = "017F22E2-79B0-7CC3-98C4-DC0C0C07398F";
    expect(uuidTimeMs(example)).toBe(Date.UTC(2022, 1, 22, 19, 22, 22));
    expect(uuidTimeMs(example.toLowerCase())).toBe(Date.UTC(2022, 1, 22, 19, 22, 22));
  });
});
