// Error bodies of APIs that nobody has a contract of: whatever their shape, the same few facts are found.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failureOf, type Headers } from "./failure/answers.ts";

interface Expected {
  readonly code: string;
  readonly message?: string;
  readonly type?: string | undefined;
  readonly param?: string | undefined;
  readonly requestId?: string;
}

const message = "It went wrong.";

const SHAPES: readonly (readonly [name: string, status: number, body: unknown, Expected])[] = [
  [
    "OpenAI's",
    400,
    { error: { message, type: "invalid_request_error", param: "model", code: "model_not_found" } },
    { code: "model_not_found", message, type: "invalid_request_error", param: "model" },
  ],
  [
    "OpenAI's without a code",
    400,
    { error: { message, type: "invalid_request_error", param: null, code: null } },
    { code: "bad_request", message, type: "invalid_request_error", param: undefined },
  ],
  [
    "Anthropic's",
    529,
    {
      type: "error",
      error: { type: "overloaded_error", message: "Overloaded" },
      request_id: "req_1",
    },
    { code: "overloaded", message: "Overloaded", type: "overloaded_error", requestId: "req_1" },
  ],
  [
    "Stripe's",
    402,
    {
      error: {
        type: "card_error",
        code: "card_declined",
        decline_code: "insufficient_funds",
        param: "source",
        message,
        doc_url: "https://docs.example/card_declined",
      },
    },
    { code: "card_declined", message, type: "card_error", param: "source" },
  ],
  [
    "Google's",
    429,
    { error: { code: 429, message, status: "RESOURCE_EXHAUSTED" } },
    { code: "RESOURCE_EXHAUSTED", message },
  ],
  [
    "AWS's",
    400,
    { __type: "com.amazon#ThrottlingException", message },
    { code: "ThrottlingException", message },
  ],
  ["a flat", 422, { error: message, code: "LIMIT_REACHED" }, { code: "LIMIT_REACHED", message }],
  [
    "OAuth's",
    400,
    { error: "invalid_grant", error_description: message },
    { code: "invalid_grant", message },
  ],
  [
    "Nest's",
    401,
    { statusCode: 401, message: [message, "And more."], error: "Unauthorized" },
    { code: "unauthorized", message },
  ],
  [
    "Scaleway's",
    429,
    { status: 429, error: "INSUFFICIENT QUOTA", message },
    { code: "rate_limited", message },
  ],
  [
    "a problem (RFC 9457)",
    403,
    {
      type: "https://example.com/probs/out-of-credit",
      title: "No credit.",
      detail: message,
      status: 403,
    },
    { code: "out-of-credit", message, type: "https://example.com/probs/out-of-credit" },
  ],
  [
    "a problem without an address",
    404,
    { type: "about:blank", title: "Not Found", status: 404 },
    { code: "not_found", message: "Not Found", type: "about:blank" },
  ],
  [
    "a problem with a code of its own",
    400,
    { type: "https://example.com/e", title: "T", detail: message, code: "bad_name", param: "name" },
    { code: "bad_name", message, param: "name" },
  ],
  ["a message", 500, { message }, { code: "internal_error", message }],
  ["a detail", 404, { detail: message }, { code: "not_found", message }],
  [
    "FastAPI's",
    422,
    { detail: [{ type: "missing", loc: ["body", "messages", 0, "role"], msg: message }] },
    { code: "unprocessable_content", message, type: "missing", param: "messages.0.role" },
  ],
  [
    "JSON:API's",
    409,
    { errors: [{ code: "taken", title: "T", detail: message, source: { pointer: "/data/name" } }] },
    { code: "taken", message, param: "/data/name" },
  ],
  [
    "GraphQL's",
    400,
    { errors: [{ message, extensions: { code: "BAD_USER_INPUT" } }] },
    { code: "BAD_USER_INPUT", message },
  ],
  ["a list of sentences", 400, { errors: [message] }, { code: "bad_request", message }],
  [
    "complaints by field",
    400,
    { title: message, errors: { name: ["is taken"] } },
    { code: "bad_request", message, param: "name" },
  ],
  ["a numbered", 400, { code: 20003, message }, { code: "20003", message }],
  ["a list", 400, [{ message }], { code: "bad_request", message }],
  ["a JSON string", 503, JSON.stringify(message), { code: "service_unavailable", message }],
  ["a plain", 504, `  ${message}\r\n`, { code: "gateway_timeout", message }],
  [
    "a proxy's page",
    502,
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body></html>",
    { code: "bad_gateway", message: "502 Bad Gateway" },
  ],
  [
    "a page in capitals",
    503,
    "<!DOCTYPE HTML><HTML><BODY><H1 class=x>Down\n for now</H1></BODY></HTML>",
    { code: "service_unavailable", message: "Down for now" },
  ],
  [
    "S3's",
    503,
    "<?xml version='1.0'?><Error><Code>SlowDown</Code><Message>Reduce your rate.</Message></Error>",
    { code: "service_unavailable", message: "Reduce your rate." },
  ],
  ["an empty", 418, "", { code: "http_418", message: "POST was answered with 418." }],
  ["an empty object", 500, {}, { code: "internal_error", message: "POST was answered with 500." }],
  ["a null", 500, "null", { code: "internal_error" }],
  [
    "a binary",
    500,
    "\u0000\u0001\u0002",
    { code: "internal_error", message: "POST was answered with 500." },
  ],
];

