// Every interleaving of up to six calls against every kind of server: nothing that the pacer lets go is refused, as
// long as the declared jitter holds, and the check finds it out when it does not.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPacer, type PacerOptions } from "../../src/client/policy/pacer.ts";
import { firstRefusal, JITTER_MS } from "./fixtures/interleavings.ts";
import {
  bucketServer,
  counterServer,
  fixedServer,
  type Rate,
  type RateServer,
  slidingServer,
} from "./fixtures/servers.ts";
import {
  type Dialect,
  durations,
  rateLimitDraft,
  xRateLimit,
  xRateLimitEpoch,
} from "./fixtures/servers-headers.ts";
import { play, type Run } from "./fixtures/servers-run.ts";

const rate: Rate = { limit: 3, windowMs: 2_000 };

interface World {
  readonly server: () => RateServer;
  readonly options: PacerOptions;
  readonly dialect: Dialect;
}

const worlds: Readonly<Record<string, World>> = {
  "a sliding log, known from a contract": {
    server: () => slidingServer(rate),
    options: { window: rate },
    dialect: rateLimitDraft(),
  },
  "a sliding log, known, in use before": {
    server: () => slidingServer(rate, { before: [-1_500, -700] }),
    options: { window: rate },
    dialect: rateLimitDraft(),
  },
  "a sliding log": { server: () => slidingServer(rate), options: {}, dialect: xRateLimit() },
  "a sliding log that tells when it is empty": {
    server: () => slidingServer(rate, { tells: "all" }),
    options: {},
    dialect: durations,
  },
  "a fixed window": { server: () => fixedServer(rate, 1_300), options: {}, dialect: xRateLimit() },
  "a fixed window, told exactly": {
    server: () => fixedServer(rate, 1_300),
    options: {},
    dialect: rateLimitDraft(Math.floor),
  },
  "two buckets": { server: () => counterServer(rate, 700), options: {}, dialect: durations },
  "two buckets of a told length": {
    server: () => counterServer(rate, 1_700),
    options: {},
    dialect: rateLimitDraft(),
  },
  "a bucket of tokens": { server: () => bucketServer(rate), options: {}, dialect: xRateLimit() },
  "a bucket of tokens that tells when it is full": {
    server: () => bucketServer(rate, { tells: "full" }),
    options: {},
    dialect: durations,
  },
  "GCRA without a burst": {
    server: () => bucketServer(rate, { burst: 1 }),
    options: {},
    dialect: durations,
  },
};

/** The first run that breaks the promise, told in words. */
const counterExample = ({ server, options, dialect }: World, stretch = 1) =>
  firstRefusal(
    () => ({ server: server(), pacer: createPacer({ jitterMs: JITTER_MS, ...options }), dialect }),
    stretch,
  );

describe("the pacer, in every interleaving of six calls", () => {
  for (const [name, world] of Object.entries(worlds)) {
    it(`lets nothing go that would be refused: ${name}`, () => {
      expect(counterExample(world)).toBeUndefined();
    }, 60_000);
  }

  it("fails the check, with an example, when calls take longer than declared", () => {
    const [world] = Object.values(worlds);
    const example = world === undefined ? undefined : counterExample(world, 12);
    expect(example).toContain("REFUSED");
    console.info(`Declared 100 ms of jitter, had 1,200 ms:\n${example}`);
  });
});

const anyRate = fc.record({
  limit: fc.integer({ min: 1, max: 12 }),
  windowMs: fc.constantFrom(2_000, 10_000, 60_000),
});
const anyDialect = fc.constantFrom(
  xRateLimit(),
  xRateLimit(Math.floor),
  xRateLimit(Math.round),
  xRateLimitEpoch(),
  xRateLimitEpoch(Math.floor),
  durations,
  rateLimitDraft(),
  rateLimitDraft(Math.floor),
);
const anyServer = fc.oneof(
  fc.integer({ min: 0, max: 60_000 }).map((phaseMs) => (of: Rate) => fixedServer(of, phaseMs)),
  fc.integer({ min: 0, max: 60_000 }).map((phaseMs) => (of: Rate) => counterServer(of, phaseMs)),
  fc
    .record({ tells: fc.constantFrom("oldest" as const, "all" as const) })
    .map((options) => (of: Rate) => slidingServer(of, options)),
  fc
    .record({
      share: fc.constantFrom(0, 0.3, 1),
      tells: fc.constantFrom("next" as const, "full" as const),
    })
    .map(({ share, tells }) => (of: Rate) => {
      return bucketServer(of, { burst: Math.max(1, Math.round(share * of.limit)), tells });
    }),
);
const anyTraffic = fc.record({
  ways: fc.array(
    fc.record({
      out: fc.integer({ min: 0, max: 100 }),
      backMs: fc.integer({ min: 0, max: 3_000 }),
      isLost: fc.boolean(),
      loses: fc.integer({ min: 0, max: 20 }),
    }),
    { minLength: 1, maxLength: 40 },
  ),
  comesMs: fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 40 }),
  jitterMs: fc.constantFrom(0, 20, 100, 700),
  baseMs: fc.integer({ min: 0, max: 200 }),
});

type Traffic = typeof anyTraffic extends fc.Arbitrary<infer T> ? T : never;

/** Plays the traffic; a refusal is told with all that happened. */
function expectNoRefusal(
  { ways, comesMs, jitterMs, baseMs }: Traffic,
  run: Pick<Run, "server" | "pacers" | "dialect" | "comesMs">,
): void {
  const lines: string[] = [];
  const { refusedAtMs, done } = play({
    ...run,
    jobs: comesMs.length,
    way: (n) => {
      const { out, backMs, isLost, loses } = ways[n % ways.length] as (typeof ways)[number];
      const outMs = baseMs + (out * jitterMs) / 100;
      // Before the first answer nobody can know: it comes, and within a second.
      return n === 0 ? { outMs, backMs: 0 } : { outMs, backMs, isLost: isLost && loses === 0 };
    },
    note: (line) => lines.push(line),
  });
  if (refusedAtMs.length > 0) throw new Error(lines.join("\n"));
  expect(done).toBe(comesMs.length);
}

describe("the pacer, in random traffic", () => {
  it("lets nothing go that any server would refuse, whatever its headers", () => {
    fc.assert(
      fc.property(anyRate, anyServer, anyDialect, anyTraffic, (of, server, dialect, traffic) => {
        const { comesMs, jitterMs } = traffic;
        expectNoRefusal(traffic, {
          server: server(of),
          pacers: [createPacer({ jitterMs })],
          dialect,
          comesMs: (job) => comesMs[job] ?? 0,
        });
      }),
      { numRuns: 20_000 },
    );
  }, 60_000);

  it("lets nothing go that an exact log would refuse, known from a contract, whatever gets lost", () => {
    const anyUse = fc.array(fc.integer({ min: -60_000, max: -1 }), { maxLength: 8 });
    fc.assert(
      fc.property(anyRate, anyUse, anyDialect, anyTraffic, (of, before, dialect, traffic) => {
        const { comesMs, jitterMs } = traffic;
        // Room for the first call: it tells how much the others left.
        const used = before.slice(1, of.limit).toSorted((a, b) => a - b);
        expectNoRefusal(traffic, {
          server: slidingServer(of, { before: used }),
          pacers: [createPacer({ jitterMs, window: of })],
          dialect,
          comesMs: (job) => (job === 0 ? 0 : 2_000 + (comesMs[job] ?? 0)),
        });
      }),
      { numRuns: 10_000 },
    );
  }, 60_000);
});
