// Decisions once more: a record of a refusal is decided again by the gate's own steps, and what would have changed it is tried.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AnyApi } from "../../../src/contract/index.ts";
import type { LogRow } from "../../../src/gate/index.ts";
import { type PastDecision, replayDecision, replayWhy } from "../../../src/sim/index.ts";
import { acme } from "../../gate/fixtures/acme.ts";
import { useInstantDigests } from "../../gate/fixtures/instant-digests.ts";
import { secrets } from "../../gate/fixtures/people.ts";
import { createRig } from "../../gate/fixtures/rig.ts";

const api = acme as unknown as AnyApi;

beforeEach(() => useInstantDigests());
afterEach(() => void vi.restoreAllMocks());

/** What a record keeps of a row. */
function recordOf(row: LogRow, more: Partial<PastDecision> = {}): PastDecision {
  const { details, accountId = "", ...columns } = row;
  return { ...columns, accountId, waitMs: details?.waitMs, ...more };
}

describe("a decision once more", () => {
  it("of a full window is the same, passes when its wait is over, and on a larger plan", async () => {
    const rig = await createRig();
    const hello = { path: "/v1/hello", key: secrets.free };
    await rig.send(hello);
    await rig.clock.advance(56_800);
    for (let sent = 0; sent < 4; sent++) await rig.send(hello);
    const row = rig.row(await rig.send(hello));
    const replay = await replayDecision(api, recordOf(row));
    expect(replay).toMatchObject({ plan: "free", agrees: true, lacks: [] });
    expect(replay.again).toMatchObject({ passes: false, condition: "rate_limited", by: row.by });
    expect(replay.changes).toMatchObject([
      { kind: "later", laterMs: 3_200, decided: { passes: true } },
      { kind: "plan", plan: "pro", decided: { passes: true } },
      { kind: "plan", plan: "team", decided: { passes: true } },
    ]);
    // A moment before, it does not pass.
    const early = await replayDecision(api, recordOf(row, { waitMs: 3_199 }));
    expect(early.again?.retryAfterMs).toBe(4_000);
  });

  it("of slots that were all taken is the same", async () => {
    const rig = await createRig({ handlers: { render: () => new Promise(() => {}) } });
    const render = { path: "/v1/renders", key: secrets.pro, body: { prompt: "a cat" } };
    for (let sent = 0; sent < 2; sent++) void rig.send(render);
    await rig.clock.advance(0);
    const row = rig.row(await rig.send(render));
    const replay = await replayDecision(api, recordOf(row, { plan: "pro" }));
    expect(replay).toMatchObject({ agrees: true, again: { condition: "concurrency_limited" } });
  });

  it("for want of credits passes with as many more, and on a plan that has them", async () => {
    const rig = await createRig();
    const render = { path: "/v1/renders", key: secrets.pro, body: { prompt: "a cat" } };
    for (let sent = 0; sent < 10; sent++) {
      await rig.send(render);
      await rig.clock.advance(5_000);
    }
    const row = rig.row(await rig.send(render));
    expect(row.condition).toBe("credits_exhausted");
    const replay = await replayDecision(api, recordOf(row, { plan: "pro" }));
    expect(replay).toMatchObject({ agrees: true, again: { condition: "credits_exhausted" } });
    expect(replay.changes[0]).toMatchObject({
      ...{ kind: "credits", credits: 10 },
      decided: { passes: true },
    });
  });

  it("of a plan that does not include it passes on one that does", async () => {
    const rig = await createRig();
    const row = rig.row(await rig.send({ path: "/v1/reports", key: secrets.free }));
    const { again, changes } = await replayDecision(api, recordOf(row));
    expect(again).toMatchObject({ condition: "plan_required", by: "free" });
    const passing = changes.filter(({ decided }) => decided.passes).map(({ plan }) => plan);
    expect(passing).toEqual(["pro"]);
  });

  it("of a budget that was full is the same, whatever the plan", async () => {
    const rig = await createRig();
    const render = { path: "/v1/renders", key: secrets.thrifty, body: { prompt: "a cat" } };
    await rig.send(render);
    const row = rig.row(await rig.send(render));
    const shortage = row.details?.shortage;
    if (shortage === undefined || !("cap" in shortage)) throw new Error("it has no budget");
    const { cap, used, held, resetAtMs } = shortage;
    const budget = {
      budget: { scope: "key", id: "key_thrifty", cap },
      used,
      held,
      resetAtMs,
    } as const;
    const replay = await replayDecision(api, recordOf(row, { plan: "pro", budget }));
    expect(replay).toMatchObject({ agrees: true, again: { condition: "budget_exceeded" } });
    expect(replay.changes.every(({ decided }) => !decided.passes)).toBe(true);
  });

  it("says plainly what a record lacks", async () => {
    const rig = await createRig();
    const invalid = rig.row(await rig.send({ path: "/v1/chat", key: secrets.pro, body: {} }));
    const replay = await replayDecision(api, recordOf(invalid, { plan: "pro" }));
    expect(replay).toMatchObject({ again: undefined, changes: [] });
    expect(replay.lacks).toEqual(["the request's input: no record has it"]);
    const passed = rig.row(await rig.send({ path: "/v1/hello", key: secrets.pro }));
    const unknown = await replayDecision(api, recordOf(passed));
    expect(unknown.lacks).toEqual(["the plan of the account: one of free, pro, team"]);
    const known = await replayDecision(api, recordOf(passed, { plan: "pro" }));
    expect(known).toMatchObject({ agrees: true, again: { passes: true }, changes: [] });
  });
});

describe("a client's call once more", () => {
  const told = { code: "rate_limited", status: 429, endpoint: "GET /v1/hello" };
  const body = { error: { code: "rate_limited", message: "Too many.", type: "rate_limit_error" } };

  it("that gave up for a wait that was too long would have passed with more patience", async () => {
    const why = ["rate_limited: wait", "Retry-After 200 s", "longest wait 120 s"];
    const replay = await replayWhy(api, { ...told, response: body, why });
    expect(replay.again).toMatchObject({ passes: false, why, tookMs: 0 });
    expect(replay.agrees).toBe(true);
    expect(replay.changes).toHaveLength(1);
    expect(replay.changes[0]?.tried.passes).toBe(true);
    expect(replay.changes[0]?.tried.tookMs).toBeGreaterThanOrEqual(200_000);
  });

  it("that had too little time would have passed with a later deadline", async () => {
    const why = ["rate_limited: wait", "Retry-After 40 s", "deadline in 30 s"];
    const replay = await replayWhy(api, { ...told, response: body, why });
    expect(replay).toMatchObject({ agrees: true, again: { passes: false } });
    expect(replay.changes[0]).toMatchObject({ tried: { passes: true } });
  });

  it("that cannot be helped by any setting says so by trying none", async () => {
    const why = ["credits_exhausted: never", "needs payment"];
    const past = { code: "credits_exhausted", status: 402, endpoint: "GET /v1/hello", why };
    const error = {
      error: { code: "credits_exhausted", message: "No credits.", type: "billing_error" },
    };
    const replay = await replayWhy(api, { ...past, response: error });
    expect(replay).toMatchObject({ agrees: true, changes: [], again: { passes: false } });
    expect(replay.again.steps).toHaveLength(1);
  });
});
