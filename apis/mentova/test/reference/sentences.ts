// What the API's published documents say to their readers, sentence by sentence, and where the generated pages say it.

import type { Sentence } from "@sluice-internal/reference-checks/describe-pages";

const envelope: readonly Sentence[] = [
  [
    "All errors follow the same JSON structure",
    "errors",
    "Every failed call to Mentova is answered in the same form.",
  ],
  [
    "{ error: human-readable message, code: MACHINE_READABLE_CODE }",
    "errors",
    '"code":"MISSING_API_KEY"}',
  ],
  [
    "error is a plain English string suitable for logging or displaying to users",
    "errors",
    "| `error` | What went wrong, as a sentence in plain English: for logs, and for people.",
  ],
  [
    "code is a stable machine-readable identifier for programmatic error handling",
    "errors",
    "| `code` | What went wrong, for programs: a stable identifier",
  ],
];

const statuses: readonly Sentence[] = [
  [
    "400 Bad Request: malformed JSON or invalid parameter",
    "errors",
    "| `400` Bad Request | The request is malformed, or a parameter is invalid.",
  ],
  [
    "malformed JSON or invalid parameter",
    "errors/BAD_REQUEST",
    "Malformed JSON, or an invalid parameter.",
  ],
  [
    "401 Unauthorized: missing or invalid API key",
    "errors",
    "| `401` Unauthorized | The API key is missing or does not work.",
  ],
  [
    "403 Forbidden: key is valid but the account lacks the required plan",
    "errors",
    "| `403` Forbidden | The key is valid, but what it asks for is not allowed.",
  ],
  [
    "key is valid but the account lacks the required plan",
    "errors/PLAN_REQUIRED",
    "The key is valid, but the account is not on the Agency plan.",
  ],
  [
    "404 Not Found: resource does not exist or belongs to another account",
    "errors",
    "| `404` Not Found | It does not exist, or belongs to another account.",
  ],
  [
    "422 Unprocessable Entity: valid JSON but business rule violation",
    "errors",
    "| `422` Unprocessable Content | The request can be read, but breaks a rule of the API.",
  ],
  [
    "429 Too Many Requests: rate limit exceeded",
    "errors",
    "| `429` Too Many Requests | A rate limit is reached",
  ],
  [
    "500 Internal Server Error: unexpected server-side failure",
    "errors",
    "| `500` Internal Server Error | Something went wrong on our side.",
  ],
  ["unexpected server-side failure", "errors/INTERNAL_ERROR", "An unexpected failure on our side."],
];

const codes: readonly Sentence[] = [
  [
    "401 MISSING_API_KEY: no API key was provided in the request",
    "errors",
    "| [`MISSING_API_KEY`](errors/MISSING_API_KEY.md) | 401 | No API key was provided in the request.",
  ],
  [
    "401 INVALID_API_KEY: key not found in the database, or has been revoked",
    "errors",
    "| [`INVALID_API_KEY`](errors/INVALID_API_KEY.md) | 401 | The key was not found, or has been revoked.",
  ],
  [
    "403 PLAN_REQUIRED: account is not on the Agency plan",
    "errors",
    "| [`PLAN_REQUIRED`](errors/PLAN_REQUIRED.md) | 403 | The key is valid, but the account is not on the Agency plan.",
  ],
  [
    "404 NOT_FOUND: not found or does not belong to the authenticated account",
    "errors",
    "| [`NOT_FOUND`](errors/NOT_FOUND.md) | 404 | The resource was not found, or does not belong to the authenticated account.",
  ],
  [
    "422 VALIDATION_ERROR: request body failed schema validation",
    "errors",
    "| [`VALIDATION_ERROR`](errors/VALIDATION_ERROR.md) | 422 | The request body failed schema validation.",
  ],
  [
    "422 LIMIT_REACHED: plan limit reached (e.g. maximum brands exceeded)",
    "errors",
    "| [`LIMIT_REACHED`](errors/LIMIT_REACHED.md) | 422 | A limit of the plan is reached, such as the maximum of brands.",
  ],
  [
    "422 LIMIT_EXCEEDED: resource-level limit reached (e.g. maximum 5 avatars per brand)",
    "errors",
    "| [`LIMIT_EXCEEDED`](errors/LIMIT_EXCEEDED.md) | 422 | A limit of the resource is reached: at most 5 avatars per brand.",
  ],
  [
    "422 QUOTA_EXCEEDED: insufficient credits to launch the requested campaign",
    "errors",
    "| [`QUOTA_EXCEEDED`](errors/QUOTA_EXCEEDED.md) | 422 | Insufficient credits to launch the requested campaign.",
  ],
  [
    "409 CONFLICT: a resource with the same unique identifier already exists",
    "errors",
    "| [`CONFLICT`](errors/CONFLICT.md) | 409 | A resource with the same unique identifier already exists.",
  ],
  [
    "429 RATE_LIMITED: 60 requests per minute per key has been exceeded",
    "errors",
    "| [`RATE_LIMITED`](errors/RATE_LIMITED.md) | 429 | 60 requests per minute per key have been exceeded.",
  ],
  [
    "500 INTERNAL_ERROR: unexpected server-side error",
    "errors",
    "| [`INTERNAL_ERROR`](errors/INTERNAL_ERROR.md) | 500 | An unexpected failure on our side.",
  ],
];

const limits: readonly Sentence[] = [
  [
    "The rate limit is 60 requests per minute per API key",
    "rate-limits",
    "**60 requests in any 60 seconds, per API key.**",
  ],
  ["enforced via a Redis sliding window counter", "rate-limits", "The window slides"],
  ["When the limit is exceeded: HTTP status 429", "rate-limits", "The answer is a `429`"],
  [
    "Response header: Retry-After: 60",
    "rate-limits",
    "the header `Retry-After`. It always says 60.",
  ],
  ["Response header: Retry-After: 60", "errors/RATE_LIMITED", "Retry-After: 60"],
  [
    "Body code: RATE_LIMITED",
    "errors/RATE_LIMITED",
    '{"error":"Rate limit exceeded","code":"RATE_LIMITED"}',
  ],
  ["The limiter fails open", "rate-limits", "the limiter fails open"],
  [
    "if Redis is temporarily unavailable, all requests are allowed through rather than being blocked",
    "rate-limits",
    "they are allowed through rather than blocked",
  ],
];

const handling: readonly Sentence[] = [
  ["fetch with the header X-API-Key", "errors/MISSING_API_KEY", "X-API-Key"],
  ["X-API-Key: mtv_live_your_key", "errors/INVALID_API_KEY", '"X-API-Key": "mtv_live_your_key"'],
  ["if (!res.ok)", "errors/CONFLICT", "if (!response.ok) {"],
  ["const { error, code } = await res.json()", "errors/CONFLICT", "body.code, body.error"],
  [
    "if the status is 429, read Retry-After",
    "error-handling",
    'response?.headers.get("Retry-After")',
  ],
  [
    "Rate limited. Retry after … s",
    "error-handling",
    "| 429 | [`RATE_LIMITED`](errors/RATE_LIMITED.md) | Yes, after 60 seconds |",
  ],
  [
    "else if QUOTA_EXCEEDED: not enough credits",
    "error-handling",
    "| [`QUOTA_EXCEEDED`](errors/QUOTA_EXCEEDED.md) | There are not enough credits left",
  ],
  ["else: API error with its code", "error-handling", "body?.code"],
];

export const sentences: readonly Sentence[] = [
  ...envelope,
  ...statuses,
  ...codes,
  ...limits,
  ...handling,
];
