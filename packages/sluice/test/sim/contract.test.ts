// Somebody's own contract in a run: asked for by its examples, watched by the same laws, and the same for the same seed.

import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  type AnyApi,
  atMost,
  defineApi,
  defineWire,
  fixed,
  quote,
  standard,
} from "../../src/contract/index.ts";
import {
  type AnsweredRequest,
  type Charge,
  type ContractScenario,
  type EndedCall,
  type Fault,
  scenarioOf,
  simulate,
} from "../../src/sim/index.ts";

const wire = defineWire({
  ...standard.wire,
  about: { title: "Acme" },
  basePath: "/api/v2",
  key: {
    prefixes: { live: "acme_live_" },
    alphabet: "hex",
    length: 32,
    places: [{ bearer: true }],
  },
  plans: ["free", "paid"],
  windows: { requests: { per: "key", limit: { free: 5, paid: 600 }, windowMs: 86_400_000 } },
  slots: { drawing: { per: "account", limit: 2, operations: ["draw"] } },
  headers: { rateLimit: "none" },
  operations: {
    get: { method: "GET", path: "/things/{id}", summary: "Shows." },
    put: { method: "POST", path: "/things/{id}/parts", summary: "Puts.", idempotency: true },
    draw: { method: "POST", path: "/drawings", summary: "Draws.", idempotency: true },
    ask: { method: "POST", path: "/questions", summary: "Asks.", idempotency: true },
    work: { method: "POST", path: "/jobs", summary: "Starts a job." },
  },
});

const params = z.object({ id: z.string().startsWith("thing_") });
const thing = { params: { id: "thing_1" } };

const acme = defineApi(
  wire,
  {
    plans: { free: { title: "Free" }, paid: { title: "Paid" } },
    operations: {
      get: {
        params,
        query: z.strictObject({ deep: z.literal("yes").optional() }),
        example: { ...thing, query: { deep: "yes" } },
      },
      put: {
        params,
        body: z.strictObject({ name: z.string() }),
        successStatus: 201,
        example: { ...thing, body: { name: "Ada" } },
        price: fixed(7),
      },
      draw: { price: quote("/drawings/quote", { pointer: "/credits" }) },
      ask: {
        body: z.object({ text: z.string() }),
        output: z.object({ usage: z.object({ credits: z.number() }) }),
        example: { body: { text: "Why?" }, output: { usage: { credits: 3 } } },
        price: atMost(20, { pointer: "/usage/credits" }),
      },
      work: { detaches: { maxAgeMs: 60_000 }, price: fixed(1) },
    },
  },
  standard.pages,
) as unknown as AnyApi;

const { limits, network } = scenarioOf("acme");

function scenario(
  changes: Partial<ContractScenario> = {},
  uses = ["get", "put", "draw", "ask"],
): ContractScenario {
  return {
    nodes: { count: 2, driftPpm: 0 },
    ...{ limits, network },
    work: { tookMs: { leastMs: 5, moreMs: 0 }, longPercent: 0, longMs: 0, failPercent: 0 },
    callers: [
      {
        ...{ name: "shop", count: 3, perAccount: 1, shape: "steady", perMinute: 60 },
        ...{ policy: "sluice", plan: "paid", leavePercent: 0, strangerPercent: 0 },
        uses: uses.map((operation) => ({ operation, share: 1 })),
      },
    ],
    faults: [],
    revocations: [],
    ...{ credits: 100_000, durationMs: 10_000, recoveryMs: 10_000 },
    ...changes,
  };
}

/** With all that somebody outside hears. */
async function look(given: ContractScenario, seed = 1) {
  const calls: EndedCall[] = [];
  const answers: AnsweredRequest[] = [];
  const charges: Charge[] = [];
  let sent = 0;
  const run = await simulate(given, seed, {
    api: acme,
    onlooker: {
      sent: () => sent++,
      called: (call) => calls.push(call),
      answered: (answer) => answers.push(answer),
      charged: (charge) => charges.push(charge),
    },
  });
  expect(run.violations).toEqual([]);
  return { run, calls, answers, charges, sent };
}

const upstream = { part: "upstream", fromMs: 3_000, lengthMs: 4_000 } as const;

