// Who may call at all: keys, where they are sent, and the plan that the API comes with.

import { describe, expect, test } from "vitest";
import { agency, startApi } from "./live-api.ts";
import { bytesOf, refusal } from "./reply.ts";

const missing = {
  status: 401,
  body: { error: "API key is missing", code: "MISSING_API_KEY" },
};
const invalid = {
  status: 401,
  body: { error: "API key is invalid or has been revoked", code: "INVALID_API_KEY" },
};
const planRequired = {
  status: 403,
  body: { error: "API access requires Agency plan", code: "PLAN_REQUIRED" },
};
const unknownKey = `mtv_live_${"0".repeat(32)}`;

describe("a request without a key", () => {
  test("is told that it has none", async () => {
    const api = await startApi();
    const reply = await api.send("GET /brands", { key: null });
    expect(refusal(reply)).toEqual(missing);
    expect(reply.headers.get("WWW-Authenticate")).toBe('Bearer realm="Mentova"');
  });

  test("is told the same when the headers for it are empty", async () => {
    const api = await startApi();
    const headers = { "X-API-Key": "", Authorization: "" };
    expect(refusal(await api.send("GET /brands", { key: null, headers }))).toEqual(missing);
  });

  test("does not learn which paths there are", async () => {
    const api = await startApi();
    expect(refusal(await api.send("GET /nothing", { key: null }))).toEqual(missing);
    expect(refusal(await api.send("PUT /brands", { key: null }))).toEqual(missing);
  });
});

describe("a key that cannot be used", () => {
  test("is refused in the same bytes, be it unknown, revoked, expired or no key at all", async () => {
    const api = await startApi();
    const keys = [unknownKey, api.keys.revoked, api.keys.expired, "nonsense", "mtv_live_"];
    const replies = await Promise.all(keys.map((key) => api.send("GET /brands", { key })));
    for (const reply of replies) expect(refusal(reply)).toEqual(invalid);
    expect(new Set(replies.map((reply) => JSON.stringify(bytesOf(reply)))).size).toBe(1);
  });

  test.each([
    ["too short", unknownKey.slice(0, -1)],
    ["too long", `${unknownKey}0`],
    ["in upper case", unknownKey.toUpperCase()],
    ["not hexadecimal", `mtv_live_${"g".repeat(32)}`],
    ["of another environment", `mtv_prod_${"0".repeat(32)}`],
  ])("may be %s", async (_, key) => {
    const api = await startApi();
    expect(refusal(await api.send("GET /brands", { key }))).toEqual(invalid);
  });

  test("stops working at the moment when it is revoked", async () => {
    const api = await startApi();
    expect((await api.send("GET /brands")).status).toBe(200);
    const keys = api.stores.directory.keysOf(agency.id, { limit: 100 });
    const id = keys.find(({ name }) => name === "agency")?.id ?? "";
    await api.gate.keys.revoke(id, "test");
    expect(refusal(await api.send("GET /brands"))).toEqual(invalid);
  });
});

describe("an address that tries one unknown key after another", () => {
  test("is stopped at 300 a minute, while keys that were seen before pass", async () => {
    const api = await startApi();
    await api.send("GET /brands");
    const tryKey = (n: number) =>
      api.send("GET /brands", { key: `mtv_live_${n.toString(16).padStart(32, "0")}` });
    for (let n = 0; n < 300; n++) expect((await tryKey(n)).status).toBe(401);
    const stopped = await tryKey(300);
    expect(refusal(stopped)).toEqual({
      status: 429,
      body: { error: "Rate limit exceeded", code: "RATE_LIMITED" },
    });
    expect(stopped.headers.get("Retry-After")).toBe("60");
    expect((await api.send("GET /brands")).status).toBe(200);
    await api.clock.advance(60_000);
    expect(refusal(await tryKey(300))).toEqual(invalid);
  });
});

describe("a key", () => {
  test("may be sent as X-API-Key or as a bearer token", async () => {
    const api = await startApi();
    const headers = { Authorization: `Bearer ${api.keys.agency}` };
    expect((await api.send("GET /brands")).status).toBe(200);
    expect((await api.send("GET /brands", { key: null, headers })).status).toBe(200);
  });

  test("in X-API-Key wins over a bearer token, for better and for worse", async () => {
    const api = await startApi();
    const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });
    const good = await api.send("GET /brands", { headers: bearer(api.keys.revoked) });
    expect(good.status).toBe(200);
    const bad = await api.send("GET /brands", {
      key: api.keys.revoked,
      headers: bearer(api.keys.agency),
    });
    expect(refusal(bad)).toEqual(invalid);
  });

  test("cannot be sent under another scheme", async () => {
    const api = await startApi();
    const headers = { Authorization: `Basic ${api.keys.agency}` };
    expect(refusal(await api.send("GET /brands", { key: null, headers }))).toEqual(invalid);
  });

  test("never reaches the plain API, nor the log", async () => {
    const api = await startApi();
    const headers = { Authorization: `Bearer ${api.keys.second}`, "X-Request-Id": api.keys.second };
    await api.send("GET /brands", { headers });
    await api.send(`GET /brands/${api.keys.agency}`);
    const passedOn = api.passedOn.map((request) => [...request.headers]);
    const log = api.stores.log.find({ limit: 10 });
    const everything = JSON.stringify([passedOn.slice(0, 1), log, api.events]);
    expect(log).toHaveLength(2);
    expect(everything).not.toContain(api.keys.agency);
    expect(JSON.stringify(log)).not.toContain(api.keys.second);
  });
});

describe("an account", () => {
  test("on another plan than Agency cannot call, whatever it asks for", async () => {
    const api = await startApi();
    const key = api.keys.free;
    expect(refusal(await api.send("GET /brands", { key }))).toEqual(planRequired);
    expect(refusal(await api.send("GET /nothing", { key }))).toEqual(planRequired);
    expect(refusal(await api.send("POST /brands", { key, json: {} }))).toEqual(planRequired);
  });

  test("whose subscription has lapsed cannot call until it is renewed", async () => {
    const api = await startApi();
    const change = { by: "billing", atMs: api.clock.wallMs() };
    api.stores.directory.putAccount({ ...agency, subscription: "inactive" }, change);
    expect(refusal(await api.send("GET /brands"))).toEqual(planRequired);
    api.stores.directory.putAccount(agency, change);
    expect((await api.send("GET /brands")).status).toBe(200);
  });
});
