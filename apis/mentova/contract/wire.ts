// The wire layer of Mentova's contract: how the API refuses, what a key looks like, and which calls there
// are. Loads no schema library, so that a client in a browser can use it.

import { defineWire, flat } from "sluice";
import { codes } from "./codes.ts";
import { operations } from "./operations.ts";

export const wire = defineWire({
  about: {
    title: "Mentova",
    summary: "Mentova measures how often language models mention a brand.",
    origin: "https://mentova.ai",
    keysAt: "Settings → API",
    docs: "https://mentova.ai/en/docs/api",
  },
  basePath: "/api/v1",
  envelope: flat(),
  codes,
  conditions: {
    // First the conditions that a code is simulated as, where it stands for several.
    malformed_body: { code: "BAD_REQUEST", message: "Request body is not valid JSON" },
    invalid_parameter: { code: "BAD_REQUEST", message: "{param} {expected}" },
    malformed_request: "BAD_REQUEST",
    headers_too_large: "HEADERS_TOO_LARGE",
    request_timeout: "REQUEST_TIMEOUT",

    missing_key: "MISSING_API_KEY",
    // One code and one message for all of these: nobody learns whether a key ever existed.
    unknown_key: "INVALID_API_KEY",
    malformed_key: "INVALID_API_KEY",
    revoked_key: "INVALID_API_KEY",
    expired_key: "INVALID_API_KEY",

    rate_limited: "RATE_LIMITED",
    concurrency_limited: "RATE_LIMITED",

    plan_required: "PLAN_REQUIRED",
    subscription_inactive: "PLAN_REQUIRED",
    // No operation asks for a permission of its own yet; should one, 403 is what the documents have.
    forbidden: { code: "PLAN_REQUIRED", message: "API key does not permit this operation" },

    not_found: "NOT_FOUND",
    method_not_allowed: "METHOD_NOT_ALLOWED",
    body_too_large: "PAYLOAD_TOO_LARGE",
    unsupported_media_type: "UNSUPPORTED_MEDIA_TYPE",
    missing_field: { code: "VALIDATION_ERROR", message: "{param} is required" },
    invalid_field: { code: "VALIDATION_ERROR", message: "{param} {expected}" },

    credits_exhausted: "QUOTA_EXCEEDED",
    budget_exceeded: {
      code: "QUOTA_EXCEEDED",
      message: "The budget of this key, project or workspace is spent",
    },
    request_in_progress: "REQUEST_IN_PROGRESS",
    idempotency_key_reused: "IDEMPOTENCY_KEY_REUSED",
    replay_unavailable: {
      code: "IDEMPOTENCY_KEY_REUSED",
      message: "Idempotency-Key was used before and its answer cannot be repeated",
    },

    conflict: "CONFLICT",
    plan_limit_reached: "LIMIT_REACHED",
    resource_limit_reached: "LIMIT_EXCEEDED",
    internal: "INTERNAL_ERROR",
    credits_unavailable: "SERVICE_UNAVAILABLE",
    unavailable: "SERVICE_UNAVAILABLE",
    upstream_timeout: "SERVICE_UNAVAILABLE",
  },
  key: {
    // The documents know live keys only. Test keys are ours: they may ask for simulated errors.
    prefixes: { live: "mtv_live_", test: "mtv_test_" },
    alphabet: "hex",
    length: 32,
    places: [{ header: "X-API-Key" }, { bearer: true }],
  },
  plans: ["free", "starter", "pro", "pro_plus", "agency"],
  windows: { requests: { per: "key", limit: 60, windowMs: 60_000 } },
  headers: { rateLimit: "none" },
  operations,
});
