// Law 4: while their store is down, rate limits do what the contract says and announce it; credits fail closed;
// a key that was revoked stays out.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AnyApi } from "../../src/contract/index.ts";
import { acme } from "./fixtures/acme.ts";
import { useInstantDigests } from "./fixtures/instant-digests.ts";
import { disturbedStores, type Moment } from "./fixtures/moments.ts";
import { secrets } from "./fixtures/people.ts";
import { createRig } from "./fixtures/rig.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

const render = { path: "/v1/renders", key: secrets.pro, body: { prompt: "a cat" } };
const hello = { path: "/v1/hello", key: secrets.pro };
const LIMITS: readonly Moment[] = ["admit before", "free slots before"];

/** A rig whose stores fail at the moments in `down`. */
async function rigWithOutage(api: AnyApi = acme) {
  const down = new Set<Moment>();
  let runs = 0;
  const rig = await createRig({
    api,
    stores: (plain) =>
      disturbedStores(plain, (moment) => {
        if (down.has(moment)) throw new Error(`${moment}: no route to host`);
      }),
    handlers: {
      render: () => {
        runs++;
        return { status: 201, headers: [], body: "{}" };
      },
    },
  });
  const outage = (moments: readonly Moment[]) => {
    for (const moment of moments) down.add(moment);
  };
  return { rig, outage, repair: () => down.clear(), runs: () => runs };
}

describe("while the store of the limits is down, a contract that says open", () => {
  it("lets everything pass, says so on each answer and in each row", async () => {
    const { rig, outage } = await rigWithOutage();
    outage(LIMITS);
    for (let i = 0; i < 25; i++) {
      const received = await rig.send(hello);
      expect(received.status).toBe(200);
      expect(received.header("Sluice-Degraded")).toBe("limits");
      expect(received.header("X-RateLimit-Limit")).toBeUndefined();
      expect(rig.row(received)).toMatchObject({ degraded: "limits", ending: "done" });
    }
  });

  it("tells the operator once that it is down and once that it is back", async () => {
    const { rig, outage, repair } = await rigWithOutage();
    for (let round = 0; round < 2; round++) {
      outage(LIMITS);
      await Promise.all(Array.from({ length: 5 }, () => rig.send(hello)));
      for (let i = 0; i < 3; i++) expect((await rig.send(render)).status).toBe(201);
      expect(rig.events.map(({ kind }) => kind)).toEqual(["limits_down"]);
      repair();
      const received = await rig.send(hello);
      await rig.send(render);
      expect(received.header("Sluice-Degraded")).toBeUndefined();
      expect(rig.events.map(({ kind }) => kind)).toEqual(["limits_down", "limits_back"]);
      rig.events.length = 0;
    }
  });

  it("still asks for keys, plans, input and credits", async () => {
    const { rig, outage } = await rigWithOutage();
    outage(LIMITS);
    const codes = [
      (await rig.send({ ...hello, key: undefined })).code,
      (await rig.send({ ...hello, key: secrets.revoked })).code,
      (await rig.send({ ...render, key: secrets.free })).code,
      (await rig.send({ ...render, body: {} })).code,
    ];
    expect(codes).toEqual(["missing_key", "revoked_key", "plan_required", "missing_field"]);
    for (let i = 0; i < 10; i++) expect((await rig.send(render)).status).toBe(201);
    expect((await rig.send(render)).code).toBe("credits_exhausted");
  });

  it("leaves no slot behind when only the reply of the store got lost", async () => {
    const { rig, outage, repair } = await rigWithOutage();
    outage(["admit after"]);
    for (let i = 0; i < 5; i++) expect((await rig.send(render)).status).toBe(201);
    repair();
    expect(rig.stores.limits.slotsInUse("renders:pro")).toBe(0);
  });

  it("counts a release that fails as an outage, not as a fault of the call", async () => {
    const { rig, outage } = await rigWithOutage();
    outage(["free slots before"]);
    const received = await rig.send(render);
    expect(received.status).toBe(201);
    expect(rig.row(received).ending).toBe("done");
    expect(rig.events.map(({ kind }) => kind)).toEqual(["limits_down"]);
  });
});

