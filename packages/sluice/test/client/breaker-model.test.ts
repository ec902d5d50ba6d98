// The breaker against a model that remembers everything and works all of it out again at each question.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Random, seededRandom } from "../../src/base/index.ts";
import {
  type Admission,
  type BreakerState,
  createBreaker,
} from "../../src/client/policy/breaker.ts";

type Outcome = "success" | "failure" | "ignored";

const SETTINGS = { consecutive: 4, minimum: 5, cooldownMs: 5_000, cooldownMaxMs: 15_000 };
const SLOT_MS = 3_000;
const always = (value: number): Random => ({ ...seededRandom(1), float: () => value });

/** What happened, from the beginning. */
type Event =
  | { readonly kind: "outcome"; readonly atMs: number; readonly failed: boolean }
  | { readonly kind: "shed"; readonly atMs: number }
  | { readonly kind: "opened"; readonly untilMs: number }
  | { readonly kind: "probing" }
  | { readonly kind: "probe"; readonly admission: Admission; readonly atMs: number }
  | { readonly kind: "probed"; readonly failed: boolean | undefined }
  | { readonly kind: "closed" };

class RememberingBreaker {
  state: BreakerState = "closed";
  #events: Event[] = [];
  #waits: number[] = [];
  #generation = 0;
  readonly #generations = new Map<Admission, number>();
  #luck = 0;

  ask(nowMs: number, luck: number): Admission {
    this.#luck = luck;
    const admission = this.#answer(nowMs);
    this.#generations.set(admission, this.#generation);
    return admission;
  }

  #answer(nowMs: number): Admission {
    if (this.state === "open") {
      const opened = this.#events.findLast((event) => event.kind === "opened");
      const untilMs = Math.max(opened?.untilMs ?? 0, ...this.#waits);
      if (untilMs > nowMs) return refuse(untilMs - nowMs);
      this.#events.push({ kind: "probing" });
      this.state = "half_open";
    }
    if (this.state === "half_open") {
      const last = this.#events.at(-1);
      const leftMs = last?.kind === "probe" ? last.atMs + 30_000 - nowMs : 0;
      if (leftMs > 0) return refuse(Math.min(5_000, leftMs));
      const admission: Admission = { kind: "probe" };
      this.#events.push({ kind: "probe", admission, atMs: nowMs });
      return admission;
    }
    const recent = this.#share(nowMs, 10);
    const long = this.#share(nowMs, 40);
    const p = long.all < 20 ? 0 : Math.max(0, (long.all - 2 * long.good) / (long.all + 1));
    const isStrained = recent.all >= 5 && recent.good <= recent.all / 2;
    this.state = p > 0 ? "shedding" : isStrained ? "no_retries" : "closed";
    if (this.#luck < Math.min(0.5, p)) {
      this.#events.push({ kind: "shed", atMs: nowMs });
      return refuse(5_000);
    }
    return { kind: p > 0 || isStrained ? "pass_without_retries" : "pass" };
  }

