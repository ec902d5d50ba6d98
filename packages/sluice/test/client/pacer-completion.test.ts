// 300 jobs at 60 a minute: no refusal by any kind of server, and hardly longer than with its state in hand.

import { describe, expect, it } from "vitest";
import { createPacer } from "../../src/client/policy/pacer.ts";
import {
  bestMs,
  bucketServer,
  counterServer,
  fixedServer,
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
import { play } from "./fixtures/servers-run.ts";

const rate = { limit: 60, windowMs: 60_000 };
const JOBS = 300;
const TRIP_MS = 100;

const dialects = {
  "x-ratelimit, seconds": xRateLimit(),
  "x-ratelimit, an instant": xRateLimitEpoch(),
  "x-ratelimit, exact": durations,
  "RateLimit drafts": rateLimitDraft(),
} satisfies Readonly<Record<string, Dialect>>;

type Spoken = keyof typeof dialects;

/** The time that was taken over the best that there is: 1 is perfect. */
function ratio(make: () => RateServer, dialect: Dialect, pacer = createPacer()): number {
  const { done, refusedAtMs, lastSuccessMs } = play({
    server: make(),
    pacers: [pacer],
    jobs: JOBS,
    dialect,
    way: (n) => ({ outMs: 40 + ((n * 7) % 20), backMs: 40 + ((n * 11) % 20) }),
  });
  expect(done).toBe(JOBS);
  expect(refusedAtMs).toEqual([]);
  return (lastSuccessMs - TRIP_MS) / bestMs(make(), JOBS);
}

interface Case {
  readonly server: () => RateServer;
  /** What is reached; 1.01 where nothing is said. */
  readonly most?: Partial<Record<Spoken, number>>;
}

const cases: Readonly<Record<string, Case>> = {
  "fixed window from its start": { server: () => fixedServer(rate) },
  "fixed window, 20 s into it": { server: () => fixedServer(rate, 20_000) },
  "fixed window, 30.5 s into it": { server: () => fixedServer(rate, 30_500) },
  "fixed window, 45 s into it": { server: () => fixedServer(rate, 45_000) },
  "fixed window, 59 s into it": { server: () => fixedServer(rate, 59_000) },
  "sliding log": {
    server: () => slidingServer(rate),
    // Its reset moves with our own calls: what it is off by, and the way there, is lost in each of four windows.
    most: {
      "x-ratelimit, seconds": 1.025,
      "x-ratelimit, an instant": 1.041,
      "x-ratelimit, exact": 1.012,
      "RateLimit drafts": 1.013,
    },
  },
  "sliding log that tells when it is empty": {
    server: () => slidingServer(rate, { tells: "all" }),
    most: {
      "x-ratelimit, seconds": 1.029,
      "x-ratelimit, an instant": 1.041,
      "x-ratelimit, exact": 1.012,
      "RateLimit drafts": 1.029,
    },
  },
  "bucket of 60 tokens, tells the next": {
    server: () => bucketServer(rate),
    most: { "x-ratelimit, an instant": 1.012 },
  },
  "bucket of 60 tokens, tells when full": { server: () => bucketServer(rate, { tells: "full" }) },
  "bucket of 10 tokens, tells the next": { server: () => bucketServer(rate, { burst: 10 }) },
  "bucket of 10 tokens, tells when full": {
    server: () => bucketServer(rate, { burst: 10, tells: "full" }),
  },
  // Nothing can be saved up, so every call costs what its reset may be late. A server that rounds "2" up and one that
  // rounds it down tell the same, until a call that comes sooner is refused by one of them: whole seconds cost one more,
  // unless the window's length is told, too. By an instant the server's clock may be a second off besides.
  "GCRA without a burst, whose rounding only a refusal could tell": {
    server: () => bucketServer(rate, { burst: 1 }),
    most: {
      "x-ratelimit, seconds": 2.07,
      "x-ratelimit, an instant": 3.1,
      "x-ratelimit, exact": 1.06,
      "RateLimit drafts": 1.16,
    },
  },
  // A pause of what the reset is off by at the end of every bucket.
  "two buckets from their start": {
    server: () => counterServer(rate),
    most: { "x-ratelimit, an instant": 1.021 },
  },
  "two buckets, 20 s into the newer": {
    server: () => counterServer(rate, 20_000),
    most: { "x-ratelimit, an instant": 1.022 },
  },
  "two buckets, 45 s into the newer": {
    server: () => counterServer(rate, 45_000),
    most: { "x-ratelimit, an instant": 1.024, "RateLimit drafts": 1.012 },
  },
  // Which bucket the first calls were in stays unknown, as it ends within what the reset is off by: one is lost, unless the
  // window's length tells where the buckets end.
  "two buckets, 59 s into the newer": {
    server: () => counterServer(rate, 59_000),
    most: {
      "x-ratelimit, seconds": 1.25,
      "x-ratelimit, an instant": 1.262,
      "RateLimit drafts": 1.012,
    },
  },
};

describe("300 jobs at 60 a minute", () => {
  for (const [name, { server, most }] of Object.entries(cases)) {
    it(`are done without a refusal, and soon: ${name}`, () => {
      for (const [spoken, dialect] of Object.entries(dialects)) {
        const reached = ratio(server, dialect);
        console.info(`${name} | ${spoken} | ${reached.toFixed(4)}`);
        expect(reached, spoken).toBeLessThanOrEqual(most?.[spoken as Spoken] ?? 1.01);
      }
    });
  }

  it("take a quarter of a percent more than the best where the contract is known", () => {
    const pacer = createPacer({ window: rate });
    const reached = ratio(() => slidingServer(rate), rateLimitDraft(), pacer);
    console.info(`sliding log, known from a contract | ${reached.toFixed(4)}`);
    expect(reached).toBeLessThanOrEqual(1.0025);
  });

  it("have the best that the formulas say", () => {
    expect(bestMs(slidingServer(rate), JOBS)).toBe(240_000);
    expect(bestMs(fixedServer(rate, 20_000), JOBS)).toBeCloseTo(220_000, 3);
    expect(bestMs(bucketServer(rate), JOBS)).toBeCloseTo(240_000, 3);
    expect(bestMs(bucketServer(rate, { burst: 10 }), JOBS)).toBeCloseTo(290_000, 3);
    expect(bestMs(bucketServer(rate, { burst: 1 }), JOBS)).toBeCloseTo(299_000, 3);
  });
});
