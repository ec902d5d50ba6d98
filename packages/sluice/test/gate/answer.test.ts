// What of an upstream's answer reaches the caller: its status, its body and its own headers; nothing of its hop,
// nothing that speaks to the gate, and nothing that only the gate may say.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FetchHandler, fetchUpstream, reply } from "../../src/gate/index.ts";
import { DEADLINE_MS } from "./fixtures/acme.ts";
import { FakeCall } from "./fixtures/fake-call.ts";
import { useInstantDigests } from "./fixtures/instant-digests.ts";
import { secrets } from "./fixtures/people.ts";
import { createRig } from "./fixtures/rig.ts";

beforeEach(useInstantDigests);
afterEach(() => vi.restoreAllMocks());

const hello = { path: "/v1/hello", key: secrets.pro };
const chat = { path: "/v1/chat", key: secrets.pro, body: { prompt: "why" } };

function rigAnswering(...headers: string[]) {
  const answer = () => ({ status: 200, headers, body: "{}" });
  return createRig({ handlers: { hello: answer, chat: answer } });
}

function rigFetching(handler: FetchHandler) {
  return createRig({ upstream: fetchUpstream(handler) });
}

describe("the headers of an upstream", () => {
  it("reach the caller as they are, also those that repeat", async () => {
    const rig = await rigAnswering("ETag", '"1"', "Set-Cookie", "a=1", "Set-Cookie", "b=2");
    const { headers } = await rig.send(hello);
    const own = headers.filter(([name]) => name === "ETag" || name === "Set-Cookie");
    expect(own).toEqual([
      ["ETag", '"1"'],
      ["Set-Cookie", "a=1"],
      ["Set-Cookie", "b=2"],
    ]);
  });

  it.each([
    "Connection",
    "Keep-Alive",
    "Transfer-Encoding",
    "Content-Length",
    "Upgrade",
    "Trailer",
    "Proxy-Authenticate",
    "Proxy-Authentication-Info",
    "Sluice-Refuse",
    "sluice-anything",
    "SLUICE-DEGRADED",
  ])("stop at the gate when they are for the hop or for the gate: %s", async (name) => {
    const rig = await rigAnswering(name, "17");
    expect((await rig.send(hello)).header(name)).toBeUndefined();
  });

  it.each([
    "X-Request-Id",
    "X-Client-Request-Id",
    "Idempotent-Replayed",
    "X-RateLimit-Limit",
    "x-ratelimit-remaining",
    "X-RateLimit-Reset",
    "X-Credits-Remaining",
  ])("cannot say what only the gate may say: %s", async (name) => {
    const rig = await rigAnswering(name, "forged");
    const { headers } = await rig.send(chat);
    expect(headers.filter(([, value]) => value === "forged")).toEqual([]);
    const names = headers.map(([one]) => one.toLowerCase());
    expect(names.filter((one) => one === name.toLowerCase()).length).toBeLessThanOrEqual(1);
  });

  it("do not reach the caller with an error, which is in the contract's words", async () => {
    const rig = await rigFetching(
      () => new Response("{}", { status: 404, headers: { ETag: "1" } }),
    );
    const refused = await rig.send(hello);
    expect(refused.code).toBe("not_found");
    expect(refused.header("ETag")).toBeUndefined();
  });
});

