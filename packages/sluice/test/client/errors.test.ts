// The error that a call ends with: what an application reads from it, and what it never has to fear.

import { wire as mavera } from "@sluice-apis/mavera/contract";
import { describe, expect, it } from "vitest";
import { ApiError, type ErrorFacts } from "../../src/client/errors/api-error.ts";
import { createSecret } from "../../src/client/errors/secret.ts";
import { failureOfThrown } from "../../src/client/failure/connection-failure.ts";
import type { Failure } from "../../src/client/failure/failure.ts";
import { refusedHere } from "../../src/client/failure/refused-here.ts";
import { render } from "../../src/contract/index.ts";
import { failureOf, NOW_MS } from "./failure/answers.ts";

const limited = failureOf(
  429,
  render(mavera, { kind: "refusal", condition: "rate_limited", retryAfterMs: 30_000 }).body,
  { "Retry-After": "30", "X-Request-Id": "req_1" },
  mavera,
);

const errorOf = (failure: Failure, facts: Partial<ErrorFacts> = {}) =>
  new ApiError(failure, { nowMs: NOW_MS, wire: mavera, ...facts });

describe("an error", () => {
  it("says in one line what happened, with status, code and request", () => {
    expect(String(errorOf(limited))).toBe(
      "ApiError: Rate limit exceeded. Please retry after 30 seconds. " +
        "(429, rate_limit_exceeded, request req_1)",
    );
  });

  it("has everything that an application decides by", () => {
    const error = errorOf(limited, {
      operation: "createResponse",
      attempts: 3,
      why: ["Retry-After 30 s", "budget 0 of 50"],
    });
    expect(error).toBeInstanceOf(Error);
    expect({ ...error }).toEqual({
      code: "rate_limit_exceeded",
      rawCode: "rate_limit_exceeded",
      condition: "rate_limited",
      conditions: ["rate_limited", "concurrency_limited"],
      status: 429,
      type: "rate_limit_error",
      requestId: "req_1",
      retryable: true,
      repeatable: true,
      action: "wait",
      retryAt: new Date(NOW_MS + 30_000),
      charged: "no",
      attempts: 3,
      why: ["Retry-After 30 s", "budget 0 of 50"],
      userMessage: "We are a little busy. Please try again in a moment.",
      operation: "createResponse",
      source: "answer",
      helpUrl: "https://docs.mavera.io/errors/rate_limit_exceeded",
    });
    expect(error.name).toBe("ApiError");
    expect(error.param).toBeUndefined();
  });

  it("has a stack that begins with what it says", () => {
    expect(errorOf(limited).stack).toMatch(/^ApiError: Rate limit exceeded\..*\n {4}at /);
  });

  it("names the parameter that is to blame", () => {
    const { body, status } = render(mavera, {
      kind: "refusal",
      condition: "invalid_field",
      param: "model",
      expected: "must be one of ['mavera-1']",
    });
    expect(errorOf(failureOf(status, body, {}, mavera))).toMatchObject({
      code: "invalid_model",
      condition: "invalid_field",
      param: "model",
      retryable: false,
      action: "fix_request",
    });
  });

  it("calls a code that the contract does not know unknown, and keeps how it was spelled", () => {
    const error = errorOf(failureOf(400, { error: { code: "brand_new", message: "New." } }));
    expect(error).toMatchObject({ code: "unknown_error", rawCode: "brand_new" });
    expect(error.helpUrl).toBeUndefined();
    expect(error.message).toBe("New. (400, brand_new)");
    expect(error.toJSON().code).toBe("brand_new");
  });

  it("keeps every code where there is no contract", () => {
    const failure = failureOf(400, { error: { code: "brand_new", message: "New." } });
    expect(errorOf(failure, { wire: undefined })).toMatchObject({ code: "brand_new" });
  });

  it("has no cause, only its words", () => {
    const cause = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:9"), {
      code: "ECONNREFUSED",
    });
    const error = errorOf(failureOfThrown(new TypeError("fetch failed", { cause })));
    expect(error.cause).toBeUndefined();
    expect(error.code).toBe("connection_failed");
    expect(error.message).toBe(
      "The connection failed: fetch failed: connect ECONNREFUSED 127.0.0.1:9 (connection_failed)",
    );
  });

  it("keeps what a broken stream had brought, bounded and out of the logs", () => {
    const error = errorOf({ ...limited, source: "stream" }, { received: "a".repeat(100_000) });
    expect(error.received).toHaveLength(65_536);
    expect(Object.keys(error)).not.toContain("received");
    expect(JSON.stringify(error)).not.toContain("aaa");
  });
});

