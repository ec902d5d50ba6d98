// What the published cookbook of error handling patterns says, and where the generated pages say it.

import type { Sentence } from "@sluice-internal/reference-checks/describe-pages";

export const cookbook: readonly Sentence[] = [
  ["Documentation index: llms.txt", "index", "[llms.txt](llms.txt)"],
  [
    "Use this file to discover all available pages",
    "index",
    "an index of these pages for language models",
  ],
  [
    "You're building a production integration",
    "error-handling",
    "In production every call can fail.",
  ],
  [
    "Retry transient errors with exponential backoff and jitter",
    "error-handling",
    "Exponential backoff with full jitter",
  ],
  [
    "Distinguish between retryable and non-retryable errors",
    "error-handling",
    "## Retry, or don't",
  ],
  [
    "Show appropriate messages to end users (don't expose internal details)",
    "error-handling",
    "These texts are safe to show, and hold no internal details",
  ],
  [
    "Log errors in a structured way for debugging and support",
    "error-handling",
    "## Structured logging",
  ],
  [
    "Handle credits (402), auth (401), and validation (400) without retries",
    "error-handling",
    "do not retry `400`, `401`, `402`",
  ],
  [
    "429 rate_limit_exceeded: yes; back off, respect Retry-After",
    "error-handling",
    "| 429 | [`rate_limit_exceeded`](errors/rate_limit_exceeded.md) | Yes, after `Retry-After` |",
  ],
  ["back off", "errors/rate_limit_exceeded", "Back off for as long as `Retry-After` says."],
  [
    "500 internal_error: yes; transient, retry with backoff",
    "error-handling",
    "| 500 | [`internal_error`](errors/internal_error.md) | Yes, with backoff |",
  ],
  ["transient", "errors/internal_error", "It is transient: retry with backoff."],
  [
    "503 service_unavailable: yes; transient, retry with backoff",
    "error-handling",
    "| 503 | [`service_unavailable`](errors/service_unavailable.md) | Yes, with backoff, after `Retry-After` at least |",
  ],
  ["transient", "errors/service_unavailable", "It is transient: retry with backoff"],
  [
    "401 invalid_api_key, missing_api_key: no; fix key, don't retry",
    "error-handling",
    "| 401 | [`invalid_api_key`](errors/invalid_api_key.md) | No | You replace the key |",
  ],
  [
    "402 credits_exhausted, budget_exceeded: no; add credits or wait",
    "error-handling",
    "| 402 | [`credits_exhausted`](errors/credits_exhausted.md) | No | The account's owner adds credits",
  ],
  [
    "or wait",
    "errors/credits_exhausted",
    "Otherwise wait: the plan's credits start anew with each billing period",
  ],
  [
    "400 invalid_model, invalid_persona, etc.: no; fix request",
    "error-handling",
    "| 400 | [`invalid_persona`](errors/invalid_persona.md) | No | You change the request |",
  ],
  ["404 resource_not_found: no; fix resource ID", "errors/resource_not_found", "Fix its ID."],
  ["403 forbidden: no; fix permissions", "errors/forbidden", "Fix its permissions"],
  ["Centralized Error Handler (Python)", "error-handling", "## One place for it all: Python"],
  ["parses Mavera errors", "error-handling", 'self.code = member(body, ["error", "code"])'],
  ["decides whether to retry", "error-handling", "if not error.retryable"],
  ["surfaces structured data for logging", "error-handling", "def log_record(self):"],
  ["and user messages", "error-handling", "self.user_message = USER_MESSAGES.get"],
  [
    "Centralized Error Handler (JavaScript/TypeScript)",
    "error-handling",
    "## One place for it all: TypeScript",
  ],
  [
    "REST API error handling (non-SDK): parse the JSON error body",
    "error-handling",
    "body?.error?.code",
  ],
  ["and branch on status code", "error-handling", "In short, by status: retry"],
  [
    "When contacting support, include structured error data",
    "error-handling",
    "with the fields that support asks for",
  ],
  [
    "Never log full API keys, only the prefix (e.g. mvra_live_abcd...)",
    "error-handling",
    "Never log full API keys, only the prefix.",
  ],
  ["Circuit Breaker (Advanced)", "error-handling", "## Circuit breaker"],
  [
    "after N consecutive failures, stop calling the API for a cooldown period",
    "error-handling",
    "stop calling for a cooldown period",
  ],
  [
    "to avoid cascading failures",
    "error-handling",
    "keeps a failure of one part from becoming one of all",
  ],
  [
    "Error Handling Guide: error format, status codes, and error types",
    "error-handling",
    "[Errors](errors.md): the error body, statuses, types, every code",
  ],
  [
    "Rate Limits: rate limit headers and Retry-After",
    "error-handling",
    "[Rate limits](rate-limits.md): windows, headers and Retry-After",
  ],
  [
    "Credits: handling 402 and credit exhaustion",
    "error-handling",
    "[Credits and budgets](credits.md): handling a 402, and when credits run out",
  ],
  [
    "Rate Limits in Production: proactive throttling and queuing",
    "error-handling",
    "## Throttling and queues",
  ],
];