describe("an upstream that is a web handler", () => {
  it("may hand on another server's answer: what that named for its connection stops here", async () => {
    const named = { Connection: "X-One ,close, x-two", "X-One": "1", "X-Two": "2", "X-Three": "3" };
    const rig = await rigFetching(() => Response.json({}, { headers: named }));
    const { headers } = await rig.send(hello);
    expect(headers.filter(([name]) => /^(x-(one|two|three)|connection)$/i.test(name))).toEqual([
      ["x-three", "3"],
    ]);
  });

  it.each(["leaves", "waits too long"])(
    "is told when its caller %s before the beginning of an answer has come",
    async (how) => {
      const { promise: cancelled, resolve: cancel } = Promise.withResolvers<unknown>();
      const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
      const body = () => new ReadableStream({ pull: () => begin(), cancel });
      const rig = await rigFetching(() => new Response(body()));
      const call = new FakeCall(chat);
      const answered = rig.pass(call);
      await begun;
      if (how === "leaves") call.abort();
      else await rig.clock.advance(DEADLINE_MS);
      expect(await cancelled).toBeInstanceOf(Error);
      await answered;
      expect(rig.rows()[0]).toMatchObject({ status: how === "leaves" ? 499 : 504, charged: 0 });
      expect(rig.funds()).toMatchObject({ held: 0, used: 0 });
    },
  );

  it("that refuses is told that nobody reads the body of its answer", async () => {
    const { promise: cancelled, resolve: cancel } = Promise.withResolvers<void>();
    const body = new ReadableStream({ cancel });
    const rig = await rigFetching(
      () => new Response(body, { headers: { "Sluice-Refuse": "conflict" } }),
    );
    expect((await rig.send(hello)).code).toBe("conflict");
    await cancelled;
  });

  it("is told the caller, and gets the request without keys and the gate's own headers", async () => {
    let seen: unknown;
    const rig = await rigFetching((request, caller) => {
      seen = { url: request.url, headers: Object.fromEntries(request.headers), caller };
      return Response.json({});
    });
    const headers = { Accept: "text/csv", "Sluice-Simulate": "internal", Host: "acme.test" };
    const { requestId } = await rig.send({ ...hello, path: "/v1/hello?a=1", headers });
    expect(seen).toEqual({
      url: "http://upstream/hello?a=1",
      headers: { accept: "text/csv" },
      caller: {
        accountId: "pro",
        keyId: "key_pro",
        environment: "live",
        plan: "pro",
        limits: { notes: 50 },
        requestId,
      },
    });
  });

  it.each([
    ["no text", "image/png", [0, 255, 128, 10]],
    ["text in another encoding", "text/plain; charset=iso-8859-1", [0x63, 0xe9]],
    ["zipped", "application/json", [0x1f, 0x8b, 8, 0]],
    ["behind a byte order mark", "application/json", [0xef, 0xbb, 0xbf, 0x7b, 0x7d]],
  ])("answers bytes as they are that are %s", async (_, type, values) => {
    const bytes = Uint8Array.from(values);
    const rig = await rigFetching(() => new Response(bytes, { headers: { "Content-Type": type } }));
    const answer = await rig.gate.handle(new FakeCall(hello));
    expect(answer.body).toEqual(bytes);
  });

  it.each<[string, string, string | undefined]>([
    ["conflict", "conflict", undefined],
    ['conflict; param="name"', "conflict", "name"],
    ["moderated", "content_rejected", undefined],
    ["unavailable", "unavailable", undefined],
  ])("refuses in our vocabulary: Sluice-Refuse: %s", async (header, code, param) => {
    const rig = await rigFetching(
      () => new Response("{}", { status: 400, headers: { "Sluice-Refuse": header } }),
    );
    const refused = await rig.send(hello);
    expect(refused.code).toBe(code);
    expect(refused.param).toBe(param);
    expect(refused.header("Sluice-Refuse")).toBeUndefined();
  });

  it.each(["", "no_such_condition", '"', "a, b", "(a b)", "42"])(
    "that refuses in no vocabulary is a fault of ours: Sluice-Refuse: %j",
    async (header) => {
      const rig = await rigFetching(
        () => new Response("{}", { status: 409, headers: { "Sluice-Refuse": header } }),
      );
      expect((await rig.send(hello)).code).toBe("internal");
      expect(rig.events).toHaveLength(1);
    },
  );

  it("has its errors folded by the contract's rules, in order, with param and message", async () => {
    const body = { code: "DUPLICATE", field: "name", text: "'a cat' is taken." };
    const rig = await rigFetching(() => Response.json(body, { status: 409 }));
    const refused = await rig.send(hello);
    expect([refused.code, refused.param, refused.message]).toEqual([
      "conflict",
      "name",
      "'a cat' is taken.",
    ]);
  });

  it("that answers 429 itself is unavailable, with a wait, and never our rate limit", async () => {
    const rig = await rigFetching(() => new Response("", { status: 429 }));
    const refused = await rig.send(hello);
    expect(refused.code).toBe("unavailable");
    expect(Number(refused.header("Retry-After"))).toBeGreaterThan(0);
  });
});

describe("a HEAD request", () => {
  it("is the GET of its path, for the upstream as well", async () => {
    const methods: string[] = [];
    const rig = await rigFetching((request) => {
      methods.push(request.method);
      return Response.json({ hello: 1 });
    });
    const answer = await rig.send({ ...hello, method: "HEAD" });
    expect(answer.status).toBe(200);
    expect(rig.row(answer)).toMatchObject({ method: "HEAD", operation: "hello" });
    expect(methods).toEqual(["GET"]);
  });
});

describe("a handler's reply", () => {
  it("is JSON with status 200, or the status it gives", async () => {
    const rig = await createRig({ handlers: { hello: () => reply({ a: 1 }, 203) } });
    const answer = await rig.send(hello);
    expect(answer.status).toBe(203);
    expect(answer.header("Content-Type")).toBe("application/json");
    expect(answer.json).toEqual({ a: 1 });
  });

  it("of nothing is an empty body", async () => {
    const rig = await createRig({ handlers: { hello: () => reply(undefined, 204) } });
    const answer = await rig.send(hello);
    expect([answer.status, answer.text]).toEqual([204, ""]);
  });
});