describe("while the store of the limits is down, a contract that says closed", () => {
  const closed: AnyApi = { ...acme, server: { ...acme.server, limitsDown: "closed" } };

  it("refuses with 503 and when to come back, and does no work", async () => {
    const { rig, outage, repair, runs } = await rigWithOutage(closed);
    outage(LIMITS);
    for (const sent of [hello, render]) {
      const refused = await rig.send(sent);
      expect(refused.code).toBe("unavailable");
      expect(refused.status).toBe(503);
      expect(Number(refused.header("Retry-After"))).toBeGreaterThan(0);
      expect(rig.row(refused)).toMatchObject({ endedAt: "admit", ending: "refused", by: "limits" });
    }
    expect(runs()).toBe(0);
    expect(rig.events.map(({ kind }) => kind)).toEqual(["limits_down"]);
    repair();
    expect((await rig.send(hello)).status).toBe(200);
    expect(rig.funds()).toMatchObject({ used: 0, held: 0 });
  });
});

describe("while the ledger is down", () => {
  it.each<Moment>(["reserve before", "reserve after"])(
    "credits fail closed, before any work: %s",
    async (moment) => {
      const { rig, outage, runs } = await rigWithOutage();
      outage([moment]);
      const refused = await rig.send(render);
      expect(refused.code).toBe("credits_unavailable");
      expect(Number(refused.header("Retry-After"))).toBeGreaterThan(0);
      expect(runs()).toBe(0);
      expect(rig.funds()).toMatchObject({ used: 0, held: 0, remaining: 100 });
      expect(rig.events).toMatchObject([{ kind: "fault", step: "reserve" }]);
    },
  );

  it("what is free goes on", async () => {
    const { rig, outage } = await rigWithOutage();
    outage(["reserve before", "settle before", "release hold before"]);
    expect((await rig.send(hello)).status).toBe(200);
  });

  it("no answer leaves before its charge is certain", async () => {
    const { rig, outage } = await rigWithOutage();
    outage(["settle before"]);
    const refused = await rig.send(render);
    expect(refused.code).toBe("credits_unavailable");
    expect(refused.text).not.toContain("a cat");
    expect(rig.funds()).toMatchObject({ used: 0, held: 10 });
    // Listed for the operator by the sweeper, once nobody can still be at it.
    expect(rig.stores.ledger.expire(rig.clock.wallMs(), 10)).toEqual([]);
    await rig.clock.advance(65_000);
    expect(rig.stores.ledger.expire(rig.clock.wallMs(), 10)).toEqual([refused.requestId]);
    expect(rig.funds()).toMatchObject({ used: 0, held: 0, remaining: 100 });
  });
});

describe("while the directory is down", () => {
  it("known keys go on, others are told to come back, and none is let in by it", async () => {
    const { rig, outage, repair } = await rigWithOutage();
    expect((await rig.send(hello)).status).toBe(200);
    expect((await rig.send({ ...hello, key: secrets.revoked })).code).toBe("revoked_key");
    outage(["findKey before"]);
    expect((await rig.send(hello)).status).toBe(200);
    expect((await rig.send({ ...hello, key: secrets.revoked })).code).toBe("revoked_key");
    for (const key of [secrets.free, secrets.expired]) {
      const refused = await rig.send({ ...hello, key });
      expect(refused.code).toBe("unavailable");
      expect(Number(refused.header("Retry-After"))).toBeGreaterThan(0);
    }
    await rig.clock.advance(120_000);
    expect((await rig.send({ ...hello, key: secrets.revoked })).status).not.toBe(200);
    repair();
    expect((await rig.send({ ...hello, key: secrets.free })).status).toBe(200);
  });
});
