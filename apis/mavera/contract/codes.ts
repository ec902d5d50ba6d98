// The catalogue: every code that this API answers. The first fifteen, with their statuses, are those of
// Mavera's documents; the rest, marked as extensions, name what the documents leave without a code.

import { BODY_BYTES_DEFAULT, type CodeEntry } from "sluice";

const KEY = "authentication_error";
const VALIDATION = "validation_error";
const CREDITS = "insufficient_credits";
const SERVER = "server_error";
const REQUEST = "invalid_request_error";
const IDEMPOTENCY = "idempotency_error";

const fix = { action: "fix_request", retry: "never" } as const;
const rotate = { action: "rotate_key", retry: "never" } as const;
const topUp = { action: "top_up", retry: "never" } as const;
const tryAgain = { action: "wait", retry: "backoff" } as const;

const documented = {
  missing_api_key: {
    status: 401,
    type: KEY,
    message: "Missing API key. Send it in the header 'Authorization: Bearer <key>'.",
    ...fix,
  },
  invalid_api_key: {
    status: 401,
    type: KEY,
    message: "Invalid API key. Ensure your key starts with 'mvra_live_' and has not been revoked.",
    ...rotate,
  },
  revoked_api_key: {
    status: 401,
    type: KEY,
    message: "This API key has been revoked. Create a new one.",
    ...rotate,
  },
  expired_api_key: {
    status: 401,
    type: KEY,
    message: "This API key has expired. Create a new one.",
    ...rotate,
  },
  invalid_model: {
    status: 400,
    type: VALIDATION,
    message: "Invalid value for '{param}': {expected}.",
    ...fix,
    example: { param: "model", expected: "must be one of ['mavera-1']" },
  },
  missing_field: {
    status: 400,
    type: VALIDATION,
    message: "Missing required field '{param}'.",
    ...fix,
    example: { param: "model" },
  },
  invalid_field: {
    status: 400,
    type: VALIDATION,
    message: "Invalid value for '{param}': {expected}.",
    ...fix,
    example: { param: "stream", expected: "must be true or false" },
  },
  invalid_persona: {
    status: 400,
    type: VALIDATION,
    message: "There is no persona with this ID. List the personas to get valid IDs.",
    ...fix,
    example: { param: "persona_id" },
  },
  credits_exhausted: {
    status: 402,
    type: CREDITS,
    message:
      "Insufficient credits. Please upgrade your subscription or wait for your next billing cycle.",
    ...topUp,
  },
  budget_exceeded: {
    status: 402,
    type: CREDITS,
    message:
      "Budget limit exceeded. Please increase the budget of the workspace, project or key, " +
      "or wait for the next month.",
    ...topUp,
  },
  forbidden: {
    status: 403,
    type: "permission_error",
    message: "Access denied: this API key does not permit the operation.",
    action: "contact",
    retry: "never",
  },
  resource_not_found: {
    status: 404,
    type: "not_found_error",
    message: "Resource not found.",
    ...fix,
  },
  rate_limit_exceeded: {
    status: 429,
    type: "rate_limit_error",
    message: "Rate limit exceeded. Please retry after {retryAfter} seconds.",
    action: "wait",
    retry: "wait",
    example: { retryAfterMs: 30_000 },
  },
  internal_error: {
    status: 500,
    type: SERVER,
    message: "Something went wrong on our side. Please try again.",
    ...tryAgain,
  },
  service_unavailable: {
    status: 503,
    type: SERVER,
    message: "The service is temporarily unavailable. Please retry after {retryAfter} seconds.",
    ...tryAgain,
    // The ledger may have gone after the work was done; only its own books can tell then.
    charged: "unknown",
    retryAfter: { otherwiseMs: 1_000 },
  },
} as const satisfies Record<string, CodeEntry>;

const extensions = {
  invalid_request: {
    status: 400,
    type: VALIDATION,
    message: "The request is malformed.",
    ...fix,
    extension: true,
  },
  method_not_allowed: {
    status: 405,
    type: REQUEST,
    message: "Method not allowed. This path allows: {allowed}.",
    ...fix,
    extension: true,
    example: { allowed: ["GET", "POST", "HEAD"] },
  },
  request_timeout: {
    status: 408,
    type: REQUEST,
    message: "The request did not arrive in time.",
    ...tryAgain,
    extension: true,
  },
  conflict: {
    status: 409,
    type: REQUEST,
    message: "The resource exists already, or is not in a state that allows this.",
    ...fix,
    extension: true,
    // As the API itself words it, so that a simulated refusal cannot be told from a real one.
    example: {
      param: "thread_id",
      message: "The thread is full: it has 100 messages. Begin a new one.",
    },
  },
  request_in_progress: {
    status: 409,
    type: IDEMPOTENCY,
    message:
      "A request with the same Idempotency-Key is still in progress. " +
      "Please retry after {retryAfter} seconds.",
    action: "wait",
    retry: "wait",
    extension: true,
  },
  payload_too_large: {
    status: 413,
    type: REQUEST,
    message: "The request body is too large: at most {limit} bytes are accepted.",
    ...fix,
    extension: true,
    example: { limit: BODY_BYTES_DEFAULT },
  },
  unsupported_media_type: {
    status: 415,
    type: REQUEST,
    message: "The request body must be JSON.",
    ...fix,
    extension: true,
  },
  idempotency_key_reused: {
    status: 422,
    type: IDEMPOTENCY,
    message: "This Idempotency-Key was used before with a different request.",
    ...fix,
    extension: true,
    example: { param: "Idempotency-Key" },
  },
  headers_too_large: {
    status: 431,
    type: REQUEST,
    message: "The request headers are too large.",
    ...fix,
    extension: true,
  },
} as const satisfies Record<string, CodeEntry>;

export const codes = { ...documented, ...extensions };

/** A code of this API. */
export type MaveraCode = keyof typeof codes;
