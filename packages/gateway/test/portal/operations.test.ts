// What customers are told of what they use, of why they were refused, and of what warns them.

import { describe, expect, it } from "vitest";
import { kindsOfStores } from "../admin/fixtures/worlds.ts";
import { row } from "../watch/fixtures/row.ts";
import { usePortals } from "./fixtures/portal-world.ts";

const dayMs = 24 * 60 * 60 * 1_000;

describe.each(kindsOfStores)("over %s", (kind) => {
  const open = usePortals();

  it("the plan has the limits of the key's API, and says which are the account's own", async () => {
    const { signIn, keys, world } = await open(kind);
    const overrides = { windows: { requests: 5 }, slots: { films: 7 }, limits: { seats: 12 } };
    const params = { accountId: "acc_a" };
    await world.ask("changeAccount", { params, body: { overrides } });
    const { body } = await (await signIn(keys.whole.secret)).ask("getPlan");
    expect(body).toMatchObject({
      ...{ api: "Acme", name: "pro", title: "Pro", support: "help@acme.test" },
      allowance: { credits: 1_000 },
      windows: [{ name: "requests", limit: 5, isException: true, per: "key", operations: null }],
      slots: [{ name: "films", limit: 7, isException: true, operations: ["film"] }],
      counts: [{ name: "seats", limit: 12, isException: true }],
    });
    const beta = await (await signIn(keys.beta.secret)).ask("getPlan");
    expect(beta.body).toMatchObject({
      api: "Beta",
      windows: [{ name: "all", isException: false }],
    });
  });

  it("where several APIs have the plan, the account's keys tell whose credits come with it", async () => {
    const { signIn, makeKey, world } = await open(kind);
    await world.ask("createAccount", { body: { id: "acc_c", name: "C", plan: "pro" } });
    const { secret } = await makeKey("acc_c", { api: "Beta" });
    const { body } = await (await signIn(secret)).ask("getCredits");
    expect([body.allowance, body.remaining]).toEqual([null, 0]);
    const operators = await world.ask("getCredits", { params: { accountId: "acc_c" } });
    expect(operators.body.remaining).toBe(0);
  });

  it("usage is counted by time, by day and by code, and a forecast follows from it", async () => {
    const { signIn, keys, world } = await open(kind);
    const early = await signIn(keys.whole.secret);
    const { body: nothing } = await early.ask("getForecast");
    expect(nothing).toMatchObject({ kind: "too_little_data", perDay: null });
    for (const length of [10, 5, 8]) {
      await world.clock.advance(dayMs);
      const body = { prompt: "x".repeat(length) };
      await world.logged(await world.call("/v1/renders", { key: keys.whole.secret, body }));
    }
    const refused = await world.call("/v1/renders", { key: keys.whole.secret, body: {} });
    await world.logged(refused);
    const { ask } = await signIn(keys.whole.secret);
    const day = new Date(world.clock.wallMs()).setUTCHours(0, 0, 0, 0);
    const { body: days } = await ask("listUsageDays", { query: { days: 3 } });
    expect(days.data).toEqual([
      { dayMs: day, requests: 2, refusals: 1, faults: 0, credits: 8 },
      { dayMs: day - dayMs, requests: 1, refusals: 0, faults: 0, credits: 5 },
      { dayMs: day - 2 * dayMs, requests: 1, refusals: 0, faults: 0, credits: 10 },
    ]);
    await world.logged(await world.call("/v1/nowhere", { key: keys.whole.secret }));
    const fromMs = day - 2 * dayMs;
    const { body: used } = await ask("listUsageOperations", { query: { fromMs } });
    const of = { api: "Acme", faults: 0 };
    expect(used.data).toEqual([
      { ...of, operation: "render", requests: 4, refusals: 1, credits: 23 },
      { ...of, operation: null, requests: 1, refusals: 1, credits: 0 },
    ]);
    expect([used.countedFromMs, used.hasMore]).toEqual([fromMs, false]);
    const { body: refusals } = await ask("listRefusals", { query: { fromMs: 0 } });
    expect(refusals.data).toEqual([
      { code: "not_found", api: "Acme", count: 1 },
      { code: "missing_field", api: "Acme", count: 1 },
    ]);
    expect(refusals.hasMore).toBe(false);
    const { body: forecast } = await ask("getForecast");
    expect(forecast.basisDays).toBe(3);
    expect(forecast.perDay.most).toBe(10);
    expect(forecast.remaining).toBe((await ask("getCredits")).body.remaining);
  });

  it("usage by operation is of the newest thousand requests, and says since when", async () => {
    const { signIn, keys, world } = await open(kind);
    const { ask } = await signIn(keys.whole.secret);
    const fromMs = world.clock.wallMs();
    const at = { accountId: "acc_a", keyId: keys.whole.id };
    for (let atMs = fromMs; atMs <= fromMs + 1_000; atMs++) {
      const time = atMs.toString(16).padStart(12, "0");
      const requestId = `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
      world.stores.log.append(row({ ...at, requestId, operation: "render", atMs, charged: 2 }));
    }
    await world.clock.advance(2_000);
    const { body } = await ask("listUsageOperations", { query: { fromMs } });
    expect([body.countedFromMs, body.hasMore]).toEqual([fromMs + 1, true]);
    expect(body.data).toMatchObject([{ requests: 1_000, credits: 2_000 }]);
  });

  it("a request is explained to its caller without what the gateway is made of", async () => {
    const { signIn, keys, world } = await open(kind);
    const { ask } = await signIn(keys.whole.secret);
    const requestId = await world.logged(
      await world.call("/v1/renders", { key: keys.whole.secret, body: {}, address: "192.0.2.77" }),
    );
    const { body } = await ask("explainRequest", { params: { requestId } });
    expect(body.refusal).toEqual({
      condition: "missing_field",
      means: expect.any(String),
      scope: null,
      passesAtMs: null,
      action: "fix_request",
    });
    expect(body.words).toContain("The field 'prompt' is missing.");
    expect(body.request.address).toBe("192.0.2.77");
    expect(Object.keys(body)).not.toContain("steps");
    for (const name of ["by", "degraded", "endedAt"]) expect(body.request).not.toHaveProperty(name);
  });

  it("thresholds are set and read, their secret is shown once, and the log of changes names the key", async () => {
    const { signIn, keys, world } = await open(kind);
    await world.ask("removeWarnings", { params: { accountId: "acc_a" } });
    const { ask } = await signIn(keys.whole.secret);
    expect((await ask("getThresholds")).body).toEqual({
      webhook: null,
      percents: [50, 75, 90, 100],
    });
    const body = { url: "https://hooks.test/low", percents: [95, 50] };
    const set = await ask("setThresholds", { body });
    expect(set.body.secret).toMatch(/^whsec_/);
    expect((await ask("setThresholds", { body })).body.secret).toBeNull();
    expect((await ask("getThresholds")).body.webhook).toMatchObject({
      url: "https://hooks.test/low",
      percents: [50, 95],
    });
    const { data } = (await world.ask("listChanges", { query: { accountId: "acc_a" } })).body;
    expect(data[0].by).toBe(`customer's key Mine (${keys.whole.id})`);
    const inside = await ask("setThresholds", { body: { url: "http://169.254.169.254/x" } });
    expect([inside.status, inside.body.param]).toEqual([400, "url"]);
    expect((await ask("rotateThresholdSecret")).body.secret).not.toBe(set.body.secret);
    expect((await ask("removeThresholds")).body.webhook).toBeNull();
    expect((await ask("rotateThresholdSecret")).body.code).toBe("no_webhook");
  });

  it("a key is shown with when it was last used", async () => {
    const { signIn, keys, world } = await open(kind);
    const { ask } = await signIn(keys.whole.secret);
    const asked = { params: { keyId: keys.reader.id } };
    expect((await ask("getKey", asked)).body.lastUsedAtMs).toBeNull();
    await world.logged(await world.call("/v1/hello", { key: keys.reader.secret }));
    const { body } = await ask("getKey", asked);
    expect(body.lastUsedAtMs).toBe(world.clock.wallMs());
  });
});
