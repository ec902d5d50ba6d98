// Jobs: work that goes on after its call was answered. Its slot and its credits stay taken until its end is told,
// and it is charged what the end says.

import { HeldBack } from "@sluice-internal/both-ways/held-back";
import { MINUTE_MS } from "sluice/base";
import { describe, expect, test } from "vitest";
import { video } from "./behind-the-gate.ts";
import { type LiveApiOptions, startApi } from "./live-api.ts";
import { enterpriseId } from "./people.ts";
import { type Ask, requestIdOf } from "./reply.ts";

const slot = `videoAnalyses:${enterpriseId}`;
const halfHourMs = 30 * MINUTE_MS;
const json = { ...video, delay: 40_000 };
const unreadable = { ...json, video_url: "https://example.com/unreadable.mp4" };

async function open(options: LiveApiOptions = {}) {
  const api = await startApi(options);
  const { enterprise } = api.keys;
  return {
    api,
    start: (how: Ask = {}) => api.send("POST /video-analyses", { key: enterprise, json, ...how }),
    look: async (id: string) =>
      (await api.send(`GET /video-analyses/${id}`, { key: enterprise })).body,
    funds: () => api.funds(enterpriseId),
    /** The store counts as of the latest time that it was asked at. */
    inUse() {
      api.stores.limits.admit({ windows: [], slots: [] }, api.clock.monotonicMs());
      return api.stores.limits.slotsInUse(slot);
    },
  };
}

describe("a job", () => {
  test("is answered when it starts, and charged what it cost when it has ended", async () => {
    const { api, start, look, funds, inUse } = await open();
    const { status, body } = await start();
    expect([status, body.status, body.credits_used]).toEqual([201, "pending", null]);
    expect([funds().used, funds().held, inUse()]).toEqual([0, 500, 1]);
    await api.clock.advance(39_999);
    expect(await look(body.id)).toMatchObject({ status: "generating", credits_used: null });
    expect([funds().used, funds().held, inUse()]).toEqual([0, 500, 1]);
    await api.clock.advance(1);
    const ended = await look(body.id);
    expect(ended.status).toBe("completed");
    expect(ended.credits_used).toBeGreaterThanOrEqual(100);
    expect(ended.credits_used).toBeLessThan(500);
    expect([funds().used, funds().held, inUse()]).toEqual([ended.credits_used, 0, 0]);
    expect(api.stores.ledger.audit()).toEqual([]);
  });

  test("of a focus group is charged what it cost as well", async () => {
    const { api, funds } = await open();
    const how = { key: api.keys.enterprise, json: { questions: ["Why?", "How?"] } };
    const { body } = await api.send("POST /focus-groups", how);
    expect(funds()).toMatchObject({ used: 0, held: 200 });
    await api.clock.advance(2_000);
    const ended = (await api.send(`GET /focus-groups/${body.id}`, { key: how.key })).body;
    expect(ended).toMatchObject({ status: "completed", error: null, credits_used: 77 });
    expect(funds()).toMatchObject({ used: 77, held: 0 });
  });

  test("that fails costs nothing, and its error is a text on an answer of 200", async () => {
    const { api, start, look, funds, inUse } = await open();
    const { body } = await start({ json: unreadable });
    await api.clock.advance(40_000);
    expect(await look(body.id)).toMatchObject({
      status: "failed",
      error: "The video cannot be read.",
      credits_used: null,
    });
    expect([funds().used, funds().held, inUse()]).toEqual([0, 0, 0]);
  });

  test("that is over before its call was answered ends all the same", async () => {
    const { api, start, look, funds, inUse } = await open();
    const { body } = await start({ json: { ...video, delay: 0 } });
    await api.clock.advance(0);
    const { status, credits_used } = await look(body.id);
    expect([status, funds().used, funds().held, inUse()]).toEqual([
      "completed",
      credits_used,
      0,
      0,
    ]);
  });

  test("goes on and is charged when its key is revoked meanwhile", async () => {
    const { api, start, funds } = await open();
    await start();
    const key = await api.gate.keys.find(api.keys.enterprise);
    await api.gate.keys.revoke(key?.id ?? "", "test");
    await api.clock.advance(40_000);
    expect(funds().used).toBeGreaterThanOrEqual(100);
    expect(funds().held).toBe(0);
  });

  test("of a caller who left while it started runs and is charged like any other", async () => {
    const held = new HeldBack();
    const { api, start, funds, inUse } = await open({ wrap: held.wrap });
    const leaving = new AbortController();
    const starting = start({ signal: leaving.signal });
    await held.entered;
    const [arrival] = api.arrivals.all;
    if (arrival === undefined) throw new Error("expected a request at the plain API");
    leaving.abort();
    await expect(starting).rejects.toThrow();
    await api.departures.reached(1);
    held.release();
    await api.row(arrival.caller.requestId);
    const { data } = (await api.send("GET /video-analyses", { key: api.keys.enterprise })).body;
    expect([data.length, funds().held, inUse()]).toEqual([1, 500, 1]);
    await api.clock.advance(40_000);
    expect([funds().used >= 100, funds().held, inUse()]).toEqual([true, 0, 0]);
    expect(api.stores.ledger.audit()).toEqual([]);
  });

  test("is waited for by the budget of its workspace, too", async () => {
    const { api, start } = await open();
    const place = { key: api.keys.enterprise, json: { name: "Small", usage_limit: 999 } };
    const { body } = await api.send("POST /workspaces", place);
    const within = { json: { ...json, workspace_id: body.id } };
    expect((await start(within)).body.workspace_id).toBe(body.id);
    expect((await start(within)).body.error.code).toBe("budget_exceeded");
    expect((await start()).status).toBe(201);
    await api.clock.advance(40_000);
    expect((await start(within)).status).toBe(201);
  });
});

