// When something breaks behind the gate: the envelope holds, nothing inside shows, nothing is charged.

import { expectedOf } from "@sluice-internal/both-ways/differences";
import { HeldBack } from "@sluice-internal/both-ways/held-back";
import type { StoreName } from "@sluice-internal/both-ways/outages";
import type { FetchHandler } from "sluice/gate";
import { describe, expect, test } from "vitest";
import { hello, type LiveApi, startApi } from "./live-api.ts";
import { noWindow, type Reply, refusal, requestIdOf, windowOf } from "./reply.ts";

const internalError = {
  status: 500,
  type: "server_error",
  code: "internal_error",
  message: "Something went wrong on our side. Please try again.",
  param: null,
};
const unavailable = {
  status: 503,
  type: "server_error",
  code: "service_unavailable",
  message: "The service is temporarily unavailable. Please retry after 1 seconds.",
  param: null,
};
const secret = "postgres://mavera:hunter2@db.internal/personas";

const ask = (api: LiveApi, json: object = hello) => api.send("POST /responses", { json });

type Breaking = () => Response | Promise<Response>;

const instead = (answer: Breaking) => ({ wrap: (): FetchHandler => () => answer() });

function throwError(): never {
  throw new Error(secret);
}

function expectUncharged(api: LiveApi): void {
  expect(api.funds()).toMatchObject({ used: 0, held: 0, remaining: 500 });
  expect(api.stores.ledger.audit()).toEqual([]);
}

function expectUnavailable(reply: Reply): void {
  expect(refusal(reply)).toEqual(unavailable);
  expect(reply.headers.get("Retry-After")).toBe("1");
}

describe("the plain API", () => {
  test.each<[string, Breaking]>([
    ["throws", throwError],
    ["rejects", () => Promise.reject(new Error(secret))],
    ["throws what is no error", () => Promise.reject(secret)],
    ["answers 500", () => new Response(secret, { status: 500 })],
    [
      "answers an error of a kind that nobody declared",
      () => Response.json({ failure: { kind: "haunted", detail: secret } }, { status: 409 }),
    ],
  ])("%s, and the caller learns that we failed, and nothing more", async (_, answer) => {
    const api = await startApi(instead(answer));
    const reply = await ask(api);
    expect(refusal(reply)).toEqual(internalError);
    expect(JSON.stringify([...reply.headers])).not.toContain("hunter2");
    expect(windowOf(reply)).toMatchObject({ limit: "60", remaining: "59" });
    expectUncharged(api);
    expect(api.events).toHaveLength(1);
  });

  test("answers a stream that was broken before it began, and nothing is shown or charged", async () => {
    const broken = new ReadableStream({ start: (c) => c.error(new Error(secret)) });
    const api = await startApi(instead(() => new Response(broken)));
    const reply = await ask(api);
    expect(refusal(reply)).toMatchObject(expectedOf("brokenBeforeItBegan"));
    expect(JSON.stringify([...reply.headers])).not.toContain("hunter2");
    expectUncharged(api);
  });

  test.each([502, 503, 504])(
    "is down (%i), and the caller is told to come back",
    async (status) => {
      const api = await startApi(instead(() => new Response(secret, { status })));
      expectUnavailable(await ask(api));
      expectUncharged(api);
    },
  );

  test.each<[string, object, number]>([
    ["POST /responses", hello, 30_000],
    ["POST /mave/chat", { message: "Hello" }, 120_000],
  ])("hangs, and the caller is told at the deadline: %s", async (what, json, deadlineMs) => {
    const held = new HeldBack();
    const api = await startApi({ wrap: held.wrap });
    const reply = api.send(what, { json });
    await held.entered;
    expect(api.funds().held).toBeGreaterThan(0);
    await api.clock.advance(deadlineMs - 1);
    expect(api.stores.log.find({ limit: 1 })).toEqual([]);
    await api.clock.advance(1);
    expectUnavailable(await reply);
    expectUncharged(api);
    held.release();
  });

  test("is too slow by itself, and what it would have answered is neither sent nor charged", async () => {
    const api = await startApi();
    const reply = ask(api, { ...hello, delay: 30_001 });
    await api.arrivals.reached(1);
    await api.clock.advance(30_000);
    expectUnavailable(await reply);
    await api.clock.advance(600_000);
    expectUncharged(api);
  });
});

describe("while a store is away", () => {
  test.each<[StoreName, object]>([
    ["ledger", { limit: "60" }],
    ["directory", noWindow],
  ])(
    "what needs the %s is not done, and the caller is told to come back",
    async (store, window) => {
      const api = await startApi();
      api.outages.begin(store);
      const reply = await ask(api);
      expectUnavailable(reply);
      expect(windowOf(reply)).toMatchObject(window);
      expect(api.arrivals.all).toEqual([]);
      api.outages.end(store);
      expect((await ask(api)).status).toBe(200);
      expect(api.funds()).toMatchObject({ used: 1, held: 0 });
    },
  );

  test("of the ledger, whatever costs nothing goes on", async () => {
    const api = await startApi();
    api.outages.begin("ledger");
    expect((await api.send("GET /personas")).status).toBe(200);
    expect((await api.send("POST /workspaces", { json: { name: "A" } })).status).toBe(201);
  });

  test.each<[StoreName, string]>([
    ["ledger", "GET /usage"],
    ["directory", "GET /workspaces"],
  ])(
    "the gate's own answers that need the %s say when to come back, and show nothing of it",
    async (store, what) => {
      const api = await startApi();
      // A key that was seen before needs no directory.
      await api.send("GET /personas");
      api.outages.begin(store);
      const reply = await api.send(what);
      expectUnavailable(reply);
      expect(windowOf(reply)).toMatchObject({ remaining: "58" });
      api.outages.end(store);
      expect((await api.send(what)).status).toBe(200);
    },
  );
});

test("an answer that went wrong can be explained by its request id", async () => {
  const api = await startApi(instead(throwError));
  const reply = await ask(api);
  expect(api.stores.log.explain(requestIdOf(reply))).toMatchObject({
    status: 500,
    code: "internal_error",
    operation: "createResponse",
    ...expectedOf("thrownByPlainApi"),
    charged: 0,
  });
});
