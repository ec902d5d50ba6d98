// Answers that are no success: what to do about each, who must act, what it cost, whether work can have begun.

import { wire as mavera } from "@sluice-apis/mavera/contract";
import { wire as mentova } from "@sluice-apis/mentova/contract";
import { describe, expect, it } from "vitest";
import { readEventFailure } from "../../src/client/failure/read-failure.ts";
import {
  type AnyWire,
  CONDITION_NAMES,
  customEnvelope,
  exampleFacts,
  type HeaderList,
  render,
} from "../../src/contract/index.ts";
import { failureOf, type Headers, lookUp } from "./failure/answers.ts";

function headersOf(list: HeaderList): Headers {
  const pairs = list.flatMap((name, index) =>
    index % 2 === 0 ? [[name, list[index + 1] ?? ""] as const] : [],
  );
  return Object.fromEntries(pairs);
}

/** Every condition as the gate renders it, at every code that it can have. */
function refusalsOf(wire: AnyWire) {
  const conditions = [...CONDITION_NAMES, ...Object.keys(wire.domain ?? {})];
  return Object.keys(wire.codes).flatMap((code) =>
    conditions
      .filter((condition) => wire.spellings.conditionsOf(code).includes(condition))
      .map((condition) => {
        const entry = wire.codes[code];
        if (entry === undefined) throw new Error(`no entry for ${code}`);
        const facts = exampleFacts(condition, entry);
        const rendered = render(wire, { kind: "refusal", condition, code, ...facts });
        return { code, condition, entry, facts, rendered };
      }),
  );
}

describe.each([
  ["Mavera", mavera],
  ["Mentova", mentova],
])("a refusal of %s", (_, wire) => {
  it("is read with its code, advice, action and conditions, whichever it is", () => {
    const seen = new Set<string>();
    for (const { code, condition, entry, facts, rendered } of refusalsOf(wire)) {
      const headers = { ...headersOf(rendered.headers), "X-Request-Id": "req_1" };
      const failure = failureOf(rendered.status, rendered.body, headers, wire);
      expect(failure).toMatchObject({
        code,
        status: entry.status,
        advice: entry.retry,
        action: entry.action,
        charged: "charged" in entry ? entry.charged : "no",
        requestId: "req_1",
      });
      expect(failure.type).toBe(entry.type);
      expect(failure.conditions).toContain(condition);
      expect(failure.hints.waitMs).toBe(rendered.retryAfterMs);
      if (wire.envelope.name === "nested") expect(failure.param).toBe(facts.param);
      seen.add(code);
    }
    expect([...seen].sort()).toEqual(Object.keys(wire.codes).sort());
  });

  it("is read the same as an event of a stream, with the status of its code", () => {
    for (const { code, entry, rendered } of refusalsOf(wire)) {
      expect(readEventFailure(rendered.body, wire, lookUp({ "x-request-id": "r" }))).toMatchObject({
        source: "stream",
        code,
        status: entry.status,
        advice: entry.retry,
        action: entry.action,
        requestId: "r",
        processed: "unknown",
      });
    }
  });

  it("is a typed failure even where a proxy answers in its place", () => {
    const failure = failureOf(502, "<html><title>502 Bad Gateway</title></html>", {}, wire);
    expect(failure).toMatchObject({
      code: "bad_gateway",
      conditions: [],
      advice: "backoff",
      action: "wait",
      charged: "unknown",
      processed: "unknown",
    });
  });

  it("keeps its code where it is younger than this client", () => {
    const body = wire.envelope.encode({
      code: "brand_new",
      status: 400,
      message: "New.",
      type: undefined,
      param: undefined,
      helpUrl: "about:blank",
    });
    expect(failureOf(400, body, {}, wire)).toMatchObject({
      code: "brand_new",
      message: "New.",
      conditions: [],
      advice: "never",
      action: "fix_request",
    });
  });

  it("is judged by its status where that is not the one of its code", () => {
    const first = refusalsOf(wire).find(({ entry }) => entry.status === 404);
    expect(failureOf(500, first?.rendered.body, {}, wire)).toMatchObject({
      advice: "backoff",
      conditions: [],
      charged: "unknown",
    });
  });
});

// The table of Mavera's documents: what to retry and what not.
describe("the documents' own table", () => {
  it.each([
    [429, "rate_limit_exceeded", true],
    [500, "internal_error", true],
    [503, "service_unavailable", true],
    [401, "invalid_api_key", false],
    [401, "missing_api_key", false],
    [402, "credits_exhausted", false],
    [402, "budget_exceeded", false],
    [400, "invalid_model", false],
    [400, "invalid_persona", false],
    [404, "resource_not_found", false],
    [403, "forbidden", false],
  ])("holds with and without the contract: %d %s", (status, code, retries) => {
    const body = { error: { message: "No.", type: "t", code, param: null } };
    for (const wire of [undefined, mavera]) {
      const failure = failureOf(status, body, {}, wire);
      expect(failure.code).toBe(code);
      expect(failure.advice !== "never").toBe(retries);
    }
  });
});

