// What every implementation of Limits does: R1 no window admits more than its limit, R2 nothing
// that fits is refused, R3 a wait is exact, R4 a refusal changes nothing.

import { MINUTE_MS, seededRandom } from "../../base/index.ts";
import type { Limits, Stores, WindowClaim } from "../../gate/stores.ts";
import { check, equal } from "./check.ts";
import { leaseScenarios, retryAfter, slot, slotScenarios } from "./limits-slots.ts";
import { runLimitsTrace } from "./limits-trace.ts";
import {
  type ConformanceOptions,
  type Make,
  type Scenario,
  type Suite,
  scenarios,
  withStores,
} from "./suite.ts";

type LimitsOnly = Pick<Stores, "limits">;

const startMs = 1_000_000;

/** The suite of one port, for stores that have no other. */
export function limitsConformance(
  suite: Suite,
  make: Make<LimitsOnly>,
  options: ConformanceOptions = {},
): void {
  const { traces = 500, seed = 1, clock = "shown" } = options;
  suite.describe("Limits", () => {
    const scenario = scenarios(suite, make);
    windowScenarios(scenario);
    waitScenarios(scenario);
    if (clock === "shown") fractionScenarios(scenario);
    changeScenarios(scenario);
    allOrNothingScenarios(scenario);
    slotScenarios(scenario);
    leaseScenarios(scenario);
    suite.it(`R1–R4: decides like the model over ${traces} random traces`, async () => {
      await runTraces(make, traces, seed, clock);
    });
  });
}

async function runTraces(
  make: Make<LimitsOnly>,
  traces: number,
  seed: string | number,
  clock: "shown" | "counted",
) {
  const tracesPerStore = 100;
  for (let first = 0; first < traces; first += tracesPerStore) {
    await withStores(make, async ({ limits }) => {
      let atMs = startMs;
      for (let trace = first; trace < Math.min(first + tracesPerStore, traces); trace++) {
        const name = `seed ${seed}, trace ${trace}`;
        const lastMs = await runLimitsTrace(limits, seededRandom(name), name, atMs, clock);
        atMs = lastMs + 10_000;
      }
    });
  }
}

function windowScenarios(scenario: Scenario<LimitsOnly>): void {
  scenario("R1: admits the limit in any stretch of a window's length", async ({ limits }) => {
    // Half the limit late in one minute, and the rest early in the next: no minute may hold more.
    equal(await takeMany(limits, [window({})], startMs + 59_000, 40), 40, "late in the minute");
    equal(await takeMany(limits, [window({})], startMs + 61_000, 40), 20, "early in the next");
    equal(await takeMany(limits, [window({})], startMs + 118_999, 40), 0, "a minute less 1 ms");
    equal(await takeMany(limits, [window({})], startMs + 119_000, 60), 40, "a minute later");
  });
  scenario("R1: admits the limit and not one more to many at once", async ({ limits }) => {
    const claims = [window({ limit: 100 })];
    const decisions = await Promise.all(
      Array.from({ length: 200 }, async () =>
        limits.admit({ windows: claims, slots: [] }, startMs),
      ),
    );
    equal(decisions.filter(({ admitted }) => admitted).length, 100, "admitted of 200");
  });
  scenario("R1: a clock that steps back admits nothing more", async ({ limits }) => {
    equal(await takeMany(limits, [window({})], startMs + 30_000, 100), 60, "before the step");
    equal(await takeMany(limits, [window({})], startMs, 100), 0, "after the step");
    const refused = await limits.admit({ windows: [window({})], slots: [] }, startMs);
    equal(retryAfter(refused), 90_000, "the wait counts from the time that was given");
    equal(await takeMany(limits, [window({})], startMs + 89_999, 100), 0, "too early");
    equal(await takeMany(limits, [window({})], startMs + 90_000, 100), 60, "in time");
  });
  scenario("R2: what fits is admitted to the last place", async ({ limits }) => {
    for (const [cost, remaining] of [
      [7, 3],
      [2, 1],
      [1, 0],
    ] as const) {
      const claims = [window({ limit: 10, cost })];
      const decided = await limits.admit({ windows: claims, slots: [] }, startMs);
      const windows = [{ remaining, resetMs: MINUTE_MS }];
      const expected = { admitted: true, windows, slotsTaken: [] };
      equal(decided, expected, `cost ${cost}`);
    }
  });
}

function waitScenarios(scenario: Scenario<LimitsOnly>): void {
  scenario("R3: says the first instant at which the same call passes", async ({ limits }) => {
    const costs = [2, 3, 1, 4] as const;
    for (const [at, cost] of costs.entries()) {
      await limits.admit({ windows: [window({ limit: 10, cost })], slots: [] }, startMs + at * 10);
    }
    // Of ten places, six more are needed: those of the first three calls.
    const call = { windows: [window({ limit: 10, cost: 6 })], slots: [] };
    equal(retryAfter(await limits.admit(call, startMs + 100)), MINUTE_MS - 80, "the wait");
    equal(retryAfter(await limits.admit(call, startMs + MINUTE_MS + 19)), 1, "1 ms before");
    equal(retryAfter(await limits.admit(call, startMs + MINUTE_MS + 20)), 0, "at the instant");
  });
  scenario("R3: says Infinity where waiting never helps", async ({ limits }) => {
    const call = { windows: [window({ limit: 3, cost: 4 })], slots: [] };
    const decided = await limits.admit(call, startMs);
    equal(retryAfter(decided), Number.POSITIVE_INFINITY, "the wait");
    equal(decided.windows, [{ remaining: 3, resetMs: 0 }], "the window stays empty");
  });
  scenario("R4: a thousand refusals change nothing", async ({ limits }) => {
    const call = { windows: [window({ limit: 2 })], slots: [] };
    await limits.admit(call, startMs);
    await limits.admit(call, startMs + 10);
    const before = await limits.admit(call, startMs + 20);
    for (let refusals = 0; refusals < 1_000; refusals++) await limits.admit(call, startMs + 20);
    equal(await limits.admit(call, startMs + 20), before, "the decision after");
    equal(retryAfter(await limits.admit(call, startMs + MINUTE_MS)), 0, "when it said it would");
  });
}

