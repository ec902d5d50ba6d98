// The `Idempotency-Key` header: whoever repeats a POST gets the first answer again, and pays once.

import { HeldBack } from "@sluice-internal/both-ways/held-back";
import { DAY_MS } from "sluice/base";
import { describe, expect, test } from "vitest";
import { wire } from "../contract/index.ts";
import { video } from "./behind-the-gate.ts";
import { hello, type LiveApi, startApi } from "./live-api.ts";
import {
  enterpriseId,
  foreignWorkspaceId,
  ownWorkspaceId,
  spendDownTo,
  starterId,
} from "./people.ts";
import { type Ask, type Reply, refusal, requestIdOf, windowOf } from "./reply.ts";
import { startTroublesomeApi } from "./troublesome.ts";

const key = "8e03978e-40d5-43dd-bc93-6894a57f9324";
const once = { "Idempotency-Key": key };

const inProgress = {
  status: 409,
  type: "idempotency_error",
  code: "request_in_progress",
  message:
    "A request with the same Idempotency-Key is still in progress. Please retry after 1 seconds.",
  param: null,
};
const reused = {
  status: 422,
  type: "idempotency_error",
  code: "idempotency_key_reused",
  message: "This Idempotency-Key was used before with a different request.",
  param: "Idempotency-Key",
};
/** A good body for each operation that changes something. */
const posts: Readonly<Record<string, (api: LiveApi) => object | Promise<object>>> = {
  createResponse: () => hello,
  createChatCompletion: () => ({
    model: "mavera-1",
    messages: [{ role: "user", content: "Hello" }],
  }),
  createMaveMessage: () => ({ message: "Hello" }),
  createPersona: () => ({ name: "Ann", pipeline_type: "advanced" }),
  createFocusGroup: () => ({ questions: ["Why?"] }),
  createVideoAnalysis: () => video,
  createWorkspace: () => ({ name: "Spring" }),
  async createProject(api) {
    const how = { key: api.keys.enterprise, json: { name: "Summer" } };
    return { name: "July", workspace_id: (await api.send("POST /workspaces", how)).body.id };
  },
};

const operations = Object.entries(wire.operations).filter(([, { method }]) => method === "POST");

test("every POST of the contract is below", () => {
  expect(Object.keys(posts).toSorted()).toEqual(operations.map(([name]) => name).toSorted());
});

function expectReplay(again: Reply, first: Reply): void {
  expect([again.status, again.text]).toEqual([first.status, first.text]);
  expect(first.headers.get("Idempotent-Replayed")).toBeNull();
  expect(again.headers.get("Idempotent-Replayed")).toBe("true");
  expect(again.headers.get("Content-Type")).toBe(first.headers.get("Content-Type"));
  expect(requestIdOf(again)).not.toBe(requestIdOf(first));
}

describe.each(operations)("%s", (name, { path }) => {
  test("answers a repeated request as the first, does it once, and charges once", async () => {
    const api = await startApi();
    const json = await posts[name]?.(api);
    const send = (headers: Readonly<Record<string, string>>) =>
      api.send(`POST ${path}`, { key: api.keys.enterprise, json, headers });
    const first = await send(once);
    expect([200, 201]).toContain(first.status);
    const arrived = api.arrivals.all.length;
    const { used, held } = api.funds(enterpriseId);
    expectReplay(await send(once), first);
    const quoted = await send({ "Idempotency-Key": `"${key}"` });
    expectReplay(quoted, first);
    // The window is that of the request which asked again.
    const left = Number(windowOf(first).remaining);
    expect(windowOf(quoted)).toMatchObject({ limit: "600", remaining: String(left - 2) });
    expect(api.arrivals.all).toHaveLength(arrived);
    expect(api.funds(enterpriseId)).toMatchObject({ used, held });
    await api.clock.advance(60_000);
    expectReplay(await send(once), first);
    expect(api.stores.ledger.audit()).toEqual([]);
    const rows = api.stores.log.find({ limit: 3, accountId: enterpriseId });
    for (const row of rows) expect(row).toMatchObject({ ending: "replayed", charged: 0 });
  });
});