describe("an answer without a contract", () => {
  it.each([
    [408, "backoff", "wait"],
    [425, "backoff", "wait"],
    [429, "wait", "wait"],
    [500, "backoff", "wait"],
    [502, "backoff", "wait"],
    [503, "backoff", "wait"],
    [504, "backoff", "wait"],
    [522, "backoff", "wait"],
    [529, "backoff", "wait"],
    [304, "never", "contact"],
    [400, "never", "fix_request"],
    [401, "never", "rotate_key"],
    [402, "never", "top_up"],
    [403, "never", "contact"],
    [404, "never", "fix_request"],
    [409, "never", "fix_request"],
    [422, "never", "fix_request"],
    [501, "never", "contact"],
    [505, "never", "contact"],
  ] as const)("is judged by its status: %d", (status, advice, action) => {
    expect(failureOf(status)).toMatchObject({ advice, action });
  });

  it.each([
    { error: { code: "insufficient_quota", type: "insufficient_quota", message: "Quota." } },
    { error: { code: "billing_hard_limit_reached", message: "Limit." } },
    { error: { code: null, type: "insufficient_quota", message: "Quota." } },
    { code: "quota_exceeded", message: "Quota." },
    { code: "credits_exhausted", message: "Credits." },
    { code: "QUOTA_EXCEEDED", error: "Quota" },
    { code: "billing_not_active", message: "Billing." },
    { code: "insufficientCredits", message: "Credits." },
    { code: "budget_exceeded", message: "Budget." },
  ])("is not waited for where a 429 is about money: %j", (body) => {
    expect(failureOf(429, body)).toMatchObject({ advice: "never", action: "top_up" });
  });

  it.each([
    { status: 429, error: "INSUFFICIENT QUOTA", message: "Too many concurrent requests." },
    {
      error: {
        code: "rate_limit_exceeded",
        message: "You exceeded your quota: insufficient_quota",
      },
    },
    { error: { code: 429, status: "RESOURCE_EXHAUSTED", message: "Quota exceeded per minute." } },
    { error: { type: "requests", code: null, message: "Check your plan and billing details." } },
    "insufficient quota",
  ])("is waited for where only its words are about money: %j", (body) => {
    expect(failureOf(429, body)).toMatchObject({ advice: "wait", action: "wait" });
  });

  it.each([
    [400, "no"],
    [402, "no"],
    [429, "no"],
    [500, "unknown"],
    [503, "unknown"],
    [200, "unknown"],
  ] as const)("was charged or not: %d", (status, charged) => {
    expect(failureOf(status).charged).toBe(charged);
  });
});

describe("work", () => {
  it.each([400, 401, 402, 403, 404, 405, 413, 415, 422, 429, 529])(
    "has not begun after a refusal: %d",
    (status) => expect(failureOf(status).processed).toBe("no"),
  );

  it.each([408, 409, 500, 502, 504])("may have begun after %d", (status) =>
    expect(failureOf(status, "", { "Retry-After": "1" }).processed).toBe("unknown"),
  );

  it("has not begun where a server that is down says when it will be there again", () => {
    expect(failureOf(503, "", { "Retry-After": "1" }).processed).toBe("no");
    expect(failureOf(503, "", { "Retry-After-Ms": "1" }).processed).toBe("no");
    expect(failureOf(503).processed).toBe("unknown");
    expect(failureOf(503, "", { "Retry-After": "soon" }).processed).toBe("unknown");
    const empty = { "RateLimit-Remaining": "0", "RateLimit-Reset": "1" };
    expect(failureOf(503, "", empty).processed).toBe("unknown");
  });

  it("may have begun where the contract does not even know whether it was charged", () => {
    const rendered = render(mavera, { kind: "refusal", condition: "credits_unavailable" });
    const failure = failureOf(503, rendered.body, headersOf(rendered.headers), mavera);
    expect(failure.hints.waitMs).toBe(1_000);
    expect(failure).toMatchObject({ charged: "unknown", processed: "unknown" });
  });
});

describe("an event that ends a stream", () => {
  it.each([
    ["overloaded_error", "backoff"],
    ["api_error", "backoff"],
    ["server_error", "backoff"],
    ["rate_limit_error", "wait"],
    ["billing_error", "never"],
    ["invalid_request_error", "never"],
    ["authentication_error", "never"],
  ])("is judged by its type where there is no contract: %s", (type, advice) => {
    const data = JSON.stringify({ type: "error", error: { type, message: "No." } });
    expect(readEventFailure(data, undefined)).toMatchObject({
      source: "stream",
      status: undefined,
      code: type,
      message: "No.",
      advice,
      charged: "unknown",
      processed: "unknown",
    });
  });

  it("is a failure whatever it says, or nothing at all", () => {
    for (const data of ["", "no JSON", "null", "[]", "{}", '{"error":{}}']) {
      expect(readEventFailure(data, mavera)).toMatchObject({
        source: "stream",
        code: "unknown_error",
      });
    }
  });
});

describe("an envelope that throws", () => {
  it("is read as if there were no contract", () => {
    const envelope = customEnvelope({
      ...mavera.envelope,
      decode() {
        throw new TypeError("not what I wrote");
      },
    });
    const wire = { ...mavera, envelope };
    expect(failureOf(500, { message: "No." }, {}, wire)).toMatchObject({ message: "No." });
    expect(readEventFailure('{"message":"No."}', wire)).toMatchObject({ message: "No." });
  });
});
