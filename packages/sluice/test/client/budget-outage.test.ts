// The policies together, in outages: what reaches the server, and whether it ever gets up again.

import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/index.ts";
import { createBackoff } from "../../src/client/decide/backoff.ts";
import { decide } from "../../src/client/decide/decide.ts";
import type { Failure } from "../../src/client/failure/failure.ts";
import { NO_HINTS } from "../../src/client/failure/hints.ts";
import { createBreaker } from "../../src/client/policy/breaker.ts";
import { createRetryBudget } from "../../src/client/policy/budget.ts";

const TICK_MS = 10;
const TIMEOUT_MS = 1_000;

const TIMEOUT: Failure = {
  source: "timeout",
  status: undefined,
  code: "timeout",
  type: undefined,
  message: "",
  param: undefined,
  conditions: [],
  requestId: undefined,
  advice: "backoff",
  action: "wait",
  charged: "unknown",
  processed: "unknown",
  hints: NO_HINTS,
  body: undefined,
  cause: undefined,
};

/** Serves so many a second in the order in which they came, also those that nobody waits for any more. */
class ToyServer {
  readonly arrivals: number[] = [];
  #queue: (() => void)[] = [];
  #credit = 0;

  send(nowMs: number, answer: () => void): void {
    this.arrivals.push(nowMs);
    if (this.#queue.length < 600) this.#queue.push(answer);
  }

  serve(perSecond: number): void {
    this.#credit += (perSecond * TICK_MS) / 1_000;
    while (this.#credit >= 1) {
      this.#credit--;
      this.#queue.shift()?.();
    }
  }
}

interface Client {
  /** Whether to send at all. */
  ask(nowMs: number): "no" | "once" | "yes";
  /** After how long to send again. */
  failed(attempt: number, nowMs: number): number | undefined;
  succeeded(attempt: number, nowMs: number): void;
}

const naive: Client = {
  ask: () => "yes",
  failed: (attempt) => (attempt < 4 ? 50 : undefined),
  succeeded: () => undefined,
};

function ours(withBreaker: boolean): Client {
  const random = seededRandom(3);
  const backoff = createBackoff();
  const budget = createRetryBudget();
  const breaker = withBreaker ? createBreaker() : undefined;
  return {
    ask(nowMs) {
      const kind = breaker?.ask(nowMs, random).kind ?? "pass";
      return kind === "refuse" ? "no" : kind === "pass_without_retries" ? "once" : "yes";
    },
    failed(attempt, nowMs) {
      breaker?.tell("failure", nowMs);
      const situation = {
        attempt,
        attemptsMax: 3,
        timeLeftMs: 30_000,
        waitMaxMs: 120_000,
        canRepeat: true,
        takeBudget: budget.take,
        aborted: false,
      };
      const decision = decide(TIMEOUT, situation, backoff, random);
      return decision.kind === "wait" ? decision.ms : undefined;
    },
    succeeded(attempt, nowMs) {
      breaker?.tell("success", nowMs);
      budget.succeeded((attempt - 1) * 5);
    },
  };
}

/** A minute and a half of 280 calls a second; for ten seconds the server, good for 300, serves none. */
function run(client: Client) {
  const server = new ToyServer();
  const later = new Map<number, (() => void)[]>();
  const successes: number[] = [];
  let nowMs = 0;
  const after = (ms: number, then: () => void) => {
    const atMs = Math.ceil((nowMs + ms) / TICK_MS) * TICK_MS;
    later.set(atMs, [...(later.get(atMs) ?? []), then]);
  };
  const send = (attempt: number) => {
    const may = client.ask(nowMs);
    if (may === "no") return;
    let open = true;
    server.send(nowMs, () => {
      if (!open) return;
      open = false;
      successes.push(nowMs);
      client.succeeded(attempt, nowMs);
    });
    after(TIMEOUT_MS, () => {
      if (!open) return;
      open = false;
      const waitMs = client.failed(attempt, nowMs);
      if (waitMs !== undefined && may === "yes") after(waitMs, () => send(attempt + 1));
    });
  };
  let offered = 0;
  for (; nowMs < 90_000; nowMs += TICK_MS) {
    for (offered += 2.8; offered >= 1; offered--) send(1);
    server.serve(nowMs >= 10_000 && nowMs < 20_000 ? 0 : 300);
    for (const then of later.get(nowMs) ?? []) then();
    later.delete(nowMs);
  }
  const perSecond = (times: readonly number[], second: number) =>
    times.filter((ms) => Math.floor(ms / 1_000) === second).length;
  return {
    arrivals: (second: number) => perSecond(server.arrivals, second),
    goodput: (second: number) => perSecond(successes, second),
  };
}

describe("a server that is down for ten seconds, at 93 % of its capacity", () => {
  it("never gets up again under clients that just retry", () => {
    const { goodput, arrivals } = run(naive);
    expect(goodput(9)).toBeGreaterThanOrEqual(279);
    expect(arrivals(60)).toBeGreaterThan(1_000);
    expect(goodput(89)).toBe(0);
  });

  it("gets up by itself with the retry budget alone, and never sees a tenth more than it can serve", () => {
    const { goodput, arrivals } = run(ours(false));
    const seconds = Array.from({ length: 90 }, (_, second) => arrivals(second));
    expect(Math.max(...seconds)).toBeLessThanOrEqual(330);
    expect(goodput(60)).toBeGreaterThanOrEqual(266);
    expect(goodput(89)).toBeGreaterThanOrEqual(266);
  });

  it("is left alone by the breaker while it is down, and is back within a probe gap", () => {
    const { goodput, arrivals } = run(ours(true));
    const seconds = Array.from({ length: 90 }, (_, second) => arrivals(second));
    expect(Math.max(...seconds)).toBeLessThanOrEqual(330);
    // From the first timeouts on.
    expect(seconds.slice(12, 20).reduce((sum, sent) => sum + sent)).toBeLessThanOrEqual(3);
    expect(goodput(32)).toBeGreaterThanOrEqual(266);
    expect(goodput(89)).toBeGreaterThanOrEqual(266);
  });
});

describe("1,000 callers in a total outage", () => {
  it("send at most a tenth more than one request each", () => {
    const client = ours(false);
    let sent = 0;
    for (let caller = 0; caller < 1_000; caller++) {
      let attempt = 0;
      do sent++;
      while (client.failed(++attempt, caller) !== undefined);
    }
    expect(sent).toBeGreaterThan(1_000);
    expect(sent / 1_000).toBeLessThanOrEqual(1.1);
  });
});
