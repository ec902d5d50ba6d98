// The breaker, stage by stage.

import { describe, expect, it } from "vitest";
import { type Random, seededRandom } from "../../src/base/index.ts";
import {
  BREAKER_DEFAULTS,
  type BreakerOptions,
  type BreakerState,
  createBreaker,
} from "../../src/client/policy/breaker.ts";

const always = (value: number): Random => ({ ...seededRandom(1), float: () => value });
/** Cooldowns without their spread. */
const middle = always(0.5);
const SLOW = { cooldownMs: 5_000, cooldownMaxMs: 10_000 };

function opened(options: BreakerOptions = {}, nowMs = 0) {
  const breaker = createBreaker({ ...SLOW, ...options });
  for (let failure = 0; failure < 5; failure++) breaker.tell("failure", nowMs);
  expect(breaker.state).toBe("open");
  return breaker;
}

/** One with chance in the middle: an `ask` before it opens. */
function openedEvenly(nowMs = 0) {
  const breaker = createBreaker(SLOW);
  breaker.ask(nowMs, middle);
  for (let failure = 0; failure < 5; failure++) breaker.tell("failure", nowMs);
  return breaker;
}

describe("a closed breaker", () => {
  it("never opens for one failure, nor for one after an idle gap", () => {
    const breaker = createBreaker();
    breaker.tell("failure", 0);
    expect(breaker.ask(0, middle).kind).toBe("pass");
    for (let failure = 0; failure < 3; failure++) breaker.tell("failure", 1);
    breaker.tell("failure", 300_000);
    expect(breaker.ask(300_000, middle).kind).toBe("pass");
    expect(breaker.state).toBe("closed");
  });

  it("is not opened by what says nothing about health", () => {
    const breaker = createBreaker();
    for (let call = 0; call < 1_000; call++) breaker.tell("ignored", call);
    expect(breaker.ask(1_000, middle).kind).toBe("pass");
  });

  it("opens within five calls when everything fails", () => {
    const breaker = createBreaker();
    let sent = 0;
    for (let call = 0; call < 100; call++) {
      if (breaker.ask(call, middle).kind === "refuse") continue;
      sent++;
      breaker.tell("failure", call);
    }
    expect(sent).toBe(5);
  });

  it("stops retries once half of ten fail, and lets every first try pass", () => {
    const breaker = createBreaker();
    for (let call = 0; call < 10; call++) {
      expect(breaker.ask(call, middle).kind).toBe("pass");
      breaker.tell(call % 2 === 0 ? "failure" : "success", call);
    }
    expect(breaker.ask(10, middle).kind).toBe("pass_without_retries");
    expect(breaker.state).toBe("no_retries");
    expect(breaker.ask(40_000, middle).kind).toBe("pass");
    expect(breaker.state).toBe("closed");
  });

  it("sheds first tries in proportion once more than half of twenty fail, half of them at most", () => {
    const breaker = createBreaker();
    for (let call = 0; call < 50; call++) breaker.tell(call % 5 < 2 ? "success" : "failure", 0);
    // 50 calls, 20 accepted: (50 - 2 · 20) / 51.
    expect(breaker.ask(0, always(0.197)).kind).toBe("pass_without_retries");
    expect(breaker.state).toBe("shedding");
    expect(breaker.ask(0, always(0.195)).kind).toBe("refuse");
    for (let call = 0; call < 2_000; call++) breaker.ask(0, always(0));
    expect(breaker.ask(0, always(0.51)).kind).toBe("pass_without_retries");
    expect(breaker.ask(0, always(0.49)).kind).toBe("refuse");
    expect(breaker.ask(120_000, always(0)).kind).toBe("pass");
  });

  it("takes five in a row for an accident where three of four fail anyway, and twenty-five for an outage", () => {
    const breaker = createBreaker();
    for (let call = 0; call < 40; call++) breaker.tell(call % 4 === 0 ? "success" : "failure", 0);
    breaker.tell("success", 0);
    for (let failure = 0; failure < 20; failure++) breaker.tell("failure", 0);
    expect(breaker.state).not.toBe("open");
    for (let failure = 0; failure < 5; failure++) breaker.tell("failure", 0);
    expect(breaker.state).toBe("open");
  });

  it("never cuts off a server that fails three calls of four at random", () => {
    const random = seededRandom("partly");
    const breaker = createBreaker();
    let sent = 0;
    let good = 0;
    for (let call = 0; call < 2_400; call++) {
      const asked = breaker.ask(call * 50, random);
      if (asked.kind === "refuse") continue;
      sent++;
      const isGood = random.float() < 0.25;
      if (isGood) good++;
      breaker.tell(isGood ? "success" : "failure", call * 50, 0, asked);
    }
    expect(sent).toBeGreaterThan(900);
    expect(good).toBeGreaterThan(0.2 * sent);
  });
});