describe("a repeated POST", () => {
  const ask = (api: LiveApi, how: Ask = {}) =>
    api.send("POST /responses", { json: hello, headers: once, ...how });

  test("needs no credits the second time", async () => {
    const api = await startApi();
    const first = await ask(api);
    await spendDownTo(api.stores, { accountId: starterId, plan: "starter" }, 0, 1);
    expect(api.funds().remaining).toBe(0);
    expectReplay(await ask(api), first);
  });

  test("is carried out when the first was refused", async () => {
    const api = await startApi();
    const json = { ...hello, persona_id: "nobody" };
    expect((await ask(api, { json: { ...hello, model: "gpt-4" } })).status).toBe(400);
    expect((await ask(api, { json })).status).toBe(400);
    expect((await ask(api, { json: { ...hello, workspace_id: foreignWorkspaceId } })).status).toBe(
      404,
    );
    await spendDownTo(api.stores, { accountId: starterId, plan: "starter" }, 0, 1);
    expect((await ask(api)).status).toBe(402);
    const grant = { id: "pack", accountId: starterId, amount: 5, reason: "bonus" };
    api.stores.ledger.grant(grant, api.clock.wallMs());
    const done = await ask(api);
    expect([done.status, done.headers.get("Idempotent-Replayed")]).toEqual([200, null]);
    expect(api.funds()).toMatchObject({ remaining: 4, held: 0 });
  });

  test("is carried out when we had failed", async () => {
    const { api } = await startTroublesomeApi();
    const broken = { headers: { ...once, "X-Break": "please" } };
    expect((await ask(api, broken)).status).toBe(500);
    expect((await ask(api, broken)).status).toBe(500);
    api.outages.begin("ledger");
    expect((await ask(api)).status).toBe(503);
    api.outages.end("ledger");
    const done = await ask(api);
    expect([done.status, done.headers.get("Idempotent-Replayed")]).toEqual([200, null]);
    expectReplay(await ask(api), done);
    expect(api.funds()).toMatchObject({ used: 1, held: 0 });
  });

  test("waits for the first to be answered", async () => {
    const held = new HeldBack();
    const api = await startApi({ wrap: held.wrap });
    const first = ask(api);
    await held.entered;
    const meanwhile = await ask(api);
    expect(refusal(meanwhile)).toEqual(inProgress);
    expect(meanwhile.headers.get("Retry-After")).toBe("1");
    held.release();
    expectReplay(await ask(api), await first);
    expect(api.funds()).toMatchObject({ used: 1, held: 0 });
  });

  test("of which twenty arrive together is carried out once", async () => {
    const api = await startApi();
    const replies = await Promise.all(Array.from({ length: 20 }, () => ask(api)));
    const done = replies.filter(({ headers }) => headers.get("Idempotent-Replayed") === null);
    expect(done.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const reply of replies) expect([200, 409]).toContain(reply.status);
    expect(api.arrivals.all).toHaveLength(1);
    expect(api.funds()).toMatchObject({ used: 1, held: 0 });
  });

  test("is carried out anew after 24 hours", async () => {
    const api = await startApi();
    const first = await ask(api);
    await api.clock.advance(DAY_MS - 1);
    expectReplay(await ask(api), first);
    await api.clock.advance(1);
    expect((await ask(api)).headers.get("Idempotent-Replayed")).toBeNull();
    expect(api.arrivals.all).toHaveLength(2);
  });
});

describe("an Idempotency-Key", () => {
  test("stands for one body", async () => {
    const api = await startApi();
    const send = (json: object) => api.send("POST /responses", { json, headers: once });
    const first = await send(hello);
    expect(refusal(await send({ ...hello, input: "Other" }))).toEqual(reused);
    expect(refusal(await send({ ...hello, workspace_id: ownWorkspaceId }))).toEqual(reused);
    expectReplay(await send(hello), first);
  });

  test("stands for one operation: another one has its own", async () => {
    const api = await startApi();
    await api.send("POST /responses", { json: hello, headers: once });
    const other = await api.send("POST /workspaces", { json: { name: "A" }, headers: once });
    expect([other.status, other.headers.get("Idempotent-Replayed")]).toEqual([201, null]);
  });

  test("is an account's own, whichever of its keys sends it", async () => {
    const api = await startApi();
    const send = (secret: string) =>
      api.send("POST /responses", { json: hello, headers: once, key: secret });
    const mine = await send(api.keys.starter);
    const theirs = await send(api.keys.stranger);
    expect([theirs.status, theirs.headers.get("Idempotent-Replayed")]).toEqual([200, null]);
    expect(theirs.text).not.toBe(mine.text);
    expectReplay(await send(api.keys.second), mine);
    expect(api.funds("acct_stranger")).toMatchObject({ used: 1 });
  });

  test.each(["", "a b", "x".repeat(256), "ä"])("that is none is refused: %j", async (value) => {
    const api = await startApi();
    const headers = { "Idempotency-Key": value };
    expect(refusal(await api.send("POST /responses", { json: hello, headers }))).toMatchObject({
      status: 400,
      code: "invalid_field",
      param: "Idempotency-Key",
    });
  });

  test("on a GET is let be: that changes nothing anyway", async () => {
    const api = await startApi();
    for (let n = 0; n < 2; n++) {
      const reply = await api.send("GET /personas", { headers: once });
      expect([reply.status, reply.headers.get("Idempotent-Replayed")]).toEqual([200, null]);
    }
  });
});