describe("three jobs of which one ends, one fails and one vanishes", () => {
  test("come free one by one, and only the first is charged", async () => {
    const { api, start, look, funds, inUse } = await open();
    const ends = (await start()).body.id;
    await start({ json: { ...unreadable, delay: 50_000 } });
    const vanished = requestIdOf(await start({ json: { ...json, delay: 600_000 } }));
    expect((await start()).status).toBe(429);
    await api.clock.advance(40_000);
    const { credits_used } = await look(ends);
    expect([funds().used, funds().held, inUse()]).toEqual([credits_used, 1_000, 2]);
    await api.clock.advance(10_000);
    expect([funds().used, funds().held, inUse()]).toEqual([credits_used, 500, 1]);
    // Whoever did the third is gone, and tells nobody.
    api.upstream.close();
    await api.clock.advance(halfHourMs - 50_000 - 1);
    expect([await api.gate.sweeper.sweep(), inUse()]).toEqual([[], 1]);
    await api.clock.advance(1);
    expect([await api.gate.sweeper.sweep(), inUse()]).toEqual([[vanished], 0]);
    expect(api.events).toEqual([{ kind: "hold_expired", holdId: vanished }]);
    expect([funds().used, funds().held]).toEqual([credits_used, 0]);
    expect(api.stores.ledger.audit()).toEqual([]);
  });

  test("leave no room before the maximum age of the one that vanished, and room at it", async () => {
    const { api, start } = await open();
    for (let n = 0; n < 3; n++) await start();
    api.upstream.close();
    await api.clock.advance(halfHourMs - 1);
    expect((await start()).status).toBe(429);
    await api.clock.advance(1);
    for (let n = 0; n < 3; n++) expect((await start()).status).toBe(201);
    expect((await start()).status).toBe(429);
  });
});

describe("the end of a job", () => {
  test("that is told twice, or too late, changes nothing", async () => {
    const { api, start, funds } = await open();
    const id = requestIdOf(await start());
    await api.clock.advance(40_000);
    const { used } = funds();
    const again = { kind: "completed", credits: 400 } as const;
    expect(await api.gate.jobs.end(id, again)).toEqual({ kind: "unknown" });
    api.upstream.close();
    const late = requestIdOf(await start());
    await api.clock.advance(halfHourMs);
    await api.gate.sweeper.sweep();
    expect(await api.gate.jobs.end(late, again)).toEqual({ kind: "unknown" });
    expect(funds()).toMatchObject({ used, held: 0 });
  });

  test("is told again until the ledger is there to hear of it", async () => {
    const { api, start, look, funds, inUse } = await open();
    const { body } = await start();
    api.outages.begin("ledger");
    await api.clock.advance(45_000);
    api.outages.end("ledger");
    expect([funds().used, funds().held, inUse()]).toEqual([0, 500, 1]);
    await api.clock.advance(60_000);
    const { credits_used } = await look(body.id);
    expect([funds().used, funds().held, inUse()]).toEqual([credits_used, 0, 0]);
  });
});

test("a job whose start the ledger could not confirm is not charged, and the operator is told", async () => {
  const { api, start, funds, inUse } = await open({
    wrap: (fetch) => (request, caller) => {
      api.outages.begin("ledger");
      return fetch(request, caller);
    },
  });
  const unsure = await start();
  expect([unsure.status, unsure.body.error.code]).toEqual([503, "service_unavailable"]);
  api.outages.end("ledger");
  expect([funds().held, inUse()]).toEqual([500, 0]);
  await api.clock.advance(90_000);
  expect(await api.gate.sweeper.sweep()).toEqual([requestIdOf(unsure)]);
  expect([funds().used, funds().held, inUse()]).toEqual([0, 0, 0]);
  expect(api.stores.ledger.audit()).toEqual([]);
});

describe("a job that is started again with the same Idempotency-Key", () => {
  const headers = { "Idempotency-Key": "spot-1" };

  test.each([
    ["ends well", json],
    ["fails", unreadable],
  ])("is the same job, before and after it %s", async (_, body) => {
    const { api, start, funds, inUse } = await open();
    const first = await start({ headers, json: body });
    const again = await start({ headers, json: body });
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
    expect([funds().held, inUse()]).toEqual([500, 1]);
    await api.clock.advance(40_000);
    const { used } = funds();
    expect((await start({ headers, json: body })).text).toBe(first.text);
    expect([funds().used, funds().held, inUse()]).toEqual([used, 0, 0]);
    expect(api.arrivals.countOf("POST /video-analyses")).toBe(1);
    expect(api.stores.ledger.audit()).toEqual([]);
  });

  test("has to wait for a free slot, as any other start has, and is then the same job", async () => {
    const { api, start, funds, inUse } = await open();
    const first = await start({ headers });
    await start({ json: { ...json, delay: 10_000 } });
    await start();
    expect((await start({ headers })).status).toBe(429);
    await api.clock.advance(10_000);
    const again = await start({ headers });
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect([funds().held, inUse()]).toEqual([1_000, 2]);
  });
});

test("jobs are listed newest first, and by their status", async () => {
  const { api, start } = await open();
  const ids: string[] = [];
  for (const body of [json, unreadable, { ...json, delay: 600_000 }]) {
    ids.push((await start({ json: body })).body.id);
  }
  await api.clock.advance(40_000);
  const list = async (query: string) => {
    const what = `GET /video-analyses${query}`;
    const { body } = await api.send(what, { key: api.keys.enterprise });
    return body.data.map(({ id }: { id: string }) => ids.indexOf(id));
  };
  expect(await list("")).toEqual([2, 1, 0]);
  expect(await list("?status=failed")).toEqual([1]);
  expect(await list("?limit=1&offset=2")).toEqual([0]);
});