describe("an open breaker", () => {
  it("refuses with the time to wait, then admits one probe", () => {
    const breaker = openedEvenly();
    expect(breaker.ask(4_000, middle)).toEqual({ kind: "refuse", retryAfterMs: 1_000 });
    const admitted = Array.from({ length: 100 }, () => breaker.ask(5_000, middle).kind);
    expect(admitted.filter((kind) => kind === "probe")).toHaveLength(1);
    expect(admitted.filter((kind) => kind === "refuse")).toHaveLength(99);
  });

  it("closes after three good probes, and counts failures in a row anew", () => {
    const states: BreakerState[] = [];
    const breaker = opened({ onChange: (state) => states.push(state) });
    for (let probe = 0; probe < 3; probe++) {
      expect(breaker.ask(7_000, middle).kind).toBe("probe");
      breaker.tell("success", 7_000);
    }
    expect(breaker.ask(7_000, middle).kind).toBe("pass");
    for (let failure = 0; failure < 4; failure++) breaker.tell("failure", 7_000);
    expect(states).toEqual(["open", "half_open", "closed"]);
  });

  it("opens again for a first bad probe; whoever answers some of them fails partly and is not down", () => {
    const probe = (...outcomes: readonly ("success" | "failure")[]) => {
      const breaker = openedEvenly();
      for (const outcome of outcomes) {
        expect(breaker.ask(5_000, middle).kind).toBe("probe");
        breaker.tell(outcome, 5_000);
      }
      return breaker.state;
    };
    expect(probe("failure")).toBe("open");
    expect(probe("success", "failure", "success", "success")).toBe("closed");
    expect(probe("success", "failure", "failure")).toBe("closed");
  });

  it("waits twice as long each time, up to a bound, give or take a fifth", () => {
    const waitsWith = (luck: number, options: BreakerOptions = {}) => {
      const random = always(luck);
      const breaker = createBreaker(options);
      breaker.ask(0, random);
      for (let failure = 0; failure < 5; failure++) breaker.tell("failure", 0);
      let nowMs = 0;
      return Array.from({ length: 6 }, () => {
        const admission = breaker.ask(nowMs, random);
        const waitMs = admission.kind === "refuse" ? admission.retryAfterMs : 0;
        nowMs += waitMs;
        expect(breaker.ask(nowMs, random).kind).toBe("probe");
        breaker.tell("failure", nowMs);
        return waitMs;
      });
    };
    expect(waitsWith(0.5)).toEqual([1_000, 2_000, 4_000, 4_000, 4_000, 4_000]);
    const doubled = [5_000, 10_000, 20_000, 40_000, 60_000, 60_000];
    expect(waitsWith(0.5, { cooldownMs: 5_000, cooldownMaxMs: 60_000 })).toEqual(doubled);
    expect(waitsWith(0)[0]).toBe(800);
    expect(waitsWith(0.99)[0]).toBe(1_196);
  });

  it("stays open at least as long as the server said", () => {
    const breaker = createBreaker();
    for (let failure = 0; failure < 5; failure++) breaker.tell("failure", 0, 20_000);
    expect(breaker.ask(1_000, middle)).toEqual({ kind: "refuse", retryAfterMs: 19_000 });
    expect(breaker.ask(20_000, middle).kind).toBe("probe");
  });

  it("admits another probe when one never reports, and ignores it when it does at last", () => {
    const breaker = openedEvenly();
    const lost = breaker.ask(5_000, middle);
    expect(breaker.ask(34_999, middle).kind).toBe("refuse");
    const second = breaker.ask(35_000, middle);
    expect(second.kind).toBe("probe");
    breaker.tell("failure", 35_001, 0, lost);
    expect(breaker.state).toBe("half_open");
    breaker.tell("ignored", 35_002, 0, second);
    expect(breaker.ask(35_003, middle).kind).toBe("probe");
  });

  it("takes late failures of calls from before for what they are", () => {
    const breaker = createBreaker(SLOW);
    const before = breaker.ask(0, middle);
    for (let failure = 0; failure < 5; failure++) breaker.tell("failure", 0, 0, before);
    for (let probe = 0; probe < 3; probe++) {
      const asked = breaker.ask(5_000, middle);
      for (let late = 0; late < 10; late++) breaker.tell("failure", 5_000, 0, before);
      breaker.tell("success", 5_000, 0, asked);
    }
    for (let late = 0; late < 10; late++) breaker.tell("failure", 6_000, 0, before);
    expect(breaker.state).toBe("closed");
  });

  it("lets everything pass again within one probe gap of the server's return", () => {
    const breaker = createBreaker();
    const random = seededRandom(7);
    const backMs = 33_000;
    let closedMs = Number.NaN;
    for (let nowMs = 0; nowMs < 120_000; nowMs += 100) {
      const asked = breaker.ask(nowMs, random);
      if (asked.kind === "refuse") continue;
      breaker.tell(nowMs < backMs ? "failure" : "success", nowMs, 0, asked);
      if (nowMs >= backMs && breaker.state === "closed") closedMs ||= nowMs;
    }
    expect(closedMs - backMs).toBeLessThan(BREAKER_DEFAULTS.cooldownMaxMs * 1.2 + 300);
  });
});

