// `Sluice-Simulate`: a test key gets the refusal that it asks for; a live key, and the plain API behind the
// gate, never notice. That each code then looks like a real one is shown with the catalogue.

import { describe, expect, test } from "vitest";
import { type MaveraCode, wire } from "../contract/index.ts";
import { video } from "./behind-the-gate.ts";
import { hello, type LiveApi, startApi } from "./live-api.ts";
import { refusal } from "./reply.ts";

const simulate = (value: string) => ({ "Sluice-Simulate": value });
const codes = Object.keys(wire.codes) as MaveraCode[];

async function statuses(api: LiveApi, value: string, count: number): Promise<number[]> {
  const found: number[] = [];
  for (let n = 0; n < count; n++) {
    const how = { key: api.keys.test, headers: simulate(value) };
    found.push((await api.send("GET /personas", how)).status);
  }
  return found;
}

describe("a simulated refusal", () => {
  test.each([
    ["internal_error", [500, 500, 500, 500]],
    ["internal_error; times=2", [500, 500, 200, 200]],
    ["internal_error; after=2", [200, 200, 500, 500]],
    ["rate_limit_exceeded; after=1; times=1", [200, 429, 200, 200]],
    ["rate_limit_exceeded; times=0", [200, 200, 200, 200]],
  ])("comes when it was asked for: %s", async (value, expected) => {
    const api = await startApi();
    expect(await statuses(api, value, 4)).toEqual(expected);
  });

  test("is counted for each wish on its own, so that a run repeats exactly", async () => {
    const api = await startApi();
    expect(await statuses(api, "internal_error; times=1", 2)).toEqual([500, 200]);
    expect(await statuses(api, "rate_limit_exceeded; times=1", 2)).toEqual([429, 200]);
  });

  test("takes the place of a stream before it begins", async () => {
    const api = await startApi();
    const headers = simulate("service_unavailable");
    const how = { key: api.keys.test, json: { ...hello, stream: true }, headers };
    const reply = await api.send("POST /responses", how);
    expect(refusal(reply)).toMatchObject({ status: 503, code: "service_unavailable" });
    expect(reply.headers.get("Content-Type")).toBe("application/json");
  });

  test.each(codes)("does nothing and costs nothing, whatever it calls: %s", async (code) => {
    const api = await startApi();
    const asked: readonly [string, object][] = [
      ["POST /responses", hello],
      ["POST /mave/chat", { message: "Hello" }],
      ["POST /personas", { name: "Ann", pipeline_type: "advanced" }],
      ["POST /workspaces", { name: "A" }],
      ["POST /video-analyses", video],
    ];
    // The test key's account could not have both of the dear ones, so each is asked for by itself.
    for (const [what, json] of asked) {
      const how = { key: api.keys.test, json, headers: simulate(code) };
      expect(refusal(await api.send(what, how))).toMatchObject({
        status: wire.codes[code].status,
        code,
      });
    }
    expect(api.arrivals.all).toEqual([]);
    expect(api.funds()).toMatchObject({ used: 0, held: 0 });
    const entries = api.stores.ledger.entries("acct_starter", { limit: 10_000 });
    expect(entries.filter(({ to }) => to === "charged")).toEqual([]);
    expect(api.stores.limits.slotsInUse("videoAnalyses:acct_starter")).toBe(0);
    expect((await api.send("GET /workspaces")).body.data).toHaveLength(1);
  });

  test.each(["internal_error", "credits_exhausted", "invalid_persona"])(
    "is not what a repeated Idempotency-Key is answered with: %s",
    async (code) => {
      const api = await startApi();
      const headers = { ...simulate(`${code}; times=1`), "Idempotency-Key": "one" };
      const send = () => api.send("POST /responses", { key: api.keys.test, json: hello, headers });
      expect((await send()).status).toBe(wire.codes[code as MaveraCode].status);
      const done = await send();
      expect([done.status, done.headers.get("Idempotent-Replayed")]).toEqual([200, null]);
      expect((await send()).headers.get("Idempotent-Replayed")).toBe("true");
    },
  );

  test("is marked as one in the log", async () => {
    const api = await startApi();
    await statuses(api, "credits_exhausted; times=1", 2);
    const rows = api.stores.log.find({ limit: 2 });
    expect(rows.map(({ simulated, status }) => [simulated, status])).toEqual([
      [false, 200],
      [true, 402],
    ]);
  });

  test.each([
    "no_such_code",
    "",
    "internal_error; times=-1",
    "internal_error; often=2",
    "toString",
  ])("that cannot be had is refused with advice: %j", async (value) => {
    const api = await startApi();
    const how = { key: api.keys.test, headers: simulate(value) };
    expect(refusal(await api.send("GET /personas", how))).toEqual({
      status: 400,
      type: "validation_error",
      code: "invalid_field",
      message:
        "Invalid value for 'Sluice-Simulate': must be a code of this API, " +
        "with times and after as whole numbers.",
      param: "Sluice-Simulate",
    });
  });
});

test("a live key that asks for a refusal is answered as if it had not", async () => {
  const api = await startApi();
  for (const value of ["internal_error", "nonsense"]) {
    expect((await api.send("GET /personas", { headers: simulate(value) })).status).toBe(200);
  }
});

test("a wish never reaches the plain API", async () => {
  const api = await startApi();
  await api.send("GET /personas", { headers: simulate("internal_error") });
  await statuses(api, "internal_error; times=0", 1);
  expect(api.arrivals.all).toHaveLength(2);
  for (const { request } of api.arrivals.all) {
    expect(request.headers.has("Sluice-Simulate")).toBe(false);
  }
});
