// A row of the log, read as the way of its request: nine steps, each with its verdict and its numbers.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { monthEndMs, STEPS, type StepName } from "../../src/contract/index.ts";
import { type ExplainedStep, stepsOf } from "../../src/gate/index.ts";
import { but } from "../store/planted.ts";
import { FlawedRig } from "./fixtures/flawed-rig.ts";
import { FLAWS } from "./fixtures/flaws.ts";
import { useInstantDigests } from "./fixtures/instant-digests.ts";
import { CHANGE, key, secretFor, secrets } from "./fixtures/people.ts";
import { createRig } from "./fixtures/rig.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

const render = {
  path: "/v1/renders",
  key: secrets.pro,
  body: { prompt: "a cat" },
  headers: { "Idempotency-Key": "a" },
};

function factsOf(steps: readonly ExplainedStep[], step: StepName) {
  return steps.find((one) => one.step === step)?.facts;
}

describe("the explanation of a request", () => {
  it("that went through names every step, in order, and its numbers", async () => {
    const rig = await createRig();
    const steps = stepsOf(rig.row(await rig.send(render)));
    expect(steps.map(({ step }) => step)).toEqual(STEPS);
    expect(new Set(steps.map(({ verdict }) => verdict))).toEqual(new Set(["passed"]));
    expect(factsOf(steps, "admit")).toEqual({
      ...{ window: "requests", used: 1, limit: 20 },
      ...{ slots: "renders:pro", slotsTaken: 1, slotLimit: 2 },
    });
    expect(factsOf(steps, "reserve")).toEqual({ held: 10, creditsRemaining: 90 });
    expect(factsOf(steps, "settle")).toEqual({ charged: 10 });
    expect(factsOf(steps, "respond")).toEqual({ status: 201 });
  });

  it.each(FLAWS.map((flaw) => [`${flaw.code} in ${flaw.step}`, flaw] as const))(
    "that was refused says where, why and when it would pass: %s",
    async (_, flaw) => {
      const rig = await FlawedRig.create("pro");
      await flaw.prepare?.(rig);
      if (flaw.fault !== undefined) rig.faults.add(flaw.fault);
      const received = await rig.send(flaw.spoil?.(rig.sent) ?? rig.sent);
      const steps = stepsOf(rig.rig.row(received));
      const at = STEPS.indexOf(flaw.step);
      const isFault = flaw.code === "internal";
      const expected = STEPS.map((step, index) => {
        if (index === at) return isFault ? "fault" : "refused";
        return index < at || step === "respond" ? "passed" : "not reached";
      });
      expect(steps.map(({ verdict }) => verdict)).toEqual(expected);
      const wait = received.header("Retry-After");
      const facts = factsOf(steps, flaw.step);
      if (!isFault) {
        const condition = flaw.code === "content_rejected" ? "moderated" : flaw.code;
        expect(facts).toMatchObject({ condition });
        expect(facts?.["param"]).toBe(received.param);
        expect(facts?.["retryAfterMs"]).toBe(wait === undefined ? undefined : Number(wait) * 1_000);
      }
      expect(factsOf(steps, "respond")).toEqual({ status: received.status, code: received.code });
    },
  );

  it("says what refused it: the window, the slot, the budget, the permission, the plan", async () => {
    const by: unknown[] = [];
    for (const code of ["rate_limited", "concurrency_limited", "budget_exceeded", "forbidden"]) {
      const flaw = FLAWS.find((one) => one.code === code);
      const rig = await FlawedRig.create("pro");
      await flaw?.prepare?.(rig);
      const steps = stepsOf(rig.rig.row(await rig.send(rig.sent)));
      by.push(factsOf(steps, flaw?.step ?? "match")?.["by"]);
    }
    expect(by).toEqual(["requests:key_pro", "renders:pro", "key key_pro", "renders:write"]);
  });

  it("says how the budget or the account stood that had too few credits, to the operator only", async () => {
    const cap = { accountId: "pro", workspaceId: "ws_1" };
    const rig = await createRig();
    const { directory } = rig.stores;
    await directory.putWorkspace({ id: "ws_1", accountId: "pro", name: "one", budget: 25 }, CHANGE);
    await directory.putKey(key("capped", secretFor("capped"), cap), CHANGE);
    const resetAtMs = monthEndMs(rig.clock.wallMs());
    for (let n = 0; n < 2; n++)
      await rig.send({ ...render, key: secretFor("capped"), headers: {} });
    const overBudget = await rig.send({ ...render, key: secretFor("capped"), headers: {} });
    expect(factsOf(stepsOf(rig.row(overBudget)), "reserve")).toEqual({
      condition: "budget_exceeded",
      by: "workspace ws_1",
      ...{ cap: 25, used: 20, held: 0, resetAtMs },
    });
    for (let n = 0; n < 8; n++) await rig.send({ ...render, headers: {} });
    const exhausted = await rig.send({ ...render, headers: {} });
    expect(factsOf(stepsOf(rig.row(exhausted)), "reserve")).toEqual({
      condition: "credits_exhausted",
      by: "account",
      ...{ remaining: 0, resetAtMs },
    });
    for (const { text } of [overBudget, exhausted]) expect(text).not.toMatch(/ws_1|reset|25/);
    const known = { ...render, headers: {} };
    expect(rig.row(await rig.send({ ...known, path: "/v1/nothing" })).details).toBeUndefined();
  });

  it("that was replayed ends in reserve, as a replay", async () => {
    const rig = await createRig();
    await rig.send(render);
    const verdicts = stepsOf(rig.row(await rig.send(render))).map(({ verdict }) => verdict);
    expect(verdicts[STEPS.indexOf("reserve")]).toBe("replayed");
    expect(verdicts[STEPS.indexOf("run")]).toBe("not reached");
    expect(verdicts[STEPS.indexOf("respond")]).toBe("passed");
  });
});