describe("a run over a contract", () => {
  it("is the same for the same seed, whoever looks on, and another one for another", async () => {
    const { run } = await look(scenario());
    const alone = await simulate(scenario(), 1, { api: acme });
    expect(alone).toEqual(run);
    expect((await simulate(scenario(), 2, { api: acme })).digest).not.toBe(run.digest);
  });

  it("asks for every operation by its example, and every call is done where nothing is wrong", async () => {
    for (const policy of ["sluice", "aws"] as const) {
      const { callers } = scenario();
      const { run, calls, answers } = await look(
        scenario({ callers: callers.map((group) => ({ ...group, policy })) }),
      );
      expect(run.totals.done).toBe(run.totals.calls);
      expect(new Set(calls.map(({ operation }) => operation)).size).toBe(4);
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 201]));
    }
  });

  it("charges what the contract says: fixed, what the example's answer says, and what is quoted", async () => {
    const { calls, charges, run } = await look(scenario());
    const cost = { get: 0, put: 7, draw: 10, ask: 3 } as Record<string, number>;
    const due = calls.map(({ operation }) => cost[operation] ?? 0);
    expect(run.totals.creditsCharged).toBe(due.reduce((sum, one) => sum + one, 0));
    const paid = new Map(charges.map(({ call, credits }) => [call, credits]));
    for (const { call, operation } of calls) expect(paid.get(call) ?? 0).toBe(cost[operation]);
  });

  it("counts in the contract's own windows, by plan, and tries each node with a key that never called", async () => {
    const { callers } = scenario();
    const free = callers.map((group) => ({ ...group, plan: "free", policy: "none" as const }));
    const { calls, answers } = await look(scenario({ callers: free }));
    const done = calls.filter(({ isDone }) => isDone).length;
    expect(done).toBe(3 * 5);
    expect(answers.some(({ code }) => code === "rate_limited")).toBe(true);
  });

  const outages: readonly (readonly [string, Fault, string | undefined])[] = [
    ["refuses", { kind: "refused", ...upstream }, "unavailable"],
    ["fails", { kind: "failing", percent: 100, ...upstream }, "internal"],
    ["hangs", { kind: "hung", ...upstream }, undefined],
    ["works, and is not heard", { kind: "mute", ...upstream }, "no_answer"],
    ["is slow", { kind: "slow", moreMs: 500, ...upstream }, undefined],
  ];
  it.each(outages)("holds all laws where the API behind it %s", async (_, fault, code) => {
    const { answers, charges } = await look(scenario({ faults: [fault], recoveryMs: 40_000 }));
    const codes = new Set(answers.map((one) => one.code));
    if (code !== undefined) expect([...codes]).toContain(code);
    else expect(Math.max(...answers.map((one) => one.endedMs - one.sentMs))).toBeGreaterThan(400);
    expect(charges.every(({ isDone }) => isDone)).toBe(true);
  });

  it("meets the same calls at the same moments, whatever the client does", async () => {
    const { callers } = scenario();
    const begun = async (policy: "aws" | "p-retry") => {
      const faults: Fault[] = [{ kind: "refused", ...upstream }];
      const groups = callers.map((group) => ({ ...group, policy }));
      const { calls } = await look(scenario({ faults, callers: groups }));
      return calls
        .map(({ call, begunMs, operation }) => [call, begunMs, operation].join())
        .toSorted();
    };
    expect(await begun("aws")).toEqual(await begun("p-retry"));
  });

  const wrong: readonly (readonly [string, () => Promise<unknown>, string])[] = [
    ["without its contract", () => simulate(scenario(), 1), "give one"],
    [
      "with a contract that it does not use",
      () => simulate(scenarioOf(1), 1, { api: acme }),
      "leave out one",
    ],
    [
      "of an operation that is not there",
      () => look(scenario({}, ["gte"])),
      "has no such operation",
    ],
    [
      "of an operation that starts jobs",
      () => look(scenario({}, ["work"])),
      "uses work, but it starts jobs",
    ],
    ["of nothing", () => look(scenario({}, [])), "0 operations in callers[0].uses; give 1 to 100"],
    [
      "of a plan that is not there",
      () =>
        look(
          scenario({ callers: scenario().callers.map((group) => ({ ...group, plan: "gold" })) }),
        ),
      "callers[0].plan is gold; give one of free, paid",
    ],
    [
      "whose share is no share",
      () =>
        look(
          scenario({
            callers: scenario().callers.map((group) => ({
              ...group,
              uses: [{ operation: "get", share: 0 }],
            })),
          }),
        ),
      "uses get.share is 0; give 0.001 to",
    ],
  ];
  it.each(wrong)("refuses a scenario %s, with what to do", async (_, run, said) => {
    await expect(run()).rejects.toThrow(said);
  });
});
