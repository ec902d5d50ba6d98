// Every condition in Mavera's words: what a caller reads when the gate says no, byte for byte.

import {
  CONDITION_NAMES,
  CONDITIONS,
  exampleFacts,
  type Refusal,
  refuse,
  refuseDomain,
  render,
} from "sluice";
import { describe, expect, test } from "vitest";
import { wire } from "../../contract/index.ts";

interface Spoken {
  readonly status: number;
  readonly type: string;
  readonly code: string;
  readonly message: string;
}

type Row = readonly [
  condition: string,
  status: number,
  type: string,
  code: string,
  message: string,
];

const KEY = "authentication_error";
const VALIDATION = "validation_error";
const CREDITS = "insufficient_credits";
const SERVER = "server_error";
const REQUEST = "invalid_request_error";
const IDEMPOTENCY = "idempotency_error";

const invalidKey =
  "Invalid API key. Ensure your key starts with 'mvra_live_' and has not been revoked.";
const unavailable = "The service is temporarily unavailable. Please retry after 7 seconds.";

/** Said with these facts, where the condition has any use for them. */
const facts = {
  param: "name",
  expected: "must be a string",
  retryAfterMs: 6_001,
  limit: 10,
  allowed: ["GET", "HEAD"],
};

const rows: readonly Row[] = [
  ["malformed_request", 400, VALIDATION, "invalid_request", "The request is malformed."],
  ["headers_too_large", 431, REQUEST, "headers_too_large", "The request headers are too large."],
  ["request_timeout", 408, REQUEST, "request_timeout", "The request did not arrive in time."],
  [
    "missing_key",
    401,
    KEY,
    "missing_api_key",
    "Missing API key. Send it in the header 'Authorization: Bearer <key>'.",
  ],
  ["malformed_key", 401, KEY, "invalid_api_key", invalidKey],
  ["unknown_key", 401, KEY, "invalid_api_key", invalidKey],
  ["revoked_key", 401, KEY, "revoked_api_key", "This API key has been revoked. Create a new one."],
  ["expired_key", 401, KEY, "expired_api_key", "This API key has expired. Create a new one."],
  [
    "rate_limited",
    429,
    "rate_limit_error",
    "rate_limit_exceeded",
    "Rate limit exceeded. Please retry after 7 seconds.",
  ],
  [
    "concurrency_limited",
    429,
    "rate_limit_error",
    "rate_limit_exceeded",
    "Concurrency limit exceeded: at most 10 may run at once. Please retry after 7 seconds.",
  ],
  [
    "subscription_inactive",
    402,
    CREDITS,
    "credits_exhausted",
    "The subscription has lapsed. Please renew it: your API keys then work again.",
  ],
  [
    "plan_required",
    403,
    "permission_error",
    "forbidden",
    "Access denied: the plan does not include this.",
  ],
  [
    "forbidden",
    403,
    "permission_error",
    "forbidden",
    "Access denied: this API key does not permit the operation.",
  ],
  ["not_found", 404, "not_found_error", "resource_not_found", "Resource not found."],
  [
    "method_not_allowed",
    405,
    REQUEST,
    "method_not_allowed",
    "Method not allowed. This path allows: GET, HEAD.",
  ],
  [
    "body_too_large",
    413,
    REQUEST,
    "payload_too_large",
    "The request body is too large: at most 10 bytes are accepted.",
  ],
  [
    "unsupported_media_type",
    415,
    REQUEST,
    "unsupported_media_type",
    "The request body must be JSON.",
  ],
  ["malformed_body", 400, VALIDATION, "invalid_request", "The request body is not valid JSON."],
  [
    "invalid_parameter",
    400,
    VALIDATION,
    "invalid_field",
    "Invalid value for 'name': must be a string.",
  ],
  ["missing_field", 400, VALIDATION, "missing_field", "Missing required field 'name'."],
  [
    "invalid_field",
    400,
    VALIDATION,
    "invalid_field",
    "Invalid value for 'name': must be a string.",
  ],
  [
    "credits_exhausted",
    402,
    CREDITS,
    "credits_exhausted",
    "Insufficient credits. Please upgrade your subscription or wait for your next billing cycle.",
  ],
  [
    "budget_exceeded",
    402,
    CREDITS,
    "budget_exceeded",
    "Budget limit exceeded. Please increase the budget of the workspace, project or key, " +
      "or wait for the next month.",
  ],
  ["credits_unavailable", 503, SERVER, "service_unavailable", unavailable],
  [
    "request_in_progress",
    409,
    IDEMPOTENCY,
    "request_in_progress",
    "A request with the same Idempotency-Key is still in progress. Please retry after 7 seconds.",
  ],
  [
    "idempotency_key_reused",
    422,
    IDEMPOTENCY,
    "idempotency_key_reused",
    "This Idempotency-Key was used before with a different request.",
  ],
  [
    "replay_unavailable",
    422,
    IDEMPOTENCY,
    "idempotency_key_reused",
    "This Idempotency-Key was used before, and its answer cannot be repeated.",
  ],
  [
    "conflict",
    409,
    REQUEST,
    "conflict",
    "The resource exists already, or is not in a state that allows this.",
  ],
  [
    "plan_limit_reached",
    403,
    "permission_error",
    "forbidden",
    "Access denied: the account's limit on these is reached.",
  ],
  ["resource_limit_reached", 409, REQUEST, "conflict", "This resource can hold no more."],
  [
    "internal",
    500,
    SERVER,
    "internal_error",
    "Something went wrong on our side. Please try again.",
  ],
  ["unavailable", 503, SERVER, "service_unavailable", unavailable],
  ["upstream_timeout", 503, SERVER, "service_unavailable", unavailable],
];