describe("a row of the log", () => {
  it("has the path without its query, cut to 512 characters", async () => {
    const rig = await createRig();
    const long = `/v1/${"x".repeat(600)}`;
    const rows = [
      rig.row(await rig.send({ path: "/v1/hello?secret=1", key: secrets.pro })),
      rig.row(await rig.send({ path: long, key: secrets.pro })),
    ];
    expect(rows.map(({ path }) => path)).toEqual(["/hello", long.slice(3, 515)]);
  });

  it("has the path also of a request outside the API", async () => {
    const rig = await createRig();
    const row = rig.row(await rig.send({ path: "/v2/hello?x=1", key: secrets.pro }));
    expect(row.path).toBe("/v2/hello");
  });

  it("keeps a parameter's name short, whatever the caller calls it", async () => {
    const rig = await createRig();
    const meta = { ["x".repeat(1_500)]: "no number" };
    const body = { title: "t", meta };
    const refused = await rig.send({ path: "/v1/notes", key: secrets.pro, body });
    expect(refused.code).toBe("invalid_field");
    expect(rig.row(refused).param?.length).toBeLessThanOrEqual(200);
    expect(refused.text.length).toBeLessThan(1_000);
  });

  it("has no details where nothing happened that the columns do not hold", async () => {
    const rig = await createRig();
    const row = rig.row(await rig.send({ path: "/v1/hello", key: secrets.pro }));
    expect(row).toMatchObject({ api: "Acme", address: "192.0.2.1", isOlderSecret: false });
    expect(row).toMatchObject({ window: "requests", windowLimit: 20, windowRemaining: 19 });
    expect(row.details).toBeUndefined();
  });

  it("has the address from behind the hops that are trusted, and no more of it than fits", async () => {
    const headers = { "X-Forwarded-For": `9.9.9.9, 203.0.113.5, ${"x".repeat(500)}` };
    const hello = { path: "/v1/hello", key: secrets.pro, headers };
    for (const [trustedHops, address] of [
      [0, "192.0.2.1"],
      [1, "x".repeat(100)],
      [2, "203.0.113.5"],
    ] as const) {
      const rig = await createRig({ gate: { trustedHops } });
      expect(rig.row(await rig.send(hello)).address).toBe(address);
    }
  });

  it("knows the slots, the credits and the narrowest budget that the call left", async () => {
    const budget = {
      budget: { scope: "key", id: "key_pro", cap: 50 },
      used: 20,
      held: 10,
      resetAtMs: 9,
    } as const;
    const rig = await createRig({
      stores: (plain) => ({
        ...plain,
        ledger: but(plain.ledger, {
          reserve(reservation, nowMs) {
            const reserved = plain.ledger.reserve(reservation, nowMs);
            return reserved.kind === "held" ? { ...reserved, budget } : reserved;
          },
        }),
      }),
    });
    const row = rig.row(await rig.send(render));
    expect(row).toMatchObject({ held: 10, charged: 10, creditsRemaining: 90 });
    expect(row.details).toEqual({ slots: { id: "renders:pro", taken: 1, limit: 2 }, budget });
    expect(factsOf(stepsOf(row), "reserve")).toEqual({
      ...{ held: 10, creditsRemaining: 90, budget: "key key_pro" },
      ...{ budgetUsed: 20, budgetHeld: 10, budgetCap: 50 },
    });
  });

  it("knows the account and the key that were refused for being revoked or expired", async () => {
    const rig = await createRig();
    for (const name of ["revoked", "expired"] as const) {
      const row = rig.row(await rig.send({ path: "/v1/hello", key: secrets[name] }));
      expect(row).toMatchObject({ accountId: "pro", keyId: `key_${name}`, status: 401 });
    }
  });

  it("names who called, what, when and for how long", async () => {
    const rig = await createRig();
    const atMs = rig.clock.wallMs();
    const received = await rig.send({ path: "/v1/notes/note_1", key: secrets.reader });
    expect(rig.row(received)).toMatchObject({
      atMs,
      durationMs: 0,
      accountId: "pro",
      keyId: "key_reader",
      operation: "readNote",
      method: "GET",
      path: "/notes/note_1",
      status: 200,
    });
  });
});
