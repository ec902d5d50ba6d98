// Who may call at all: keys, and what a request is told whose key cannot be used.

import { describe, expect, test } from "vitest";
import { hello, startApi } from "./live-api.ts";
import { type KeyName, starterId } from "./people.ts";
import { bytesOf, noWindow, refusal, windowOf } from "./reply.ts";

function unauthorised(code: string, message: string) {
  return { status: 401, type: "authentication_error", code, message, param: null };
}

const missing = unauthorised(
  "missing_api_key",
  "Missing API key. Send it in the header 'Authorization: Bearer <key>'.",
);
const invalid = unauthorised(
  "invalid_api_key",
  "Invalid API key. Ensure your key starts with 'mvra_live_' and has not been revoked.",
);
const revoked = unauthorised("revoked_api_key", "This API key has been revoked. Create a new one.");
const expired = unauthorised("expired_api_key", "This API key has expired. Create a new one.");

const unknownKey = `mvra_live_${"0".repeat(32)}`;

describe("a request without a key", () => {
  test("is told that it has none, and how to send one", async () => {
    const api = await startApi();
    const reply = await api.send("POST /responses", { key: null, json: hello });
    expect(refusal(reply)).toEqual(missing);
    expect(reply.headers.get("WWW-Authenticate")).toBe('Bearer realm="Mavera"');
  });

  test("does not learn which paths there are", async () => {
    const api = await startApi();
    for (const what of ["GET /nothing", "PUT /personas", "GET /workspaces"]) {
      expect(refusal(await api.send(what, { key: null }))).toEqual(missing);
    }
  });

  test("has none, too, where it came in another header than the documents'", async () => {
    const api = await startApi();
    const headers = { "X-API-Key": api.keys.starter };
    expect(refusal(await api.send("GET /personas", { key: null, headers }))).toEqual(missing);
  });
});

describe("a key", () => {
  test.each<[string, string]>([
    ["of no shape", "nonsense"],
    ["too short", unknownKey.slice(0, -1)],
    ["too long", `${unknownKey}0`],
    ["of another environment", `mvra_prod_${"0".repeat(32)}`],
    ["of the right shape that nobody made", unknownKey],
  ])("%s is invalid", async (_, key) => {
    const api = await startApi();
    expect(refusal(await api.send("POST /responses", { key, json: hello }))).toEqual(invalid);
  });

  test("looks the same wrong and unknown, byte for byte", async () => {
    const api = await startApi();
    const keys = ["nonsense", unknownKey, "mvra_live_"];
    const replies = await Promise.all(keys.map((key) => api.send("GET /personas", { key })));
    expect(new Set(replies.map((reply) => JSON.stringify(bytesOf(reply)))).size).toBe(1);
  });

  test("under another scheme than Bearer is invalid", async () => {
    const api = await startApi();
    const headers = { Authorization: `Basic ${api.keys.starter}` };
    expect(refusal(await api.send("GET /personas", { key: null, headers }))).toEqual(invalid);
  });

  test.each<[KeyName, object]>([
    ["revoked", revoked],
    ["expired", expired],
  ])("that was %s says so", async (name, expected) => {
    const api = await startApi();
    const how = { key: api.keys[name], json: hello };
    expect(refusal(await api.send("POST /responses", how))).toEqual(expected);
  });

  test("stops working at the moment when it is revoked, and when it expires", async () => {
    const api = await startApi();
    const owner = { accountId: starterId, name: "short", by: "test" };
    const expiresAtMs = api.clock.wallMs() + 1_000;
    const short = await api.gate.keys.create({ ...owner, expiresAtMs });
    const ask = async (key: string) => refusal(await api.send("GET /nothing", { key })).status;
    await api.clock.advance(999);
    expect([await ask(short.secret), await ask(api.keys.second)]).toEqual([404, 404]);
    await api.clock.advance(1);
    const second = await api.gate.keys.find(api.keys.second);
    await api.gate.keys.revoke(second?.id ?? "", "test");
    expect(refusal(await api.send("GET /usage", { key: short.secret }))).toEqual(expired);
    expect(refusal(await api.send("GET /usage", { key: api.keys.second }))).toEqual(revoked);
  });
});

test("an address that tries one unknown key after another is stopped at 300 a minute", async () => {
  const api = await startApi();
  const asKnown = () => api.send("GET /personas");
  expect((await asKnown()).status).toBe(200);
  const tryKey = (n: number) =>
    api.send("GET /personas", { key: `mvra_live_${String(n).padStart(32, "0")}` });
  for (let n = 0; n < 300; n++) expect((await tryKey(n)).status).toBe(401);
  const stopped = await tryKey(300);
  expect(refusal(stopped)).toMatchObject({ status: 429, code: "rate_limit_exceeded" });
  expect(stopped.headers.get("Retry-After")).toBe("60");
  expect(windowOf(stopped)).toEqual(noWindow);
  expect((await asKnown()).status).toBe(200);
  await api.clock.advance(60_000);
  expect(refusal(await tryKey(300))).toEqual(invalid);
});

test("a caller whom nobody knows learns nothing of any window", async () => {
  const api = await startApi();
  const { keys } = api;
  for (const key of [null, "nonsense", unknownKey, keys.revoked, keys.expired]) {
    const reply = await api.send("POST /responses", { key, json: hello });
    expect(windowOf(reply)).toEqual(noWindow);
    expect(reply.headers.get("X-Request-Id")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}$/);
  }
});

test("a key is not passed on to the plain API, and no log or event has one", async () => {
  const api = await startApi();
  await api.send("POST /responses", { json: hello });
  await api.send(`GET /personas/${api.keys.starter}`);
  const passedOn = api.arrivals.all.map(({ request, caller }) => [[...request.headers], caller]);
  const log = api.stores.log.find({ limit: 10 });
  expect([passedOn.length, log.length]).toEqual([2, 2]);
  expect(JSON.stringify([passedOn, log, api.events])).not.toContain(api.keys.starter);
});