function spoken(refusal: Refusal): Spoken & { readonly param: string | null } {
  const { status, body } = render(wire, refusal);
  const parsed = JSON.parse(body);
  expect(Object.keys(parsed)).toEqual(["error"]);
  expect(Object.keys(parsed.error)).toEqual(["message", "type", "code", "param"]);
  return { status, ...parsed.error };
}

test("the conditions below are all that there are", () => {
  expect(rows.map(([condition]) => condition)).toEqual(CONDITION_NAMES);
});

describe.each(rows)("%s", (condition, status, type, code, message) => {
  test("is said with the field at fault", () => {
    const refusal: Refusal = { kind: "refusal", condition, ...facts };
    expect(spoken(refusal)).toEqual({ status, type, code, message, param: "name" });
  });

  test("has a param of null where no field is at fault", () => {
    const { param: _, ...others } = facts;
    expect(spoken({ kind: "refusal", condition, ...others }).param).toBeNull();
  });
});

describe("Retry-After", () => {
  const waits = CONDITION_NAMES.filter((name) => CONDITIONS[name].waits);

  test.each(waits)("is exact, never early and never 0: %s", (condition) => {
    for (const [ms, seconds] of [
      [1, "1"],
      [1_000, "1"],
      [29_001, "30"],
      [60_000, "60"],
    ] as const) {
      const { headers, body } = render(wire, { kind: "refusal", condition, retryAfterMs: ms });
      expect(headers[headers.indexOf("Retry-After") + 1]).toBe(seconds);
      expect(JSON.parse(body).error.message).toContain(`retry after ${seconds} seconds`);
    }
  });

  test("stands on every 429 and 503, also where the refusal does not know when", () => {
    const { headers } = render(wire, refuse("upstream_timeout"));
    expect(headers[headers.indexOf("Retry-After") + 1]).toBe("1");
  });
});

describe("a field with a code of its own", () => {
  test("is the model, in the words of the documents", () => {
    const facts = { param: "model", expected: "must be one of ['mavera-1']" };
    expect(spoken(refuse("invalid_field", facts))).toEqual({
      status: 400,
      type: VALIDATION,
      code: "invalid_model",
      message: "Invalid value for 'model': must be one of ['mavera-1'].",
      param: "model",
    });
  });

  test("is a persona that an input names", () => {
    expect(spoken(refuseDomain("unknown_persona", { param: "persona_id" }))).toEqual({
      status: 400,
      type: VALIDATION,
      code: "invalid_persona",
      message: "There is no persona with this ID. List the personas to get valid IDs.",
      param: "persona_id",
    });
  });
});

test("the example of the rate limit is the one that the documents print", () => {
  const facts = exampleFacts("rate_limited", wire.codes.rate_limit_exceeded);
  const refusal: Refusal = { kind: "refusal", condition: "rate_limited", ...facts };
  expect(spoken(refusal).message).toBe("Rate limit exceeded. Please retry after 30 seconds.");
});
