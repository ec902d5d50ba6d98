// What the API's published documents say to their readers, sentence by sentence, and where the generated pages say it.

import type { Sentence } from "@sluice-internal/reference-checks/describe-pages";
import { cookbook } from "./sentences-of-patterns.ts";

const errors: readonly Sentence[] = [
  [
    "All API errors follow a consistent format",
    "errors",
    "Every failed call to Mavera is answered in the same form.",
  ],
  [
    "message: human-readable description of what went wrong",
    "errors",
    "| `error.message` | What went wrong, as a sentence in plain English",
  ],
  [
    "type: category of error (e.g. authentication_error, validation_error)",
    "errors",
    "The category of the error: `authentication_error`, `validation_error`",
  ],
  [
    "code: specific error code for programmatic handling",
    "errors",
    "| `error.code` | What went wrong, for programs",
  ],
  [
    "param: the request parameter that caused the error (if applicable)",
    "errors",
    "The parameter, field or header that caused the error.",
  ],
  ["200 Success", "errors", "| `200` OK | Success."],
  [
    "201 Created (for POST requests that create resources)",
    "errors",
    "| `201` Created | Success: what was sent made something new.",
  ],
  [
    "400 Bad Request: invalid parameters or malformed request",
    "errors",
    "| `400` Bad Request | The request is malformed, or a parameter is invalid.",
  ],
  [
    "401 Unauthorized: invalid or missing API key",
    "errors",
    "| `401` Unauthorized | The API key is missing or does not work.",
  ],
  [
    "402 Payment Required: insufficient credits",
    "errors",
    "| `402` Payment Required | Too few credits",
  ],
  [
    "403 Forbidden: access denied to resource",
    "errors",
    "| `403` Forbidden | The key is valid, but what it asks for is not allowed.",
  ],
  ["404 Not Found: resource doesn't exist", "errors", "| `404` Not Found | It does not exist"],
  [
    "429 Too Many Requests: rate limit exceeded",
    "errors",
    "| `429` Too Many Requests | A rate limit is reached",
  ],
  [
    "500 Internal Server Error: something went wrong on our side",
    "errors",
    "| `500` Internal Server Error | Something went wrong on our side.",
  ],
  [
    "503 Service Unavailable: temporary outage",
    "errors",
    "| `503` Service Unavailable | A temporary outage",
  ],
  ["Authentication Errors (401)", "errors", "| `authentication_error` | 401 |"],
  [
    "missing_api_key: no Authorization header",
    "errors/missing_api_key",
    "The request has no `Authorization` header.",
  ],
  [
    "Add Authorization: Bearer <key> header",
    "errors/missing_api_key",
    "Add `Authorization: Bearer <key>`.",
  ],
  [
    "invalid_api_key: key format invalid or doesn't exist",
    "errors/invalid_api_key",
    "The format of the key is invalid, or the key doesn't exist.",
  ],
  [
    "Check key format starts with mvra_live_",
    "errors/invalid_api_key",
    "Check that it starts with `mvra_live_`.",
  ],
  ["revoked_api_key: key has been revoked", "errors/revoked_api_key", "The key has been revoked."],
  ["Create a new API key", "errors/revoked_api_key", "Create a new API key."],
  ["Validation Errors (400)", "errors", "| `validation_error` | 400 |"],
  [
    "invalid_model: invalid model specified",
    "errors/invalid_model",
    "The model is none of this API's.",
  ],
  ["Use mavera-1", "errors/invalid_model", "Use `mavera-1`."],
  [
    "missing_field: required field not provided",
    "errors/missing_field",
    "A required field was not provided.",
  ],
  ["Include the required field", "errors/missing_field", "Include the field that `param` names."],
  [
    "invalid_field: field value is invalid",
    "errors/invalid_field",
    "The value of a field is invalid.",
  ],
  [
    "Check field requirements in API reference",
    "errors/invalid_field",
    "Check what `param` names against what the operation takes.",
  ],
  [
    "the API reference itself: what each field may be",
    "operations/createResponse",
    "| `model` | one of ['mavera-1'] | yes |",
  ],
  [
    "invalid_persona: persona ID doesn't exist",
    "errors/invalid_persona",
    "No persona has this ID.",
  ],
  [
    "List personas to get valid IDs",
    "errors/invalid_persona",
    "List the personas to get valid IDs.",
  ],
  ["Credit Errors (402)", "errors", "| `insufficient_credits` | 402 |"],
  [
    "credits_exhausted: no credits remaining",
    "errors/credits_exhausted",
    "No credits remain for this call",
  ],
  [
    "Upgrade plan or wait for reset",
    "errors/credits_exhausted",
    "Upgrade the plan, or wait for the reset.",
  ],
  [
    "budget_exceeded: workspace/project budget limit hit",
    "errors/budget_exceeded",
    "The budget of a workspace, project or key is spent.",
  ],
  ["Increase budget or wait", "errors/budget_exceeded", "Increase the budget, or wait."],
  ["Rate Limit Errors (429)", "errors", "| `rate_limit_error` | 429 |"],
  [
    "Retry-After header for how long to wait",
    "errors/rate_limit_exceeded",
    "Wait as long as the `Retry-After` header says",
  ],
  ["Not Found Errors (404)", "errors", "| `not_found_error` | 404 |"],
  ["Server Errors (500, 503)", "errors", "| `server_error` | 500, 503 |"],
  ["Handling Errors in Code", "errors/invalid_model", "In TypeScript:"],
  ["Handling Errors in Code, in another language", "errors/invalid_model", "In Python:"],
  [
    "For transient errors (429, 500, 503), implement exponential backoff",
    "error-handling",
    "retry `408`, `429`, `500` and `503`",
  ],
  ["exponential backoff", "error-handling", "Exponential backoff with full jitter"],
];

