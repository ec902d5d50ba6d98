// The catalogue: every code that this API answers. The first eleven, with their statuses, are those of
// Mentova's documents; the rest, marked as extensions, name what the documents leave without a code.

import type { CodeEntry } from "sluice";

/** The documents' one wait: a minute, however soon the window has room again. */
const RETRY_AFTER_MS = 60_000;

const documented = {
  MISSING_API_KEY: {
    status: 401,
    message: "API key is missing",
    action: "fix_request",
    retry: "never",
  },
  INVALID_API_KEY: {
    status: 401,
    message: "API key is invalid or has been revoked",
    action: "rotate_key",
    retry: "never",
  },
  PLAN_REQUIRED: {
    status: 403,
    message: "API access requires Agency plan",
    action: "upgrade",
    retry: "never",
  },
  NOT_FOUND: {
    status: 404,
    message: "Resource not found",
    action: "fix_request",
    retry: "never",
  },
  VALIDATION_ERROR: {
    status: 422,
    message: "Request body failed schema validation",
    action: "fix_request",
    retry: "never",
  },
  LIMIT_REACHED: {
    status: 422,
    message: "Plan limit reached",
    action: "upgrade",
    retry: "never",
    // As the API itself words it, so that a simulated refusal cannot be told from a real one.
    example: { message: "The plan's limit of brands is reached (10)." },
  },
  LIMIT_EXCEEDED: {
    status: 422,
    message: "Resource-level limit reached",
    action: "fix_request",
    retry: "never",
    example: { message: "The brand's limit of avatars is reached (5)." },
  },
  QUOTA_EXCEEDED: {
    status: 422,
    message: "Insufficient credits to launch the requested campaign",
    action: "top_up",
    retry: "never",
  },
  CONFLICT: {
    status: 409,
    message: "A resource with the same unique identifier already exists",
    action: "fix_request",
    retry: "never",
    example: { message: "A brand with this name already exists." },
  },
  RATE_LIMITED: {
    status: 429,
    message: "Rate limit exceeded",
    action: "wait",
    retry: "wait",
    retryAfter: { alwaysMs: RETRY_AFTER_MS },
  },
  INTERNAL_ERROR: {
    status: 500,
    message: "Unexpected server-side error",
    action: "contact",
    retry: "backoff",
  },
} as const satisfies Record<string, CodeEntry>;

const extensions = {
  BAD_REQUEST: {
    status: 400,
    message: "Request is malformed",
    action: "fix_request",
    retry: "never",
    extension: true,
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    message: "Method not allowed",
    action: "fix_request",
    retry: "never",
    extension: true,
    example: { allowed: ["GET", "POST", "HEAD"] },
  },
  REQUEST_TIMEOUT: {
    status: 408,
    message: "Request did not arrive in time",
    action: "wait",
    retry: "backoff",
    extension: true,
  },
  REQUEST_IN_PROGRESS: {
    status: 409,
    message: "A request with the same Idempotency-Key is still in progress",
    action: "wait",
    retry: "wait",
    extension: true,
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    message: "Request body is too large",
    action: "fix_request",
    retry: "never",
    extension: true,
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    message: "Request body must be JSON",
    action: "fix_request",
    retry: "never",
    extension: true,
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    message: "Idempotency-Key was used before with a different request",
    action: "fix_request",
    retry: "never",
    extension: true,
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    message: "Request headers are too large",
    action: "fix_request",
    retry: "never",
    extension: true,
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    message: "Service temporarily unavailable",
    action: "wait",
    retry: "backoff",
    // The ledger may have gone after the work was done; only its own books can tell then.
    charged: "unknown",
    retryAfter: { otherwiseMs: 1_000 },
    extension: true,
  },
} as const satisfies Record<string, CodeEntry>;

export const codes = { ...documented, ...extensions };

/** A code of this API. */
export type MentovaCode = keyof typeof codes;
