// When to come back and how many calls are left: every dialect of the headers, and whatever else may stand in them.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readHints, readRate } from "../../src/client/failure/hints.ts";
import { type Headers, lookUp, NOW_MS } from "./failure/answers.ts";

const DAY_MS = 86_400_000;
const httpDate = (ms: number) => new Date(ms).toUTCString();

const hints = (headers: Headers) => readHints(lookUp(headers), NOW_MS);
const waitMs = (headers: Headers) => hints(headers).waitMs;
const rate = (headers: Headers) => readRate(lookUp(headers), NOW_MS);

describe("Retry-After", () => {
  it.each([
    ["30", 30_000],
    ["0", 0],
    [" 7 ", 7_000],
    ["1.5", 1_500],
  ])("may be seconds: %s", (text, ms) => {
    expect(hints({ "Retry-After": text })).toEqual({
      waitMs: ms,
      waitFrom: "retry-after",
      shouldRetry: undefined,
    });
  });

  it.each([
    ["as it is written today", "Wed, 01 Jul 2026 12:00:30 GMT"],
    ["as RFC 850 wrote it", "Wednesday, 01-Jul-26 12:00:30 GMT"],
    ["as C writes it", "Wed Jul  1 12:00:30 2026"],
    ["as RFC 3339 writes it", "2026-07-01T14:00:30+02:00"],
  ])("may be a date, %s", (_, text) => {
    expect(waitMs({ "Retry-After": text })).toBe(30_000);
  });

  it("compares a date with the server's own clock, not with ours", () => {
    const serverMs = NOW_MS - 3_600_000;
    const headers = { "Retry-After": httpDate(serverMs + 20_000), Date: httpDate(serverMs) };
    expect(waitMs(headers)).toBe(20_000);
  });

  it("waits for nothing where the date has passed", () => {
    expect(waitMs({ "Retry-After": httpDate(NOW_MS - 5_000) })).toBe(0);
  });

  it("takes seconds since 1970 for the instant that they must be", () => {
    expect(waitMs({ "Retry-After": String(NOW_MS / 1_000 + 45) })).toBe(45_000);
  });

  it.each(["", "soon", "-5", "30 seconds", "1e3", "0x10", "1, 2", "Wed, 99 Foo 2026", "NaN"])(
    "is passed over where it is garbage: %j",
    (text) => {
      // "2026" is a number of seconds like any other.
      expect(waitMs({ "Retry-After": text })).toBe(text === "2026" ? 2_026_000 : undefined);
    },
  );

  it("is 400 days at the most", () => {
    expect(waitMs({ "Retry-After": "999999999" })).toBe(400 * DAY_MS);
    expect(waitMs({ "Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT" })).toBe(400 * DAY_MS);
    expect(waitMs({ "Retry-After": "9".repeat(20) })).toBe(400 * DAY_MS);
  });

  it("gives way to milliseconds, which are more exact", () => {
    expect(hints({ "Retry-After": "1", "Retry-After-Ms": "320" })).toMatchObject({
      waitMs: 320,
      waitFrom: "retry-after-ms",
    });
    expect(waitMs({ "x-ms-retry-after-ms": "1500", "Retry-After": "2" })).toBe(1_500);
    expect(waitMs({ "Retry-After-Ms": "soon", "Retry-After": "2" })).toBe(2_000);
  });

  it("goes before the reset of a window", () => {
    const headers = { "RateLimit-Remaining": "0", "RateLimit-Reset": "60", "Retry-After": "5" };
    expect(waitMs(headers)).toBe(5_000);
  });
});

describe("x-should-retry", () => {
  it.each([
    ["true", true],
    ["false", false],
    ["maybe", undefined],
  ])("is the server's opinion: %s", (text, opinion) => {
    expect(hints({ "x-should-retry": text }).shouldRetry).toBe(opinion);
    expect(hints({ "x-should-retry": text, "Retry-After": "1" }).shouldRetry).toBe(opinion);
  });
});

