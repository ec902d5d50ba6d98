// Several windows of one contract: nothing leaves that any of them would refuse, in every interleaving and in random
// traffic, whatever the headers speak of, and hardly any time is lost.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RateState } from "../../src/client/failure/hints.ts";
import { type ContractWindow, createPacing } from "../../src/client/policy/window-set.ts";
import { firstRefusal, JITTER_MS } from "./fixtures/interleavings.ts";
import {
  type Dialect,
  everyWindow,
  rateLimitDraft,
  silent,
  xRateLimit,
  xRateLimitEpoch,
} from "./fixtures/servers-headers.ts";
import { bestJointMs, type Counted, jointServer } from "./fixtures/servers-joint.ts";
import { play } from "./fixtures/servers-run.ts";

type Windows = Readonly<Record<string, Counted>>;

const declared = (windows: Windows): ContractWindow[] =>
  Object.entries(windows).map(([name, window]) => ({ name, ...window }));

const dialects = {
  "no header": silent,
  "the first window's, by no name": xRateLimit(),
  "the first window's, by its name": rateLimitDraft(),
  "every window's": everyWindow,
} satisfies Readonly<Record<string, Dialect>>;

const shapes: Readonly<Record<string, Windows>> = {
  "a burst and a longer window, both for every call": {
    burst: { limit: 2, windowMs: 500 },
    requests: { limit: 4, windowMs: 2_000 },
  },
  "one for every call, and one for films": {
    requests: { limit: 4, windowMs: 2_000 },
    films: { limit: 2, windowMs: 3_000, operations: ["film"] },
  },
  "one for films, which goes first, and one for every call": {
    films: { limit: 1, windowMs: 1_000, operations: ["film"] },
    requests: { limit: 3, windowMs: 2_000 },
  },
  "two that overlap": {
    left: { limit: 2, windowMs: 2_000, operations: ["film", "song"] },
    right: { limit: 3, windowMs: 2_000, operations: ["film", "word"] },
  },
};
const operationOf = (names: readonly string[]) => (job: number) => names[job % names.length] ?? "";
const MIX = ["film", "song", "film", "word", "word", "song"];

describe("the windows of a contract, in every interleaving of six calls", () => {
  for (const [shape, windows] of Object.entries(shapes)) {
    for (const [spoken, dialect] of Object.entries(dialects)) {
      it(`let nothing go that would be refused: ${shape}; ${spoken}`, () => {
        const example = firstRefusal(() => ({
          server: jointServer(windows),
          pacer: createPacing(declared(windows), JITTER_MS),
          dialect,
          operation: operationOf(MIX),
        }));
        expect(example).toBeUndefined();
      }, 60_000);
    }
  }

  it("fail the check when one of them is not paced", () => {
    const windows = { requests: { limit: 6, windowMs: 2_000 }, films: { limit: 1, windowMs: 900 } };
    const example = firstRefusal(() => ({
      server: jointServer(windows),
      pacer: createPacing(declared({ requests: windows.requests }), JITTER_MS),
      dialect: xRateLimit(),
    }));
    expect(example).toContain("REFUSED");
  });
});

const anyWindow = fc.record({
  limit: fc.integer({ min: 1, max: 12 }),
  windowMs: fc.constantFrom(1_000, 2_000, 10_000, 60_000),
  operations: fc.option(fc.subarray(["film", "song", "word"], { minLength: 1 }), {
    nil: undefined,
  }),
});
const anyTraffic = fc.record({
  ways: fc.array(
    fc.record({
      out: fc.integer({ min: 0, max: 100 }),
      backMs: fc.integer({ min: 0, max: 3_000 }),
      loses: fc.integer({ min: 0, max: 20 }),
    }),
    { minLength: 1, maxLength: 40 },
  ),
  jobs: fc.array(
    fc.record({
      comesMs: fc.integer({ min: 0, max: 30_000 }),
      operation: fc.constantFrom("film", "song", "word"),
    }),
    { minLength: 1, maxLength: 40 },
  ),
  jitterMs: fc.constantFrom(0, 20, 100, 700),
});