describe("a call that was let pass", () => {
  it("may be sent again while it is closed, and while it is the probe itself", () => {
    const breaker = createBreaker(SLOW);
    const early = breaker.ask(0, middle);
    expect(breaker.askAgain(early, 0)).toBe(early);
    for (let failure = 0; failure < 5; failure++) breaker.tell("failure", 0);
    expect(breaker.askAgain(early, 1_000)).toEqual({ kind: "refuse", retryAfterMs: 4_000 });
    const probe = breaker.ask(5_000, middle);
    expect(breaker.askAgain(probe, 5_500)).toBe(probe);
    expect(breaker.askAgain(early, 5_500).kind).toBe("refuse");
  });
});

describe("its settings", () => {
  it("make the simple breaker: so many failures in a row, then a cooldown", () => {
    const breaker = createBreaker({ consecutive: 2, cooldownMs: 90_000 });
    breaker.ask(0, middle);
    breaker.tell("failure", 0);
    breaker.tell("failure", 0);
    expect(breaker.ask(0, middle)).toEqual({ kind: "refuse", retryAfterMs: 90_000 });
  });

  it.each([
    [{ consecutive: 1 }, "one failure"],
    [{ minimum: 1 }, "one failure"],
    [{ ratio: 1.1 }, "share"],
    [{ cooldownMs: 10, cooldownMaxMs: 5 }, "cooldownMaxMs"],
    [{ threshold: 5 } as object, "there is no such setting"],
  ])("that cannot work are refused: %j", (options, words) => {
    expect(() => createBreaker(options)).toThrow(words);
  });
});
