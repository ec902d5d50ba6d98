// What the pacer does in the situations that have names: overtaking, plan changes, strangers on the key, no headers.

import { describe, expect, it } from "vitest";
import type { RateState } from "../../src/client/failure/hints.ts";
import { createPacer, type Flight, type Pacer } from "../../src/client/policy/pacer.ts";
import { fixedServer, slidingServer } from "./fixtures/servers.ts";
import { rateLimitDraft, silent, xRateLimit, xRateLimitEpoch } from "./fixtures/servers-headers.ts";
import { play } from "./fixtures/servers-run.ts";

const rate = { limit: 60, windowMs: 60_000 };
const way = (n: number) => ({ outMs: 40 + ((n * 7) % 20), backMs: 40 + ((n * 11) % 20) });

const state = (remaining: number, limit = 3): RateState[] => [
  {
    limit,
    remaining,
    resetMs: 60_000,
    resetEarlyMs: 1_000,
    resetLateMs: 1_000,
    windowMs: undefined,
  },
];

/** How many may leave at once. */
function leaveAll(pacer: Pacer, nowMs: number): Flight[] {
  const flights: Flight[] = [];
  while (flights.length < 100 && pacer.waitMs(nowMs) === 0) flights.push(pacer.sent(nowMs));
  return flights;
}

describe("before anything is known", () => {
  it("one call leaves, the next with its answer, or after a second without", () => {
    const pacer = createPacer();
    expect(leaveAll(pacer, 0)).toHaveLength(1);
    expect(pacer.waitMs(0)).toBe(1_000);
    expect(leaveAll(pacer, 1_000)).toHaveLength(1);
  });

  it("a tenth of the limit leaves where a contract tells it", () => {
    expect(leaveAll(createPacer({ window: { windowMs: 60_000, limit: 40 } }), 0)).toHaveLength(4);
  });
});

describe("answers that overtake each other", () => {
  it("do not set free what a call still on its way may take", () => {
    const pacer = createPacer();
    const [first] = leaveAll(pacer, 0);
    const [second] = leaveAll(pacer, 1_000);
    second?.answered(1_050, state(2));
    // The first may have yet to arrive: of the two that are left, one is its.
    expect(leaveAll(pacer, 1_050)).toHaveLength(1);
    first?.answered(1_100, state(1));
    expect(leaveAll(pacer, 1_100)).toHaveLength(0);
  });

  it("do not bring back what newer answers took", () => {
    const pacer = createPacer();
    const [first] = leaveAll(pacer, 0);
    first?.answered(10, state(2));
    const [second, third] = leaveAll(pacer, 10);
    third?.answered(20, state(0));
    second?.answered(5_000, state(1));
    expect(leaveAll(pacer, 5_000)).toHaveLength(0);
  });
});

describe("a server that says nothing", () => {
  it("is never waited for unless it refuses", () => {
    const pacer = createPacer();
    leaveAll(pacer, 0)[0]?.answered(10, []);
    expect(leaveAll(pacer, 10)).toHaveLength(100);
  });

  it("is asked by one call after a refusal, then by more and more", () => {
    const pacer = createPacer();
    leaveAll(pacer, 0)[0]?.answered(10, []);
    const [refused, ...others] = leaveAll(pacer, 10);
    refused?.answered(20, [], { waitMs: 5_000 });
    for (const other of others) other.answered(30, []);
    expect(pacer.waitMs(20)).toBe(5_000);
    expect(leaveAll(pacer, 5_019)).toHaveLength(0);
    const probes = leaveAll(pacer, 5_020);
    expect(probes).toHaveLength(1);
    probes[0]?.answered(5_030, []);
    expect(leaveAll(pacer, 5_030)).toHaveLength(2);
  });

  it("is waited for longer with each refusal that names no wait", () => {
    const pacer = createPacer();
    let nowMs = 0;
    for (const expected of [1_000, 2_000, 4_000, 8_000]) {
      leaveAll(pacer, nowMs)[0]?.answered(nowMs, [], { waitMs: undefined });
      expect(pacer.waitMs(nowMs)).toBe(expected);
      nowMs += expected;
    }
  });

  it("gets all jobs done in the end", () => {
    const outcome = play({
      server: slidingServer(rate),
      pacers: [createPacer()],
      jobs: 200,
      dialect: silent,
      way,
    });
    expect(outcome.done).toBe(200);
  });
});