function fractionScenarios(scenario: Scenario<LimitsOnly>): void {
  scenario("R3: is exact between whole milliseconds too", async ({ limits }) => {
    const random = seededRandom("fractions");
    for (let at = 0; at < 200; at++) {
      const call = {
        windows: [window({ id: `window ${at}`, limit: 1, windowMs: 100 })],
        slots: [],
      };
      const takenMs = startMs + 200 * at + random.float();
      await limits.admit(call, takenMs);
      const nowMs = takenMs + 98 * random.float();
      const waitMs = retryAfter(await limits.admit(call, nowMs));
      check(retryAfter(await limits.admit(call, nowMs + waitMs - 1)) > 0, "1 ms before");
      equal(retryAfter(await limits.admit(call, nowMs + waitMs)), 0, "at the instant");
    }
  });
}

function changeScenarios(scenario: Scenario<LimitsOnly>): void {
  scenario("a lower limit counts what was taken under the higher one", async ({ limits }) => {
    equal(await takeMany(limits, [window({ limit: 10 })], startMs, 10), 10, "at first");
    const call = { windows: [window({ limit: 4 })], slots: [] };
    const refused = await limits.admit(call, startMs + 1);
    equal(refused.windows, [{ remaining: 0, resetMs: MINUTE_MS - 1 }], "never below zero");
    equal(retryAfter(refused), MINUTE_MS - 1, "the wait");
  });
  scenario("a higher limit gives its places at once", async ({ limits }) => {
    equal(await takeMany(limits, [window({ limit: 4 })], startMs, 10), 4, "at first");
    equal(await takeMany(limits, [window({ limit: 10 })], startMs, 10), 6, "after the change");
  });
  scenario("a shorter window lets go at once", async ({ limits }) => {
    equal(await takeMany(limits, [window({})], startMs, 60), 60, "at first");
    const shorter = window({ windowMs: 1_000 });
    equal(await takeMany(limits, [shorter], startMs + 999, 60), 0, "within the second");
    equal(await takeMany(limits, [shorter], startMs + 1_000, 60), 60, "after the second");
  });
}

function allOrNothingScenarios(scenario: Scenario<LimitsOnly>): void {
  const wide = window({ id: "wide", limit: 5 });
  const narrow = window({ id: "narrow", limit: 1, windowMs: 1_000 });

  scenario("R4: a call that one window refuses takes nothing of another", async ({ limits }) => {
    equal(await takeMany(limits, [wide, narrow], startMs, 10), 1, "both");
    equal(await takeMany(limits, [wide], startMs, 10), 4, "what the first has left");
  });
  scenario("R4: a call that a slot refuses takes no place in a window", async ({ limits }) => {
    await limits.admit({ windows: [], slots: [slot({ member: "one" })] }, startMs);
    const call = { windows: [wide], slots: [slot({ member: "two" })] };
    const refused = await limits.admit(call, startMs);
    check(!refused.admitted, "the slot is taken");
    equal(refused.refusedBy, { kind: "slot", index: 0 }, "what refused");
    equal(refused.windows, [{ remaining: 5, resetMs: 0 }], "the window");
  });
  scenario("R4: a call that a window refuses takes no slot", async ({ limits }) => {
    await limits.admit({ windows: [narrow], slots: [] }, startMs);
    const refused = await limits.admit({ windows: [narrow], slots: [slot({})] }, startMs);
    equal(retryAfter(refused), 1_000, "the window is full");
    const other = await limits.admit({ windows: [], slots: [slot({ member: "two" })] }, startMs);
    check(other.admitted, "the slot is free");
  });
  scenario("names what takes longest where several are full", async ({ limits }) => {
    const full = { ...wide, limit: 1 };
    const slots = [slot({ leaseMs: 500 })];
    await limits.admit({ windows: [narrow, full], slots }, startMs);
    const others = [slot({ member: "two" })];
    const both = await limits.admit({ windows: [narrow, full], slots: others }, startMs + 1);
    check(!both.admitted, "full");
    equal(both.refusedBy, { kind: "window", index: 1 }, "of all three");
    equal(both.retryAfterMs, MINUTE_MS - 1, "its wait");
    const last = await limits.admit({ windows: [full], slots: others }, startMs + MINUTE_MS - 1);
    equal(retryAfter(last), 1, "the slot's lease has run out by then");
  });
}

function window(claim: Partial<WindowClaim>): WindowClaim {
  return { id: "requests", limit: 60, windowMs: MINUTE_MS, cost: 1, ...claim };
}

/** How many of so many calls are admitted at one instant. */
async function takeMany(
  limits: Limits,
  windows: readonly WindowClaim[],
  nowMs: number,
  calls: number,
): Promise<number> {
  let admitted = 0;
  for (let call = 0; call < calls; call++) {
    if ((await limits.admit({ windows, slots: [] }, nowMs)).admitted) admitted++;
  }
  return admitted;
}