  #share(nowMs: number, slots: number): { readonly all: number; readonly good: number } {
    const slot = (ms: number) => Math.floor(ms / SLOT_MS);
    const counted = this.#events
      .filter((event) => event.kind === "outcome" || event.kind === "shed")
      .filter(({ atMs }) => slot(atMs) > slot(nowMs) - slots);
    const good = counted.filter((event) => event.kind === "outcome" && !event.failed);
    return { all: counted.length, good: good.length };
  }

  tell(outcome: Outcome, nowMs: number, waitMs: number, asked: Admission): void {
    const failed = outcome === "failure";
    if (failed) this.#waits.push(nowMs + waitMs);
    if (this.state === "open" || this.state === "half_open") {
      const last = this.#events.at(-1);
      if (last?.kind !== "probe" || last.admission !== asked) return;
      this.#events.push({ kind: "probed", failed: outcome === "ignored" ? undefined : failed });
      this.#judgeProbes(nowMs);
    } else if (outcome !== "ignored" && this.#generations.get(asked) === this.#generation) {
      if (asked.kind === "probe") return;
      this.#events.push({ kind: "outcome", atMs: nowMs, failed });
      if (!failed) this.#waits = [];
      const streak = this.#streak();
      if (streak >= SETTINGS.consecutive && !this.#isAccident(streak, nowMs)) this.#open(nowMs);
    }
  }

  /** By what came before the failures in a row. */
  #isAccident(streak: number, nowMs: number): boolean {
    const { all, good } = this.#share(nowMs, 10);
    const bad = all - good - streak;
    if (all - streak < SETTINGS.minimum || bad <= 0) return false;
    return Math.min(0.9, bad / (all - streak)) ** streak > 0.001;
  }

  get #sinceClosed(): readonly Event[] {
    return this.#events.slice(this.#events.findLastIndex(({ kind }) => kind === "closed") + 1);
  }

  #streak(): number {
    const outcomes = this.#sinceClosed.filter((event) => event.kind === "outcome").reverse();
    const end = outcomes.findIndex(({ failed, atMs }, index) => {
      const later = outcomes[index - 1];
      return !failed || (later !== undefined && later.atMs - atMs > 30_000);
    });
    return end < 0 ? outcomes.length : end;
  }

  #judgeProbes(nowMs: number): void {
    const since = this.#events.findLastIndex((event) => event.kind === "probing");
    const probed = this.#events.slice(since).filter((event) => event.kind === "probed");
    const good = probed.filter(({ failed }) => failed === false).length;
    const bad = probed.filter(({ failed }) => failed === true).length;
    if (bad === 1 && good === 0) this.#open(nowMs);
    if (good < 3 && (good === 0 || bad < 2)) return;
    this.#events.push({ kind: "closed" });
    this.#waits = [];
    this.#generation++;
    this.state = "closed";
  }

  #open(nowMs: number): void {
    const before = this.#sinceClosed.filter((event) => event.kind === "opened").length;
    const cooldownMs = Math.min(15_000, 5_000 * 2 ** before);
    const untilMs = nowMs + (1 + 0.2 * (2 * this.#luck - 1)) * cooldownMs;
    this.#events.push({ kind: "opened", untilMs });
    this.state = "open";
  }
}

function refuse(ms: number): Admission {
  return { kind: "refuse", retryAfterMs: Math.ceil(ms) };
}

const pauses = fc.record({
  kind: fc.constant("pause" as const),
  ms: fc.oneof(fc.nat({ max: 3_000 }), fc.nat({ max: 60_000 })),
});
const asks = fc.record({
  kind: fc.constant("ask" as const),
  luck: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});

function tells(...outcomes: Outcome[]) {
  return fc.record({
    kind: fc.constant("tell" as const),
    outcome: fc.constantFrom(...outcomes),
    which: fc.nat({ max: 20 }),
    waitMs: fc.constantFrom(0, 0, 0, 12_000),
  });
}

/** Asks and tells, seldom a pause. */
function trace(...outcomes: Outcome[]) {
  const step = fc.oneof(
    { weight: 5, arbitrary: asks },
    { weight: 5, arbitrary: tells(...outcomes) },
    { weight: 1, arbitrary: pauses },
  );
  return fc.array(step, { maxLength: 250, size: "max" });
}

const traces = fc.oneof(
  trace("success", "failure"),
  trace("failure", "failure", "ignored", "success"),
  trace("success", "success", "failure"),
);

describe("the breaker", () => {
  it("decides like a model that remembers everything", () => {
    const seen = new Set<BreakerState>();
    fc.assert(
      fc.property(traces, (steps) => {
        const breaker = createBreaker(SETTINGS);
        const model = new RememberingBreaker();
        const sent: { readonly asked: Admission; readonly modelled: Admission }[] = [];
        let nowMs = 1_000;
        for (const one of steps) {
          if (one.kind === "pause") nowMs += one.ms;
          else if (one.kind === "ask") {
            const asked = breaker.ask(nowMs, always(one.luck));
            const modelled = model.ask(nowMs, one.luck);
            expect(asked).toEqual(modelled);
            if (asked.kind !== "refuse") sent.push({ asked, modelled });
          } else {
            const [call] = sent.splice(one.which % Math.max(1, sent.length), 1);
            if (call === undefined) continue;
            breaker.tell(one.outcome, nowMs, one.waitMs, call.asked);
            model.tell(one.outcome, nowMs, one.waitMs, call.modelled);
          }
          expect(breaker.state).toBe(model.state);
          seen.add(breaker.state);
        }
      }),
      { numRuns: 400 },
    );
    expect(seen).toEqual(new Set(["closed", "no_retries", "shedding", "open", "half_open"]));
  });
});
