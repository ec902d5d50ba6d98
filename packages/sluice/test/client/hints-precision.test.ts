// How far the reset that headers tell may be from the true one, early and late.

import fc from "fast-check";
import { expect, it } from "vitest";
import { readRate } from "../../src/client/failure/hints.ts";
import { type Headers, lookUp, NOW_MS } from "./failure/answers.ts";

const httpDate = (ms: number) => new Date(ms).toUTCString();

it.each([
  [
    "GitHub's epoch seconds",
    {
      "x-ratelimit-limit": "60",
      "x-ratelimit-remaining": "5",
      "x-ratelimit-reset": String(NOW_MS / 1_000 + 30),
    },
  ],
  [
    "Anthropic's dates",
    {
      "anthropic-ratelimit-requests-limit": "60",
      "anthropic-ratelimit-requests-remaining": "5",
      "anthropic-ratelimit-requests-reset": "2026-07-01T12:00:30Z",
    },
  ],
])(
  "is read from %s, which may come a second sooner for the server's own clock",
  (_, headers: Headers) => {
    const told = { resetMs: 30_000, resetEarlyMs: 2_000, resetLateMs: 1_000 };
    expect(readRate(lookUp(headers), NOW_MS)).toMatchObject([{ limit: 60, remaining: 5, ...told }]);
  },
);

it("the reset that is told is never further from the true one than early and late say, however the server rounds", () => {
  const round = fc.constantFrom(Math.ceil, Math.floor, Math.round);
  const times = fc.record({
    serverMs: fc.integer({ min: 0, max: 99_999 }).map((ms) => NOW_MS + ms),
    awayMs: fc.integer({ min: 0, max: 90_000 }),
  });
  fc.assert(
    fc.property(round, times, (to, { serverMs, awayMs }) => {
      const [date, atMs] = [httpDate(serverMs), serverMs + awayMs];
      const told = [
        { "x-ratelimit-reset": `${to(awayMs / 1_000)}` },
        { "x-ratelimit-reset": `${awayMs}ms` },
        { "x-ratelimit-reset": `${to(atMs / 1_000)}`, date },
        { "x-ratelimit-reset": `${atMs}`, date },
        { "x-ratelimit-reset": new Date(to(atMs / 1_000) * 1_000).toISOString(), date },
      ];
      for (const headers of told) {
        const [one] = readRate(lookUp({ "x-ratelimit-remaining": "0", ...headers }), NOW_MS);
        const { resetMs = Number.NaN, resetEarlyMs = 0, resetLateMs = 0 } = one ?? {};
        expect(awayMs).toBeGreaterThanOrEqual(resetMs - resetEarlyMs);
        expect(awayMs).toBeLessThanOrEqual(resetMs + resetLateMs);
      }
    }),
    { numRuns: 2_000 },
  );
});
