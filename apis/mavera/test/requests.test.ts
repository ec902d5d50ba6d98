// Requests that cannot be read, and what every answer has in common, whatever it answers.

import { describe, expect, test } from "vitest";
import { hello, startApi } from "./live-api.ts";
import { sendRaw } from "./raw-http.ts";
import { type Ask, refusal, requestIdOf } from "./reply.ts";

const what = "POST /responses";
const asJson = { "Content-Type": "application/json" };
const idShape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}$/;

describe("a body that is not JSON", () => {
  test.each([
    ["nothing", ""],
    ["cut off", '{"model":"mavera-1"'],
    ["with a trailing comma", '{"model":"mavera-1",}'],
    ["followed by more", '{"model":"mavera-1"} {}'],
    ["nested beyond reason", "[".repeat(100_000)],
  ])("is refused: %s", async (_, body) => {
    const api = await startApi();
    expect(refusal(await api.send(what, { body, headers: asJson }))).toEqual({
      status: 400,
      type: "validation_error",
      code: "invalid_request",
      message: "The request body is not valid JSON.",
      param: null,
    });
    expect(api.arrivals.all).toEqual([]);
  });

  test.each<[string, Ask["headers"]]>([
    ["in its type", { "Content-Type": "text/plain" }],
    ["in its encoding", { ...asJson, "Content-Encoding": "gzip" }],
  ])("is refused for what it says of itself: %s", async (_, headers = {}) => {
    const api = await startApi();
    expect(refusal(await api.send(what, { body: JSON.stringify(hello), headers }))).toMatchObject({
      status: 415,
      code: "unsupported_media_type",
    });
  });

  test.each(["null", "[]", '"Hello"', "1"])("object is refused as a whole: %s", async (body) => {
    const api = await startApi();
    const reply = refusal(await api.send(what, { body, headers: asJson }));
    expect(reply).toMatchObject({ status: 400, code: "invalid_field", param: "body" });
  });
});

test("a body of more than 1 MiB is refused, whether or not it says so beforehand", async () => {
  const api = await startApi();
  const tooLarge = { status: 413, code: "payload_too_large" };
  const json = { ...hello, input: "x".repeat(1_048_576) };
  expect(refusal(await api.send(what, { json }))).toMatchObject(tooLarge);
  const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
  const head =
    `POST /api/v1/responses HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${api.keys.starter}\r\n` +
    "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
  expect(refusal(await sendRaw(api.url, head + chunk.repeat(17)))).toMatchObject(tooLarge);
});

describe("a method", () => {
  test.each([
    ["PUT /personas", "GET, POST, HEAD"],
    ["DELETE /workspaces/ws_own", "GET, HEAD"],
    ["GET /responses", "POST"],
    ["PATCH /usage", "GET, HEAD"],
  ])("that a path does not have is refused with those that it has: %s", async (asked, allowed) => {
    const api = await startApi();
    const reply = await api.send(asked);
    expect(refusal(reply)).toMatchObject({
      status: 405,
      code: "method_not_allowed",
      message: `Method not allowed. This path allows: ${allowed}.`,
    });
    expect(reply.headers.get("Allow")).toBe(allowed);
  });

  test("HEAD answers like GET, without a body", async () => {
    const api = await startApi();
    const reply = await api.send("HEAD /personas");
    expect([reply.status, reply.text]).toEqual([200, ""]);
  });
});

describe("bytes that are no request", () => {
  test.each([
    ["no HTTP at all", "Hello\r\n\r\n", 400, "invalid_request"],
    [
      "without a host",
      "GET /api/v1/usage HTTP/1.1\r\nConnection: close\r\n\r\n",
      400,
      "invalid_request",
    ],
    [
      "too large a head",
      `GET / HTTP/1.1\r\nX: ${"x".repeat(20_000)}\r\n\r\n`,
      431,
      "headers_too_large",
    ],
  ])("are refused in the same envelope: %s", async (_, bytes, status, code) => {
    const api = await startApi();
    const reply = await sendRaw(api.url, bytes);
    expect(refusal(reply)).toMatchObject({ status, code, param: null });
    expect(requestIdOf(reply)).toMatch(idShape);
  });
});

describe("the request id", () => {
  const asked: readonly [string, Ask?][] = [
    ["GET /personas"],
    ["GET /usage"],
    ["HEAD /usage"],
    [what, { json: hello }],
    [what, { json: { ...hello, stream: true } }],
    [what, { json: {} }],
    [what, { json: hello, key: null }],
    ["GET /nothing"],
    ["GET /nothing", { key: "nonsense" }],
  ];

  test("is on every answer, is different each time, and leads to its row in the log", async () => {
    const api = await startApi();
    const ids: string[] = [];
    for (const [request, how] of asked) ids.push(requestIdOf(await api.send(request, how)));
    expect(new Set(ids).size).toBe(asked.length);
    for (const id of ids) {
      expect(id).toMatch(idShape);
      expect(api.stores.log.explain(id)?.requestId).toBe(id);
    }
  });

  test("is the gate's own, and the caller's is given back beside it", async () => {
    const api = await startApi();
    const headers = { "X-Request-Id": "mine-1" };
    const ids = (reply: { readonly headers: Headers }) => [
      idShape.test(requestIdOf(reply)),
      reply.headers.get("X-Client-Request-Id"),
    ];
    for (const json of [hello, {}]) {
      expect(ids(await api.send(what, { json, headers }))).toEqual([true, "mine-1"]);
    }
  });

  test("is what the plain API is told, so that both can speak of the same request", async () => {
    const api = await startApi();
    const reply = await api.send(what, { json: hello });
    expect(api.arrivals.all[0]?.caller.requestId).toBe(requestIdOf(reply));
  });
});