describe("calls without an answer", () => {
  it("are counted as if they had arrived", () => {
    const pacer = createPacer();
    leaveAll(pacer, 0)[0]?.answered(10, state(2));
    const flights = leaveAll(pacer, 10);
    expect(flights).toHaveLength(2);
    for (const flight of flights) flight.lost(500);
    expect(leaveAll(pacer, 2_000)).toHaveLength(0);
    expect(pacer.belief.inFlight).toBe(0);
  });

  it("never stop the pacer for good, not even the very first ones", () => {
    const pacer = createPacer({ window: { windowMs: 60_000, limit: 10 } });
    let nowMs = 0;
    for (let n = 0; n < 5; n++) {
      nowMs += pacer.waitMs(nowMs);
      expect(pacer.waitMs(nowMs)).toBe(0);
      pacer.sent(nowMs).lost(nowMs + 10);
    }
    expect(nowMs).toBeLessThanOrEqual(10_000);
  });
});

describe("a refusal that comes all the same", () => {
  it("is obeyed, then one call asks", () => {
    const pacer = createPacer({ window: { windowMs: 60_000, limit: 60 } });
    const [first, ...others] = leaveAll(pacer, 0);
    first?.answered(50, state(0, 60), { waitMs: 30_000 });
    for (const other of others) other.answered(60, state(9, 60));
    expect(pacer.waitMs(50)).toBe(30_000);
    expect(leaveAll(pacer, 30_049)).toHaveLength(0);
    expect(leaveAll(pacer, 30_050)).toHaveLength(1);
  });

  it("stays rare when two processes share a key", () => {
    for (const make of [() => slidingServer(rate), () => fixedServer(rate, 20_000)]) {
      for (const window of [undefined, rate]) {
        const pacers = [0, 1].map(() => createPacer(window === undefined ? {} : { window }));
        const outcome = play({ server: make(), pacers, jobs: 300, dialect: rateLimitDraft(), way });
        expect(outcome.done).toBe(300);
        console.info(
          `two processes: ${outcome.refusedAtMs.length} refusals, ${outcome.lastSuccessMs} ms`,
        );
        expect(outcome.refusedAtMs.length).toBeLessThanOrEqual(130);
        expect(outcome.lastSuccessMs).toBeLessThanOrEqual(600_000);
      }
    }
  });

  it("is rare and forgotten when the limit is halved in the midst", () => {
    for (const window of [undefined, rate]) {
      const server = slidingServer(rate);
      const outcome = play({
        server,
        pacers: [createPacer(window === undefined ? {} : { window })],
        jobs: 300,
        dialect: rateLimitDraft(),
        way,
        during: [{ atMs: 90_000, act: () => server.setLimit(30) }],
      });
      expect(outcome.done).toBe(300);
      // Who knows its window sends the whole of it at once: what the old limit had more is refused, once.
      expect(outcome.refusedAtMs.length).toBeLessThanOrEqual(window === undefined ? 2 : 30);
      expect(outcome.lastSuccessMs).toBeLessThanOrEqual(500_000);
    }
  });
});

describe("a server whose clock is half a minute off", () => {
  it("refuses nothing all the same: its instants are read by its own clock", () => {
    for (const skewMs of [-30_000, 30_000]) {
      const outcome = play({
        server: fixedServer(rate, 20_000),
        pacers: [createPacer()],
        jobs: 200,
        dialect: xRateLimitEpoch(),
        way,
        skewMs,
      });
      expect(outcome.done).toBe(200);
      expect(outcome.refusedAtMs).toEqual([]);
    }
  });
});

describe("large limits", () => {
  it("above what is remembered are safe, if slower", () => {
    const large = { limit: 5_000, windowMs: 10_000 };
    const outcome = play({
      server: slidingServer(large),
      pacers: [createPacer({ window: large })],
      jobs: 9_000,
      dialect: xRateLimit(),
      way,
    });
    expect(outcome.refusedAtMs).toEqual([]);
    expect(outcome.done).toBe(9_000);
  });

  it("cost about a microsecond a call", () => {
    const pacer = createPacer({ window: { windowMs: 1_000, limit: 1_000 } });
    const told = state(500, 1_000);
    const calls = 400_000;
    const start = performance.now();
    for (let n = 0; n < calls; n++) {
      const nowMs = n * 1.1;
      pacer.waitMs(nowMs);
      pacer.sent(nowMs).answered(nowMs + 1, told);
    }
    const microseconds = ((performance.now() - start) * 1_000) / calls;
    console.info(`${microseconds.toFixed(2)} µs a call`);
    // Ten times what it takes: the machine that tests is a shared one.
    expect(microseconds).toBeLessThan(10);
  });
});
