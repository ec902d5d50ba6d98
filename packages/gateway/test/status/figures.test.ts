// The arithmetic of the page: the same as counting every row by hand, and never better than it was.

import fc from "fast-check";
import { DURATION_BOUNDS_MS } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { describe, expect, it } from "vitest";
import { figuresOf } from "../../src/status/figures.ts";
import { atMost, percent } from "../../src/status/words.ts";
import { dayMs, nowMs, row } from "./fixtures/samples.ts";

const none = new Array<number>(DURATION_BOUNDS_MS.length + 1).fill(0);

describe("figures", () => {
  it("are those of the requests that were answered", () => {
    const durations = none.with(2, 60).with(6, 38).with(15, 2);
    const day = { requests: 100, failures: 3, abandoned: 4, durations };
    expect(figuresOf([day])).toEqual({
      ...{ requests: 96, failures: 3, availability: 93 / 96 },
      ...{ p50MsMax: 5, p95MsMax: 100 },
    });
    expect(figuresOf([day, day])).toMatchObject({ requests: 192, p50MsMax: 5, p95MsMax: 100 });
    const slow = { requests: 9, failures: 0, abandoned: 0, durations: none.with(15, 9) };
    expect(figuresOf([slow])).toMatchObject({ availability: 1, p50MsMax: Infinity });
  });

  it("are unknown where nothing was answered, never perfect", () => {
    const nobody = { requests: 0, failures: 0, abandoned: 0, durations: none };
    const unknown = { requests: 0, failures: 0, availability: undefined };
    expect(figuresOf([])).toMatchObject({ ...unknown, p50MsMax: undefined, p95MsMax: undefined });
    expect(figuresOf([nobody])).toMatchObject(unknown);
    const left = { requests: 2, failures: 0, abandoned: 2, durations: none.with(0, 2) };
    expect(figuresOf([left])).toMatchObject({ ...unknown, p95MsMax: undefined });
    expect([percent(undefined), atMost(undefined)]).toEqual(["no data", "no data"]);
  });

  it("are rounded down: one failure in a million is not 100 %", () => {
    expect(percent(1)).toBe("100 %");
    expect(percent(999_999 / 1_000_000)).toBe("99.99 %");
    expect(percent(0.97251)).toBe("97.25 %");
    expect(percent(0)).toBe("0.00 %");
    expect([5, 999, 1_000, 30_000, Infinity].map(atMost)).toEqual([
      "≤ 5 ms",
      "≤ 999 ms",
      "≤ 1 s",
      "≤ 30 s",
      "> 60 s",
    ]);
  });

  const request = fc.record({
    day: fc.integer({ min: 0, max: 3 }),
    durationMs: fc.oneof(
      fc.constantFrom(...DURATION_BOUNDS_MS),
      fc.double({ min: 0, max: 9e4, noNaN: true }),
    ),
    how: fc.constantFrom("done", "refused", "failed", "unavailable", "abandoned", "simulated"),
  });

  it("are what counting each row by hand gives", () => {
    fc.assert(
      fc.property(fc.array(request, { maxLength: 60 }), (requests) => {
        const { log } = createMemoryStores();
        for (const { day, durationMs, how } of requests) {
          log.append(row({ atMs: nowMs - day * dayMs, durationMs, ...endings[how] }));
        }
        const days = log.days({ fromMs: 0, toMs: nowMs + 1 });
        expect(figuresOf(days as Awaited<typeof days>)).toEqual(byHand(requests));
      }),
    );
  });
});

const endings = {
  done: { status: 200, ending: "done" },
  refused: { status: 402, ending: "refused" },
  failed: { status: 500, ending: "fault" },
  unavailable: { status: 503, ending: "refused" },
  abandoned: { status: 499, ending: "abandoned" },
  simulated: { status: 503, ending: "refused", simulated: true },
} as const;

interface Asked {
  readonly durationMs: number;
  readonly how: keyof typeof endings;
}

function byHand(requests: readonly Asked[]) {
  const answered = requests.filter(({ how }) => how !== "abandoned");
  const failures = answered.filter(({ how }) => how === "failed" || how === "unavailable").length;
  const sorted = requests.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
  const boundOf = (part: number) => {
    const exact = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
    return DURATION_BOUNDS_MS.find((bound) => exact <= bound) ?? Infinity;
  };
  const isKnown = answered.length > 0;
  return {
    ...{ requests: answered.length, failures },
    availability: isKnown ? (answered.length - failures) / answered.length : undefined,
    p50MsMax: isKnown ? boundOf(0.5) : undefined,
    p95MsMax: isKnown ? boundOf(0.95) : undefined,
  };
}