describe("a body in somebody else's shape", () => {
  it.each(SHAPES)("is read: %s", (_, status, body, expected) => {
    expect(failureOf(status, body)).toMatchObject({ source: "answer", status, ...expected });
  });

  it.each([
    [401, "unauthorized"],
    [404, "not_found"],
    [429, "rate_limited"],
    [500, "internal_error"],
    [502, "bad_gateway"],
    [503, "service_unavailable"],
    [504, "gateway_timeout"],
    [529, "overloaded"],
    [599, "http_599"],
  ])("has a code by its status where it has none of its own: %d", (status, code) => {
    expect(failureOf(status).code).toBe(code);
  });

  it("is one line of bounded text, however long it came", () => {
    const long = failureOf(500, { message: "x".repeat(100_000), code: "y".repeat(500) });
    expect(long.message.length).toBeLessThanOrEqual(1_000);
    expect(long.code).toBe("internal_error");
    expect(long.body?.length).toBeLessThanOrEqual(4_096);
    expect(failureOf(500, "x".repeat(100_000)).message.length).toBeLessThanOrEqual(300);
  });

  it("may say which request it was, in a header or in itself", () => {
    const ids = (headers: Headers, body: unknown = {}) => failureOf(500, body, headers).requestId;
    expect(ids({ "X-Request-Id": "a" }, { request_id: "b" })).toBe("a");
    expect(ids({ "request-id": "a" })).toBe("a");
    expect(ids({}, { error: { requestId: "b" } })).toBe("b");
    expect(ids({})).toBeUndefined();
    expect(ids({ "x-request-id": "r".repeat(1_000) })).toHaveLength(128);
  });

  it("cannot pass a member of every object for one of its own", () => {
    const failure = failureOf(500, '{"__proto__":{"code":"polluted","message":"polluted"}}');
    expect(failure).toMatchObject({ code: "internal_error" });
    expect(failure.message).not.toContain("polluted");
    expect(Reflect.get({}, "code")).toBeUndefined();
  });

  it("is read in no time, however it is made to hurt", () => {
    const hurtful = [
      "<title".repeat(100_000),
      "?key".repeat(100_000),
      '"api_key":"'.repeat(50_000),
      "bearer ".repeat(100_000),
      "eyJ".repeat(100_000),
      `://${"a".repeat(300_000)}`,
      "[".repeat(300_000),
      `${'{"error":'.repeat(5_000)}1${"}".repeat(5_000)}`,
    ];
    for (const body of hurtful) {
      const started = performance.now();
      failureOf(500, body);
      expect(performance.now() - started).toBeLessThan(1_000);
    }
  });
});

const member = fc.constantFrom(
  ..."error errors code type message detail param status loc title source request_id".split(" "),
);
const anyBody = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.json(),
  fc
    .object({ key: member, maxDepth: 6, withNullPrototype: true })
    .map((value) => JSON.stringify(value) ?? ""),
);

describe("a body of any kind", () => {
  it("never throws, and always gives a code and a message", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 999 }), anyBody, (status, body) => {
        const { code, message: words, type, param, requestId } = failureOf(status, body);
        const all = [code, words, type, param, requestId].filter((one) => one !== undefined);
        return code !== "" && words !== "" && all.every((one) => typeof one === "string");
      }),
      { numRuns: 2_000 },
    );
  });
});