describe("an empty window", () => {
  it("says when it has room again, where nothing else does", () => {
    expect(hints({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": "20" })).toMatchObject({
      waitMs: 20_000,
      waitFrom: "ratelimit reset",
    });
  });

  it("says nothing while there is room", () => {
    expect(waitMs({ "x-ratelimit-remaining": "1", "x-ratelimit-reset": "20" })).toBeUndefined();
  });

  it("counts with all the others that are empty", () => {
    expect(waitMs({ RateLimit: '"minute";r=0;t=30, "day";r=0;t=7200, "hour";r=5;t=9000' })).toBe(
      7_200_000,
    );
  });

  it("may be one of tokens, which is none of calls", () => {
    const headers = { "x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "6m0s" };
    expect(waitMs(headers)).toBe(360_000);
    expect(rate(headers)).toEqual([]);
  });
});

const state = {
  limit: 60,
  remaining: 5,
  resetMs: 30_000,
  resetEarlyMs: 1_000,
  resetLateMs: 1_000,
  windowMs: undefined,
};

describe("the state of windows", () => {
  it.each([
    [
      "RateLimit-*",
      { "RateLimit-Limit": "60", "RateLimit-Remaining": "5", "RateLimit-Reset": "30" },
    ],
    [
      "X-RateLimit-* with seconds from now",
      { "X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "5", "X-RateLimit-Reset": "30" },
    ],
    [
      "X-Rate-Limit-*",
      { "x-rate-limit-limit": "60", "x-rate-limit-remaining": "5", "x-rate-limit-reset": "30" },
    ],
    ["draft 7", { RateLimit: "limit=60, remaining=5, reset=30" }],
  ])("is read from %s", (_, headers: Headers) => {
    expect(rate(headers)).toEqual([state]);
  });

  it("is read from OpenAI's durations, to the millisecond", () => {
    const of = (reset: string) =>
      rate({
        "x-ratelimit-limit-requests": "60",
        "x-ratelimit-remaining-requests": "5",
        "x-ratelimit-reset-requests": reset,
      });
    expect(of("6m0s")).toEqual([{ ...state, resetMs: 360_000, resetEarlyMs: 1, resetLateMs: 1 }]);
    expect(of("120ms")[0]?.resetMs).toBe(120);
    expect(of("1h2m3.5s")[0]?.resetMs).toBe(3_723_500);
    expect(of("1d")[0]?.resetMs).toBe(DAY_MS);
    expect(of("6 minutes")[0]?.resetMs).toBeUndefined();
  });

  it("is read from epoch milliseconds and from fractions, to the millisecond", () => {
    const of = (reset: string) =>
      rate({ "x-ratelimit-remaining": "5", "x-ratelimit-reset": reset });
    // The instant is exact, and the clock that it is compared with is not: it may come sooner, hardly later.
    const instant = { resetMs: 2_500, resetEarlyMs: 1_001, resetLateMs: 1 };
    expect(of(String(NOW_MS + 2_500))[0]).toMatchObject(instant);
    expect(of(`${NOW_MS / 1_000 + 2}.5`)[0]).toMatchObject(instant);
    expect(of("0.25")[0]).toMatchObject({ resetMs: 250, resetEarlyMs: 1, resetLateMs: 1 });
  });

  it("is read from drafts 8 to 11, with the policy that has its name", () => {
    const headers = {
      "RateLimit-Policy": '"burst";q=10;w=1, "default";q=60;w=60;pk=:a2V5:',
      RateLimit: '"default";r=5;t=30, "burst";r=9',
    };
    expect(rate(headers)).toEqual([
      { ...state, name: "default", windowMs: 60_000 },
      {
        name: "burst",
        limit: 10,
        remaining: 9,
        resetMs: undefined,
        resetEarlyMs: 0,
        resetLateMs: 0,
        windowMs: 1_000,
      },
    ]);
    expect(rate({ RateLimit: "default;r=5;t=30", "RateLimit-Policy": "default;q=60" })).toEqual([
      { ...state, name: "default" },
    ]);
  });

  it("has the window that drafts 6 and 7 write beside the limit", () => {
    const six = { "RateLimit-Limit": "60, 60;w=60", "RateLimit-Remaining": "5" };
    expect(rate(six)[0]).toMatchObject({ limit: 60, windowMs: 60_000 });
    const seven = { RateLimit: "limit=60, remaining=5", "RateLimit-Policy": "10;w=1, 60;w=60" };
    expect(rate(seven)[0]).toMatchObject({ limit: 60, windowMs: 60_000 });
  });

  it("leaves out what counts no calls", () => {
    const headers = {
      "RateLimit-Policy": '"peak";q=5;qu="concurrent-requests", "size";q=9;qu="content-bytes"',
      RateLimit: '"peak";r=0, "size";r=0;t=30',
    };
    expect(rate(headers)).toEqual([]);
    expect(waitMs(headers)).toBeUndefined();
    const requests = { "RateLimit-Policy": '"a";q=5;qu="requests"', RateLimit: '"a";r=1' };
    expect(rate(requests)).toHaveLength(1);
  });

  it("is not fooled by what stands in strings", () => {
    expect(rate({ RateLimit: '"a;r=9,b";r=5;note=";r=1"' })[0]?.remaining).toBe(5);
  });

  it("comes from the structured header where there are both", () => {
    expect(rate({ RateLimit: '"a";r=5', "X-RateLimit-Remaining": "50" })).toHaveLength(1);
  });

  it.each(["-1", "many", "", "5x", "1e9", "99999999999999999999"])(
    "is unknown where the rest is garbage: %j",
    (text) => {
      expect(rate({ "x-ratelimit-remaining": text })).toEqual([]);
      expect(rate({ RateLimit: `"a";r=${text}` })).toEqual([]);
    },
  );

  it("is bounded where the reset is huge or has passed", () => {
    const of = (reset: string) =>
      rate({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset });
    expect(of("1")[0]?.resetMs).toBe(1_000);
    expect(of(String(NOW_MS / 1_000 - 90))[0]?.resetMs).toBe(0);
    expect(of("9".repeat(19))[0]?.resetMs).toBe(400 * DAY_MS);
    expect(rate({ RateLimit: '"a";r=0;t=999999999999' })[0]?.resetMs).toBe(400 * DAY_MS);
  });
});

const NAMES = [
  "retry-after",
  "retry-after-ms",
  "date",
  "x-should-retry",
  "ratelimit",
  "ratelimit-policy",
  "x-ratelimit-limit",
  "x-ratelimit-remaining",
  "x-ratelimit-reset",
  "x-ratelimit-remaining-tokens",
  "x-ratelimit-reset-tokens",
];

const fragment = fc.constantFrom(
  ...'0 1 60 -5 1.5 9999999999 1782907200 12ms 6m0s ; , = " r t q w limit remaining reset GMT'.split(
    " ",
  ),
);
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fragment, { maxLength: 12 }).map((parts) => parts.join("")),
  fc.date({ noInvalidDate: false }).map((date) => date.toString()),
);

describe("headers of any kind", () => {
  it("never throw and never say more than 400 days, less than nothing or no number", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...NAMES), text), (headers) => {
        const found = [hints(headers).waitMs];
        for (const one of rate(headers)) found.push(one.resetMs, one.limit, one.remaining);
        const isGood = (ms: number | undefined) =>
          ms === undefined || (Number.isFinite(ms) && ms >= 0);
        const isShort = (hints(headers).waitMs ?? 0) <= 400 * DAY_MS;
        return found.every(isGood) && isShort;
      }),
      { numRuns: 2_000 },
    );
  });

  it("are read back whatever number of seconds was written, in seconds and as a date", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 34_000_000 }), (seconds) => {
        const date = httpDate(NOW_MS + seconds * 1_000);
        return (
          waitMs({ "Retry-After": String(seconds) }) === seconds * 1_000 &&
          waitMs({ "Retry-After": date, Date: httpDate(NOW_MS) }) === seconds * 1_000
        );
      }),
    );
  });
});
