// A log under another contract: what the replay says would have become of the calls is what becomes of them when the same calls
// come to a gate of that contract.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { seededRandom, VirtualClock } from "../../../src/base/index.ts";
import { type AnyApi, fixed } from "../../../src/contract/index.ts";
import type { LogRow } from "../../../src/gate/index.ts";
import { reply } from "../../../src/gate/index.ts";
import { PlanReplay, type PlanResult } from "../../../src/sim/index.ts";
import { acme } from "../../gate/fixtures/acme.ts";
import { useInstantDigests } from "../../gate/fixtures/instant-digests.ts";
import { secrets } from "../../gate/fixtures/people.ts";
import { createRig } from "../../gate/fixtures/rig.ts";
import { otherAcme } from "../../gate/shadow/watched.ts";

const plans: Readonly<Record<string, string>> = { pro: "pro", free: "free", lapsed: "pro" };
const START_MS = Date.UTC(2026, 5, 1);

/** A quarter of an hour of calls, the same for every contract: when they come depends on no answer. */
async function calls(api: AnyApi, seed: string, renderMs = 400): Promise<readonly LogRow[]> {
  const clock = new VirtualClock(START_MS);
  const random = seededRandom(seed);
  const rig = await createRig({
    api,
    clock,
    handlers: {
      render: async ({ body }) => {
        if (renderMs > 0) await clock.sleep(renderMs);
        return reply({ picture: body.prompt }, 201);
      },
      // Of a call that was refused nobody knows what it would have cost: the most is assumed.
      chat: () => reply({ usage: { credits: 10 } }),
    },
  });
  const under: Promise<unknown>[] = [];
  for (let sent = 0; sent < 300; sent++) {
    await clock.advance(random.integer(3_000));
    const key = random.integer(4) === 0 ? secrets.free : secrets.pro;
    const body = { prompt: "a cat" };
    const all = [
      { path: "/v1/hello", key },
      { path: "/v1/hello", key: secrets.lapsed },
      { path: "/v1/chat", key, body },
      { path: "/v1/renders", key, body },
      { path: "/v1/nowhere", key },
      { path: "/v1/reports", key },
    ];
    const one = all[random.integer(all.length)];
    // A burst now and then.
    for (let times = random.integer(8) === 0 ? 6 : 1; times > 0 && one; times--) {
      under.push(rig.send(one));
      // A log does not say which of two calls of one millisecond came first.
      await clock.advance(1);
    }
  }
  await clock.advance(10_000);
  await Promise.all(under);
  return rig.rows().toSorted((a, b) => a.atMs - b.atMs || (a.requestId < b.requestId ? -1 : 1));
}

async function replayed(rows: readonly LogRow[], api: AnyApi, was?: AnyApi): Promise<PlanResult> {
  const accountOf = (id: string) => ({ plan: plans[id] ?? "pro" });
  const replay = new PlanReplay({ api, was, accountOf });
  for (const row of rows) {
    if (row.accountId !== undefined) await replay.feed({ ...row, accountId: row.accountId });
  }
  return replay.end();
}

const owner = { free: 5, pro: 20, team: 20 };
const others: Readonly<Record<string, AnyApi>> = {
  "smaller windows": otherAcme({
    windows: { requests: { per: "key", limit: { ...owner, pro: 6 }, windowMs: 60_000 } },
  }),
  "larger windows": otherAcme({
    windows: { requests: { per: "account", limit: 100, windowMs: 30_000 } },
  }),
  "fewer slots": otherAcme({
    slots: { renders: { per: "account", limit: 1, operations: ["render"] } },
  }),
  "higher prices": otherAcme({
    operations: { render: { price: fixed(17) }, report: { price: fixed(3) } },
  }),
  "lower prices": otherAcme({ operations: { render: { price: fixed(2) } } }),
  "other plans": otherAcme({ operations: { hello: { plans: ["free"] } } }),
};

beforeEach(() => useInstantDigests());
afterEach(() => void vi.restoreAllMocks());

