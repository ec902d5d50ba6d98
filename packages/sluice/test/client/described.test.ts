// Which window an answer's headers speak of.
import { describe, expect, it } from "vitest";
import type { RateState } from "../../src/client/failure/hints.ts";
import { describedBy } from "../../src/client/policy/pacing/described.ts";

const films = { name: "films", limit: 10, windowMs: 60_000 };
const requests = { name: "requests", limit: 60, windowMs: 60_000 };
const daily = { name: "daily", limit: 60, windowMs: 86_400_000 };
const all = [films, requests, daily];

const state = (told: Partial<RateState>): RateState => ({
  limit: undefined,
  remaining: 5,
  resetMs: undefined,
  resetEarlyMs: 1_000,
  resetLateMs: 1_000,
  windowMs: undefined,
  ...told,
});

describe("the headers of an answer", () => {
  it("speak of the window that they name, whatever else they say", () => {
    expect(describedBy(state({ name: "daily", limit: 10, windowMs: 60_000 }), all)).toBe(daily);
  });

  it("speak of nothing that counts this call where they name a window that does not", () => {
    expect(describedBy(state({ name: "films" }), [requests, daily], [films])).toBeUndefined();
  });

  it("speak of the window with their limit and length, where the name is nobody's", () => {
    expect(describedBy(state({ name: "default", limit: 60, windowMs: 86_400_000 }), all)).toBe(
      daily,
    );
  });

  it("speak of the first with their limit where no length is told", () => {
    expect(describedBy(state({ limit: 60 }), all)).toBe(requests);
  });

  it("speak of the first of their length where the limit is another than the contract's", () => {
    expect(describedBy(state({ limit: 90, windowMs: 86_400_000 }), all)).toBe(daily);
    expect(describedBy(state({ limit: 90, windowMs: 60_000 }), all)).toBe(films);
  });

  it("speak of no window that has another length", () => {
    expect(describedBy(state({ limit: 60, windowMs: 1_000 }), all)).toBeUndefined();
  });

  it("round a length to whole seconds", () => {
    const short = { name: "short", limit: 60, windowMs: 1_500 };
    expect(describedBy(state({ limit: 60, windowMs: 2_000 }), [short])).toBe(short);
  });

  it("speak of the first where they tell neither", () => {
    expect(describedBy(state({}), all)).toBe(films);
  });
});