describe("whether it can be tried again", () => {
  const judged = (failure: Failure) => errorOf(failure).retryable;

  it("is what the catalogue says", () => {
    expect(judged(failureOf(500))).toBe(true);
    expect(judged(failureOf(404))).toBe(false);
  });

  it("is what the server says, where it says something", () => {
    expect(judged(failureOf(500, "", { "x-should-retry": "false" }))).toBe(false);
    expect(judged(failureOf(409, "", { "x-should-retry": "true" }))).toBe(true);
  });

  it("is never so where somebody has to pay first", () => {
    expect(judged(failureOf(402, "", { "x-should-retry": "true" }))).toBe(false);
    const broke = { error: { code: "insufficient_quota", message: "No." } };
    expect(judged(failureOf(429, broke, { "Retry-After": "1" }))).toBe(false);
  });

  it("is so for what this client itself held back", () => {
    const error = errorOf(refusedHere(mavera, "late", 5_000), { retryAtMs: NOW_MS + 5_000 });
    expect(error).toMatchObject({
      retryable: true,
      charged: "no",
      retryAt: new Date(NOW_MS + 5_000),
    });
  });
});

describe("when it can be tried again", () => {
  it("is what the caller of the constructor worked out, else what the server said", () => {
    expect(errorOf(limited, { retryAtMs: NOW_MS + 1 }).retryAt).toEqual(new Date(NOW_MS + 1));
    expect(errorOf(limited).retryAt).toEqual(new Date(NOW_MS + 30_000));
  });

  it("is unknown where nobody said, where it never can, and where the number is no time", () => {
    expect(errorOf(failureOf(500)).retryAt).toBeUndefined();
    expect(errorOf(failureOf(404, "", { "Retry-After": "9" })).retryAt).toBeUndefined();
    expect(errorOf(limited, { retryAtMs: Number.POSITIVE_INFINITY }).retryAt).toBeUndefined();
  });
});

describe("the reasons", () => {
  it("are bounded", () => {
    const { why } = errorOf(limited, { why: Array.from({ length: 99 }, () => "w".repeat(999)) });
    expect(why).toHaveLength(32);
    expect(why.every((reason) => reason.length <= 256)).toBe(true);
  });
});

describe("the key", () => {
  const key = `mvra_live_${"k".repeat(32)}`;

  it("is shown by its first ten characters, and never by more than a quarter", () => {
    expect(createSecret(key).prefix).toBe("mvra_live_");
    expect(createSecret("0123456789abcdef").prefix).toBe("0123");
    expect(createSecret("abc").prefix).toBe("");
    expect(createSecret("").redact("untouched")).toBe("untouched");
  });

  it("is given to nobody but who asks for it", () => {
    const secret = createSecret(key);
    expect(secret.reveal()).toBe(key);
    expect(JSON.stringify(secret)).toBe('{"prefix":"mvra_live_"}');
  });

  it.each([
    ["itself", key],
    ["itself in an address", `https://a.example/?q=1&api_key=${key}#x`],
    ["its beginning, where a text was cut", key.slice(0, 25)],
    ["a header", `Authorization: Bearer ${key}`],
    ["a body", JSON.stringify({ headers: { authorization: `Bearer ${key}` } })],
    ["a form", new URLSearchParams({ token: key }).toString()],
  ])("is taken out of texts: %s", (_, text) => {
    const shown = createSecret(key, mavera.key).redact(text);
    expect(shown).not.toContain(key.slice(0, 14));
  });

  it("is taken out whatever characters it has", () => {
    const odd = "pa$$w+rd/with=odd&chars(42)";
    const secret = createSecret(odd);
    expect(secret.redact(`a ${odd} b`)).toBe("a pa$$w+... b");
    expect(secret.redact(`?q=${encodeURIComponent(odd)}`)).toBe("?q=pa$$w+...");
  });

  it.each([
    ["Bearer abc.def-gh1", "Bearer [redacted]"],
    ["basic dXNlcjpwYXNz!", "basic [redacted]!"],
    ["Incorrect API key provided: sk-proj-abcdefgh1234.", "Incorrect API key provided: sk-...."],
    ["https://me:pass@a.example/", "https://[redacted]@a.example/"],
    ["/v1?access_token=abc&n=1", "/v1?access_token=[redacted]&n=1"],
    ['{"client_secret": "a\\"b", "n": 1}', '{"client_secret": "[redacted]", "n": 1}'],
    [`eyJhbGciOiJI.eyJzdWIi.${"s".repeat(20)}`, "[redacted]"],
  ])("of anybody else is taken out, too: %s", (text, shown) => {
    expect(createSecret(key).redact(text)).toBe(shown);
  });

  it("leaves innocent texts alone", () => {
    const text =
      "The Basic plan wants bearer authentication. The token limit of 4096 is reached; max_tokens: 8000. See https://a.example/k?page=2";
    expect(createSecret(key, mavera.key).redact(text)).toBe(text);
  });

  it("is not among headers that are shown", () => {
    const headers = [
      ["Authorization", `Bearer ${key}`],
      ["X-Api-Key", key],
      ["Cookie", "session=1"],
      ["X-Custom", `v=${key}`],
      ["Idempotency-Key", "once"],
      ["Content-Type", "application/json"],
    ] as const;
    expect(createSecret(key).redactHeaders(headers)).toEqual({
      Authorization: "[redacted]",
      "X-Api-Key": "[redacted]",
      Cookie: "[redacted]",
      "X-Custom": "v=mvra_live_...",
      "Idempotency-Key": "once",
      "Content-Type": "application/json",
    });
  });
});