const debugging: readonly Sentence[] = [
  ["Debugging Tips", "errors", "## Debugging tips"],
  ["Log request and response details", "errors", "**Log the request and the answer.**"],
  [
    "Include request ID, timestamp, and full error response in logs",
    "errors",
    "Request ID, timestamp and the whole error body",
  ],
  ["Check the param field", "errors", "**Check `param`.**"],
  [
    "The param field tells you exactly which field caused validation errors",
    "errors",
    "It tells exactly which field caused a validation error",
  ],
  ["Verify API key format", "errors", "**Verify the key's format.**"],
  ["Keys must start with mvra_live_", "errors", "A key starts with `mvra_live_`"],
  ["and be exactly as copied from the dashboard", "errors", "must be exactly as it was copied"],
  ["Test with curl first", "errors", "**Test with curl first.**"],
  [
    "Isolate issues by testing the raw API with curl before debugging SDK code",
    "errors",
    "If curl against `https://app.mavera.io` works and your program does not",
  ],
  ["Request IDs", "errors", "## Request IDs"],
  [
    "Some error responses include a request_id in the headers or body",
    "errors",
    "Every answer, good or bad, carries a header `X-Request-Id`",
  ],
  [
    "include it when contacting support: it helps locate the exact request in our logs",
    "errors",
    "it is how Mavera finds the very request",
  ],
  ["Logging for Support", "errors", "## Logging for support"],
  ["When reporting issues, provide structured information", "errors", "as a structured record"],
  [
    "Never log or share your full API key, only the prefix (mvra_live_...)",
    "errors",
    "Never log or share a full API key: a prefix (`mvra_live_...`) is enough",
  ],
  ["Error code: from error.code", "errors", "| Error code | from `error.code` |"],
  ["Error message: from error.message", "errors", "| Error message | from `error.message` |"],
  [
    "param: from error.param (for validation errors)",
    "errors",
    "| Param | from `error.param`, for validation errors |",
  ],
  ["HTTP status: e.g. 401, 402, 429", "errors", "| HTTP status | such as 401, 402 or 429 |"],
  ["Endpoint: e.g. /responses", "errors", "such as `POST /api/v1/responses` |"],
  ["Timestamp: when the error occurred", "errors", "| Timestamp | when the error occurred"],
  [
    "Request ID: if returned in headers",
    "errors",
    "| Request ID | from the header `X-Request-Id` |",
  ],
  [
    "API key prefix: first 10 characters only",
    "errors",
    "| API key prefix | the first 10 characters only |",
  ],
  ["Getting Help: if you encounter persistent errors", "errors", "If an error persists:"],
  ["Check our status page for outages", "errors", "Check the status page for outages."],
  ["Review the error message and code", "errors", "Review the message and the page of the code."],
  [
    "Contact support@mavera.io with",
    "errors",
    "Contact [support@mavera.io](mailto:support@mavera.io) with:",
  ],
  ["Error message and code", "errors", "- the error message and code"],
  [
    "Request details (endpoint, parameters)",
    "errors",
    "- details of the request: endpoint and parameters",
  ],
  ["Timestamp", "errors", "- the timestamp"],
  ["Request ID (if available)", "errors", "- the request ID"],
  [
    "Your API key prefix (first 10 characters only)",
    "errors",
    "- your API key's prefix: the first 10 characters only",
  ],
  [
    "Error Handling Patterns: retries, backoff, user-facing messages",
    "errors",
    "[Error handling](error-handling.md): retries, backoff, breaker, messages for users",
  ],
  ["Authentication: fix 401 errors", "errors", "[Authentication](authentication.md): fix a 401"],
  ["Rate Limits: handle 429", "errors", "[Rate limits](rate-limits.md): handle a 429"],
  ["Credits: handle 402", "errors", "[Credits and budgets](credits.md)"],
];

export const sentences: readonly Sentence[] = [...errors, ...debugging, ...cookbook];
