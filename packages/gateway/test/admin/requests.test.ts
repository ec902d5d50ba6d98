// Requests found by everything that they are known by, explained, counted by day; and what is served, as data.

import { describe, expect, it } from "vitest";
import type { World } from "./fixtures/world.ts";
import { kindsOfStores, useWorlds } from "./fixtures/worlds.ts";

const dayMs = 24 * 60 * 60 * 1_000;

/** One request of each kind, a minute apart; the last one is another account's. */
async function story(world: World) {
  const { ask, call, clock, logged } = world;
  const startMs = clock.wallMs();
  const free = await ask("createAccount", { body: { id: "acc_free", name: "F", plan: "free" } });
  const params = { accountId: free.body.id };
  const { key, secret } = (await ask("createKey", { params, body: { name: "F" } })).body;
  const ids: string[] = [];
  const step = async (path: string, init: object = {}) => {
    await clock.advance(60_000);
    ids.push(await logged(await call(path, init)));
  };
  await step("/v1/hello");
  await step("/v1/nothing");
  await step("/v1/renders", { body: { prompt: "four" } });
  await step("/v1/renders", { body: { prompt: 7 } });
  await step("/v1/hello", { key: secret });
  return { startMs, ids, keyId: key.id as string };
}

describe.each(kindsOfStores)("over %s", (kind) => {
  const open = useWorlds();

  it("are found by each member of a row, and by all of them together", async () => {
    const world = await open(kind);
    const { ids, startMs, keyId } = await story(world);
    const [hello, nothing, render, wrong, free] = ids;
    const find = async (query: Record<string, unknown>) => {
      const { status, body } = await world.ask("listRequests", { query });
      expect([query, status]).toEqual([query, 200]);
      return body.data.map(({ requestId }: { requestId: string }) => requestId).toReversed();
    };
    const since = { fromMs: startMs + 1 };
    expect(await find(since)).toEqual(ids);
    expect(await find({ ...since, accountId: "acc_a" })).toEqual([hello, nothing, render, wrong]);
    expect(await find({ ...since, keyId })).toEqual([free]);
    expect(await find({ ...since, operation: "hello" })).toEqual([hello, free]);
    expect(await find({ ...since, operation: "render", status: 201 })).toEqual([render]);
    expect(await find({ ...since, code: "invalid_field" })).toEqual([wrong]);
    expect(await find({ ...since, condition: "not_found" })).toEqual([nothing]);
    expect(await find({ ...since, ending: "refused" })).toEqual([nothing, wrong]);
    expect(await find({ ...since, api: "Beta" })).toEqual([]);
    expect(await find({ ...since, api: "Acme", toMs: startMs + 120_000 })).toEqual([hello]);
    expect(await find({ requestId: render })).toEqual([render]);
    expect(await find({ requestId: render, operation: "render", status: 201 })).toEqual([render]);
    expect(await find({ requestId: render, operation: "hello" })).toEqual([]);
    expect(await find({ requestId: "nobody" })).toEqual([]);
  });

  it("are shown and explained by their id alone", async () => {
    const world = await open(kind);
    const { ids } = await story(world);
    const [, nothing, render] = ids;
    const params = { requestId: render ?? "" };
    const row = (await world.ask("getRequest", { params })).body;
    expect(row).toMatchObject({
      api: "Acme",
      operation: "render",
      status: 201,
      held: 10,
      charged: 4,
    });
    const { body } = await world.ask("explainRequest", { params });
    expect(body.request).toEqual(row);
    expect(body.refusal).toBeNull();
    expect(body.cost).toEqual({ state: "charged", credits: 4, isJob: false, overage: 0 });
    expect(body.steps).toHaveLength(9);
    expect(body.words).toContain("It cost 4 credits.");
    const refused = (await world.ask("explainRequest", { params: { requestId: nothing ?? "" } }))
      .body;
    expect(refused.refusal).toMatchObject({ step: "validate", condition: "not_found" });
    expect((await world.ask("explainRequest", { params: { requestId: "nobody" } })).status).toBe(
      404,
    );
    expect((await world.ask("getHold", { params: { holdId: nothing ?? "" } })).status).toBe(404);
  });

  it("add up by day and operation, newest day first, so many days a page", async () => {
    const world = await open(kind);
    const { call, clock, logged } = world;
    for (let day = 0; day < 3; day++) {
      await clock.advance(dayMs);
      for (let i = 0; i <= day; i++) await logged(await call("/v1/hello"));
    }
    const days = async (query: Record<string, unknown>) =>
      (await world.ask("listDays", { query })).body;
    const hellos = await days({ operation: "hello", limit: 90 });
    expect(hellos.data.map(({ requests }: { requests: number }) => requests)).toEqual([3, 2, 1]);
    expect(hellos.next).toBeNull();
    const first = await days({ operation: "hello", limit: 2, fromMs: clock.wallMs() - 5 * dayMs });
    expect(first.data.map(({ requests }: { requests: number }) => requests)).toEqual([3, 2]);
    const second = await days({
      operation: "hello",
      limit: 2,
      fromMs: clock.wallMs() - 5 * dayMs,
      cursor: first.next,
    });
    expect(second.data.map(({ requests }: { requests: number }) => requests)).toEqual([1]);
    expect(hellos.data[0].durations).toHaveLength(hellos.boundsMs.length + 1);
    expect((await days({ api: "Beta" })).data).toEqual([]);
    const usage = await world.ask("getUsage", { params: { accountId: "acc_a" } });
    expect(usage.body).toMatchObject({ requests: 7, refusals: 0, faults: 0, credits: 3 });
  });

  it("what is served is there as data: contracts, plans, and any refusal as its bytes", async () => {
    const { ask, call } = await open(kind);
    const [acme, beta] = (await ask("listApis")).body.data;
    expect([acme.title, acme.permissions, beta.title]).toEqual(["Acme", ["read", "write"], "Beta"]);
    expect(acme.operations).toContainEqual(
      expect.objectContaining({
        name: "film",
        price: { kind: "fixed", credits: 40 },
        isJob: true,
        slots: ["films"],
      }),
    );
    const plans = (await ask("listPlans", { query: { limit: 3 } })).body;
    expect(plans.data.map(({ api, name }: { api: string; name: string }) => [api, name])).toEqual([
      ["Acme", "free"],
      ["Acme", "pro"],
      ["Beta", "pro"],
    ]);
    expect((await ask("listPlans", { query: { cursor: plans.next } })).body.data).toMatchObject([
      { name: "solo" },
    ]);
    const params = { api: "Acme", condition: "missing_key" };
    const shown = (await ask("simulateRefusal", { params })).body;
    const real = await call("/v1/hello", { key: "" });
    expect([shown.status, shown.body]).toEqual([real.status, real.text]);
    for (const { conditions } of acme.codes) {
      for (const condition of conditions) {
        const { status } = await ask("simulateRefusal", { params: { api: "Acme", condition } });
        expect([condition, status]).toEqual([condition, 200]);
      }
    }
    expect((await ask("simulateRefusal", { params: { ...params, api: "Gamma" } })).status).toBe(
      404,
    );
    expect((await ask("simulateRefusal", { params: { ...params, condition: "x" } })).status).toBe(
      404,
    );
  });

  it("stores that answer are well", async () => {
    const { ask } = await open(kind);
    const { stores, ...rest } = (await ask("getHealth")).body;
    expect(rest).toEqual({ logRowsDropped: 0, isServing: true });
    expect(
      stores.map(({ name, status }: { name: string; status: string }) => [name, status]),
    ).toEqual(["directory", "limits", "ledger", "log", "notices"].map((name) => [name, "ok"]));
  });
});