describe("the windows of a contract, in random traffic", () => {
  it("let nothing go that any of them would refuse, whatever the headers speak of", () => {
    const anyWindows = fc.tuple(
      anyWindow.map((window) => ({ ...window, operations: undefined })),
      fc.array(anyWindow, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
    );
    const anyDialect = fc.constantFrom(
      ...Object.values(dialects),
      xRateLimitEpoch(),
      rateLimitDraft(Math.floor),
    );
    fc.assert(
      fc.property(anyWindows, anyDialect, anyTraffic, ([all, more, isFirst], dialect, traffic) => {
        const list = isFirst ? [all, ...more] : [...more, all];
        const windows = Object.fromEntries(list.map((window, n) => [`w${n}`, window]));
        const { ways, jobs, jitterMs } = traffic;
        const lines: string[] = [];
        const { refusedAtMs, done } = play({
          server: jointServer(windows),
          pacers: [createPacing(declared(windows), jitterMs)],
          jobs: jobs.length,
          dialect,
          operation: (job) => jobs[job]?.operation ?? "",
          comesMs: (job) => jobs[job]?.comesMs ?? 0,
          way: (n) => {
            const { out, backMs, loses } = ways[n % ways.length] as (typeof ways)[number];
            return { outMs: 20 + (out * jitterMs) / 100, backMs, isLost: loses === 0 };
          },
          note: (line) => lines.push(line),
        });
        if (refusedAtMs.length > 0) throw new Error(lines.join("\n"));
        expect(done).toBe(jobs.length);
      }),
      { numRuns: 5_000 },
    );
  }, 60_000);
});

describe("three hundred calls", () => {
  const busy: Readonly<Record<string, readonly [Windows, readonly string[]]>> = {
    "ten a second and sixty a minute": [
      { burst: { limit: 10, windowMs: 1_000 }, requests: { limit: 60, windowMs: 60_000 } },
      ["word"],
    ],
    // Not more films than can go beside the words: who goes first of those that may is the queue's affair.
    "sixty a minute, ten of them films": [
      {
        requests: { limit: 60, windowMs: 60_000 },
        films: { limit: 10, windowMs: 60_000, operations: ["film"] },
      },
      ["word", "word", "word", "film", "word", "word", "word", "word", "word", "word"],
    ],
    "sixty a minute and a hundred an hour of songs": [
      {
        requests: { limit: 60, windowMs: 60_000 },
        songs: { limit: 100, windowMs: 3_600_000, operations: ["song"] },
      },
      ["word", "word", "song"],
    ],
  };
  for (const [name, [windows, mix]] of Object.entries(busy)) {
    it(`are done without a refusal and within a hundredth of the best: ${name}`, () => {
      const operation = operationOf(mix);
      const operations = Array.from({ length: 300 }, (_, job) => operation(job));
      for (const [spoken, dialect] of Object.entries(dialects)) {
        const { done, refusedAtMs, lastSuccessMs } = play({
          server: jointServer(windows),
          pacers: [createPacing(declared(windows))],
          jobs: 300,
          dialect,
          operation,
          way: (n) => ({ outMs: 40 + ((n * 7) % 20), backMs: 40 + ((n * 11) % 20) }),
        });
        expect(done).toBe(300);
        expect(refusedAtMs).toEqual([]);
        const reached = (lastSuccessMs - 100) / bestJointMs(jointServer(windows), operations);
        console.info(`${name} | ${spoken} | ${reached.toFixed(4)}`);
        expect(reached, spoken).toBeLessThanOrEqual(1.01);
      }
    });
  }
});

const FLIGHT_MS = 10;
const WINDOWS = {
  requests: { limit: 60, windowMs: 60_000 },
  films: { limit: 10, windowMs: 60_000, operations: ["film"] },
};
const state = (name: string, remaining: number): RateState => {
  const told = {
    limit: undefined,
    windowMs: undefined,
    resetMs: 60_000,
    resetEarlyMs: 1_000,
    resetLateMs: 1_000,
  };
  return { name, remaining, ...told };
};

/** A film that was refused, with what its headers said; then how long a word and a film wait. */
function waitsAfterRefusal(states: readonly RateState[]) {
  const pacing = createPacing(declared(WINDOWS));
  pacing.sent(0, "film").answered(FLIGHT_MS, states, { waitMs: 30_000 });
  return { word: pacing.waitMs(FLIGHT_MS, "word"), film: pacing.waitMs(FLIGHT_MS, "film") };
}

describe("a refusal that comes all the same", () => {
  it("is put down to the window that is told to be empty", () => {
    const waits = waitsAfterRefusal([state("films", 0)]);
    expect(waits).toEqual({ word: 0, film: 30_000 });
  });

  it("is put down to the windows of which nothing is told, where the others have room", () => {
    expect(waitsAfterRefusal([state("requests", 7)])).toEqual({ word: 0, film: 30_000 });
    expect(waitsAfterRefusal([state("films", 7)])).toEqual({ word: 30_000, film: 30_000 });
  });

  it("is put down to every window where the headers say nothing, or that all have room", () => {
    const both = { word: 30_000, film: 30_000 };
    expect(waitsAfterRefusal([])).toEqual(both);
    expect(waitsAfterRefusal([state("requests", 7), state("films", 7)])).toEqual(both);
  });
});

describe("a window of a million calls of which no header speaks", () => {
  it("is kept to with as little memory as one of a thousand", () => {
    const rate = { limit: 1_000_000, windowMs: 86_400_000 };
    const pacing = createPacing([{ name: "daily", ...rate }], 100);
    pacing.sent(0).answered(0, []);
    const startedMs = 1_000;
    for (let n = 0; n < rate.limit - 1; n++) {
      if (n % 1_000 === 0) expect(pacing.waitMs(startedMs)).toBe(0);
      pacing.sent(startedMs).answered(startedMs, []);
    }
    // Whatever shares a time with the last is thought to have left with it: a thousandth is lost, nothing is refused.
    const freeMs = startedMs + rate.windowMs + 100;
    expect(pacing.waitMs(startedMs + 5)).toBe(freeMs - startedMs - 5);
    expect(pacing.waitMs(freeMs)).toBe(0);
  });

  it("lets go at least a thousand less than it has, window by window", () => {
    const rate = { limit: 20_000, windowMs: 60_000 };
    const pacing = createPacing([{ name: "daily", ...rate }], 0);
    pacing.sent(0).answered(0, []);
    const sentMs: number[] = [0];
    for (let nowMs = 1; nowMs < 200_000; nowMs += 7) {
      for (let n = 0; n < 5 && pacing.waitMs(nowMs) === 0; n++) {
        pacing.sent(nowMs).answered(nowMs, []);
        sentMs.push(nowMs);
      }
    }
    const beyond = sentMs.filter((ms, n) => ms - (sentMs[n - rate.limit] ?? -Infinity) < 60_000);
    expect(beyond).toEqual([]);
    expect(sentMs.length).toBeGreaterThan(3 * 0.999 * rate.limit);
  });
});