describe("a log under another contract", () => {
  it("changes nothing where it is the contract that the log was made under", async () => {
    for (const seed of ["one", "two", "three"]) {
      const rows = await calls(acme as unknown as AnyApi, seed);
      for (const was of [undefined, acme as unknown as AnyApi]) {
        const {
          all,
          calls: fed,
          notJudged,
          byLimit,
        } = await replayed(rows, acme as unknown as AnyApi, was);
        expect(byLimit).toEqual([]);
        expect(all).toMatchObject({
          newlyRefused: 0,
          newlyPassed: 0,
          refusedOtherwise: 0,
          chargedOtherwise: 0,
        });
        expect(all.calls).toBe(fed);
        expect(all.creditsWould).toBe(all.creditsWas);
        expect(all.refusedWas).toBeGreaterThan(50);
        expect(notJudged).toEqual({ otherApi: 0, simulated: 0, degraded: 0, noPlan: 0 });
      }
    }
  });

  for (const [what, api] of Object.entries(others)) {
    it(`says of ${what} what a gate with them does`, async () => {
      let differs = 0;
      for (const seed of ["one", "two"]) {
        // Nor how long it would have kept a slot: none is assumed.
        const renderMs = what === "fewer slots" ? 3_000 : 0;
        const [was, is] = [
          await calls(acme as unknown as AnyApi, seed, renderMs),
          await calls(api, seed, renderMs),
        ];
        const { all, byAccount, byOperation } = await replayed(was, api, acme as unknown as AnyApi);
        const refused = is.filter(({ status }) => status >= 400).length;
        expect([what, seed, all.refusedWould]).toEqual([what, seed, refused]);
        const charged = is.reduce((sum, row) => sum + row.charged, 0);
        expect([what, seed, all.creditsWould]).toEqual([what, seed, charged]);
        for (const sums of [byAccount, byOperation]) {
          expect(sums.reduce((sum, { calls: count }) => sum + count, 0)).toBe(all.calls);
        }
        differs += all.newlyRefused + all.newlyPassed + all.chargedOtherwise;
      }
      expect(differs).toBeGreaterThan(0);
    });
  }

  it("says of how many calls it had to assume something, and which it did not judge", async () => {
    const api = otherAcme({ operations: { hello: { price: fixed(1) } } });
    const replay = new PlanReplay({ api, accountOf: () => undefined, plan: "free" });
    const call = { accountId: "a", status: 200, operation: "hello" };
    await replay.feed({ ...call, atMs: 1 });
    await replay.feed({ ...call, atMs: 2, simulated: true });
    await replay.feed({ ...call, atMs: 3, api: "Other" });
    await replay.feed({ ...call, atMs: 4, degraded: "limits" });
    await replay.feed({ ...call, atMs: 5, plan: "gone" });
    const { all, assumed, notJudged, byLimit } = await replay.end();
    expect(all).toMatchObject({ calls: 1, chargedOtherwise: 1, creditsWas: 0, creditsWould: 1 });
    expect(byLimit).toEqual([]);
    expect(notJudged).toEqual({ otherApi: 1, simulated: 1, degraded: 1, noPlan: 1 });
    expect(assumed).toEqual({
      ...{ credits: 1, input: 0, most: 0, noDuration: 1, noKey: 1, noPath: 1, plan: 1 },
    });
  });

  it("has a slot free at the millisecond at which the call before is over, and not before", async () => {
    const slots = { renders: { per: "account", limit: 1, operations: ["render"] } };
    const refusedAt = async (atMs: number) => {
      const replay = new PlanReplay({
        api: otherAcme({ slots }),
        accountOf: () => ({ plan: "pro" }),
      });
      const call = { accountId: "a", status: 201, operation: "render", durationMs: 400 };
      await replay.feed({ ...call, atMs: 1_000 });
      await replay.feed({ ...call, atMs });
      return (await replay.end()).all.newlyRefused;
    };
    expect([await refusedAt(1_399), await refusedAt(1_400)]).toEqual([1, 0]);
  });
});
