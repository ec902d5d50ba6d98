// `Sluice-Simulate`: a test key gets the refusal that it asks for; a live key, and the plain API behind the
// gate, never notice.

import { describe, expect, test } from "vitest";
import { type LiveApi, startApi } from "./live-api.ts";
import { addTopic } from "./provocations.ts";
import { listOf, refusal } from "./reply.ts";

const simulate = (value: string) => ({ "Sluice-Simulate": value });

async function statuses(api: LiveApi, value: string, count: number): Promise<number[]> {
  const found: number[] = [];
  for (let n = 0; n < count; n++) {
    const how = { key: api.keys.test, headers: simulate(value) };
    found.push((await api.send("GET /brands", how)).status);
  }
  return found;
}

describe("a simulated refusal", () => {
  test.each([
    ["INTERNAL_ERROR", [500, 500, 500, 500]],
    ["INTERNAL_ERROR; times=2", [500, 500, 200, 200]],
    ["INTERNAL_ERROR; after=2", [200, 200, 500, 500]],
    ["RATE_LIMITED; after=1; times=1", [200, 429, 200, 200]],
    ["RATE_LIMITED; times=0", [200, 200, 200, 200]],
  ])("comes when it was asked for: %s", async (value, expected) => {
    const api = await startApi();
    expect(await statuses(api, value, 4)).toEqual(expected);
  });

  test("is counted for each wish on its own, so that a run repeats exactly", async () => {
    const api = await startApi();
    expect(await statuses(api, "INTERNAL_ERROR; times=1", 2)).toEqual([500, 200]);
    expect(await statuses(api, "RATE_LIMITED; times=1", 2)).toEqual([429, 200]);
  });

  test("launches nothing and is never charged", async () => {
    const api = await startApi();
    const { brandId, topicId } = addTopic(api);
    for (const code of ["INTERNAL_ERROR", "SERVICE_UNAVAILABLE", "QUOTA_EXCEEDED", "CONFLICT"]) {
      const how = { key: api.keys.test, json: { topicId }, headers: simulate(code) };
      await api.send(`POST /brands/${brandId}/campaigns`, how);
    }
    expect(api.creditsLeft()).toBe(650);
    expect(api.stores.ledger.audit()).toEqual([]);
    expect(listOf(await api.send(`GET /brands/${brandId}/campaigns`))).toEqual([]);
  });

  test("is marked as one in the log", async () => {
    const api = await startApi();
    await statuses(api, "QUOTA_EXCEEDED; times=1", 2);
    const rows = api.stores.log.find({ limit: 2 });
    expect(rows.map(({ simulated, status }) => [simulated, status])).toEqual([
      [false, 200],
      [true, 422],
    ]);
  });

  test.each([
    "NO_SUCH_CODE",
    "",
    "INTERNAL_ERROR; times=-1",
    "INTERNAL_ERROR; often=2",
    "INTERNAL_ERROR;;",
    "toString",
  ])("that cannot be had is refused with advice: %j", async (value) => {
    const api = await startApi();
    const how = { key: api.keys.test, headers: simulate(value) };
    expect(refusal(await api.send("GET /brands", how))).toEqual({
      status: 400,
      body: {
        error: "Sluice-Simulate must be a code of this API, with times and after as whole numbers",
        code: "BAD_REQUEST",
      },
    });
  });
});

describe("a live key that asks for a refusal", () => {
  test("is answered as if it had not", async () => {
    const api = await startApi();
    const headers = simulate("INTERNAL_ERROR");
    expect((await api.send("GET /brands", { headers })).status).toBe(200);
    expect((await api.send("GET /brands", { headers: simulate("nonsense") })).status).toBe(200);
  });
});

describe("the wish", () => {
  test("never reaches the plain API", async () => {
    const api = await startApi();
    await api.send("GET /brands", { headers: simulate("INTERNAL_ERROR") });
    await statuses(api, "INTERNAL_ERROR; times=0", 1);
    expect(api.passedOn).toHaveLength(2);
    for (const { headers } of api.passedOn) expect(headers.has("Sluice-Simulate")).toBe(false);
  });
});

describe("a test key", () => {
  test("is a key like any other, save for its wishes", async () => {
    const api = await startApi();
    const key = api.keys.test;
    expect((await api.send("POST /brands", { key, json: { name: "Acme" } })).status).toBe(201);
    expect(listOf(await api.send("GET /brands", { key }))).toHaveLength(1);
  });
});
