// The wire layer of Mavera's contract: how the API refuses, what a key looks like, and which calls there
// are. Loads no schema library, so that a client in a browser can use it.

import { defineWire, nested } from "sluice";
import { codes } from "./codes.ts";
import { operations } from "./operations.ts";

export const wire = defineWire({
  about: {
    title: "Mavera",
    summary: "Mavera answers as personas, researches, runs focus groups and analyses videos.",
    origin: "https://app.mavera.io",
    keysAt: "Settings > Developer",
    support: "support@mavera.io",
    docs: "https://docs.mavera.io",
  },
  basePath: "/api/v1",
  envelope: nested(),
  codes,
  conditions: {
    // Where a code stands for several conditions, the one that it is simulated as comes first.
    malformed_body: { code: "invalid_request", message: "The request body is not valid JSON." },
    malformed_request: "invalid_request",
    headers_too_large: "headers_too_large",
    request_timeout: "request_timeout",

    missing_key: "missing_api_key",
    unknown_key: "invalid_api_key",
    malformed_key: "invalid_api_key",
    revoked_key: "revoked_api_key",
    expired_key: "expired_api_key",

    rate_limited: "rate_limit_exceeded",
    concurrency_limited: {
      code: "rate_limit_exceeded",
      message:
        "Concurrency limit exceeded: at most {limit} may run at once. " +
        "Please retry after {retryAfter} seconds.",
    },

    forbidden: "forbidden",
    plan_required: { code: "forbidden", message: "Access denied: the plan does not include this." },

    not_found: "resource_not_found",
    method_not_allowed: "method_not_allowed",
    body_too_large: "payload_too_large",
    unsupported_media_type: "unsupported_media_type",
    missing_field: "missing_field",
    invalid_field: { code: "invalid_field", fields: { model: "invalid_model" } },
    invalid_parameter: "invalid_field",

    credits_exhausted: "credits_exhausted",
    subscription_inactive: {
      code: "credits_exhausted",
      message: "The subscription has lapsed. Please renew it: your API keys then work again.",
    },
    budget_exceeded: "budget_exceeded",
    request_in_progress: "request_in_progress",
    idempotency_key_reused: "idempotency_key_reused",
    replay_unavailable: {
      code: "idempotency_key_reused",
      message: "This Idempotency-Key was used before, and its answer cannot be repeated.",
    },

    conflict: "conflict",
    plan_limit_reached: {
      code: "forbidden",
      message: "Access denied: the account's limit on these is reached.",
    },
    resource_limit_reached: { code: "conflict", message: "This resource can hold no more." },
    internal: "internal_error",
    credits_unavailable: "service_unavailable",
    unavailable: "service_unavailable",
    upstream_timeout: "service_unavailable",
  },
  domain: {
    // A persona that an input names, unlike one that a path names, is no resource that was asked for.
    unknown_persona: "invalid_persona",
  },
  key: {
    // The documents know live keys only. Test keys are ours: they may ask for simulated errors.
    prefixes: { live: "mvra_live_", test: "mvra_test_" },
    alphabet: "base62",
    length: 32,
    places: [{ bearer: true }],
  },
  plans: ["starter", "basic", "professional", "enterprise"],
  windows: {
    requests: {
      per: "key",
      limit: { starter: 60, basic: 120, professional: 240, enterprise: 600 },
      windowMs: 60_000,
    },
  },
  // The documents give the numbers. Whose they are, and when to come back, is ours to say.
  slots: {
    mave: { per: "account", limit: 10, operations: ["createMaveMessage"], retryAfterMs: 5_000 },
    focusGroups: {
      per: "account",
      limit: 5,
      operations: ["createFocusGroup"],
      retryAfterMs: 15_000,
    },
    videoAnalyses: {
      per: "account",
      limit: 3,
      operations: ["createVideoAnalysis"],
      retryAfterMs: 15_000,
    },
  },
  headers: { rateLimit: "x-ratelimit" },
  operations,
});
