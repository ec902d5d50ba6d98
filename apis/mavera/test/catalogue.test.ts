// The whole catalogue over real HTTP: every code can be provoked, is what the documents say, and can be
// asked for by a test key.

import { outageMessage } from "@sluice-internal/both-ways/outages";
import { describe, expect, test } from "vitest";
import { type MaveraCode, wire } from "../contract/index.ts";
import { provocations, servers } from "./provocations.ts";
import { bytesOf, type Reply, windowOf } from "./reply.ts";
import { internals, startTroublesomeApi } from "./troublesome.ts";

const unavailable = "The service is temporarily unavailable. Please retry after 1 seconds.";

/** What an identified key is told of its window: how many requests are left of 60, or nothing. */
type Left = number | null;

type Row = readonly [
  code: MaveraCode,
  status: number,
  type: string,
  message: string,
  param: string | null,
  left: Left,
];

const KEY = "authentication_error";
const VALIDATION = "validation_error";
const CREDITS = "insufficient_credits";
const REQUEST = "invalid_request_error";
const IDEMPOTENCY = "idempotency_error";

const documented: readonly Row[] = [
  [
    "missing_api_key",
    401,
    KEY,
    "Missing API key. Send it in the header 'Authorization: Bearer <key>'.",
    null,
    null,
  ],
  [
    "invalid_api_key",
    401,
    KEY,
    "Invalid API key. Ensure your key starts with 'mvra_live_' and has not been revoked.",
    null,
    null,
  ],
  ["revoked_api_key", 401, KEY, "This API key has been revoked. Create a new one.", null, null],
  ["expired_api_key", 401, KEY, "This API key has expired. Create a new one.", null, null],
  [
    "invalid_model",
    400,
    VALIDATION,
    "Invalid value for 'model': must be one of ['mavera-1'].",
    "model",
    59,
  ],
  ["missing_field", 400, VALIDATION, "Missing required field 'model'.", "model", 59],
  [
    "invalid_field",
    400,
    VALIDATION,
    "Invalid value for 'stream': must be true or false.",
    "stream",
    59,
  ],
  [
    "invalid_persona",
    400,
    VALIDATION,
    "There is no persona with this ID. List the personas to get valid IDs.",
    "persona_id",
    59,
  ],
  [
    "credits_exhausted",
    402,
    CREDITS,
    "Insufficient credits. Please upgrade your subscription or wait for your next billing cycle.",
    null,
    59,
  ],
  [
    "budget_exceeded",
    402,
    CREDITS,
    "Budget limit exceeded. Please increase the budget of the workspace, project or key, " +
      "or wait for the next month.",
    null,
    59,
  ],
  [
    "forbidden",
    403,
    "permission_error",
    "Access denied: this API key does not permit the operation.",
    null,
    59,
  ],
  ["resource_not_found", 404, "not_found_error", "Resource not found.", null, 59],
  [
    "rate_limit_exceeded",
    429,
    "rate_limit_error",
    "Rate limit exceeded. Please retry after 60 seconds.",
    null,
    0,
  ],
  [
    "internal_error",
    500,
    "server_error",
    "Something went wrong on our side. Please try again.",
    null,
    59,
  ],
  ["service_unavailable", 503, "server_error", unavailable, null, 59],
];

const extensions: readonly Row[] = [
  ["invalid_request", 400, VALIDATION, "The request body is not valid JSON.", null, 59],
  [
    "method_not_allowed",
    405,
    REQUEST,
    "Method not allowed. This path allows: GET, POST, HEAD.",
    null,
    59,
  ],
  ["request_timeout", 408, REQUEST, "The request did not arrive in time.", null, null],
  [
    "conflict",
    409,
    REQUEST,
    "The thread is full: it has 100 messages. Begin a new one.",
    "thread_id",
    59,
  ],
  [
    "request_in_progress",
    409,
    IDEMPOTENCY,
    "A request with the same Idempotency-Key is still in progress. Please retry after 1 seconds.",
    null,
    58,
  ],
  [
    "payload_too_large",
    413,
    REQUEST,
    "The request body is too large: at most 1048576 bytes are accepted.",
    null,
    59,
  ],
  ["unsupported_media_type", 415, REQUEST, "The request body must be JSON.", null, 59],
  [
    "idempotency_key_reused",
    422,
    IDEMPOTENCY,
    "This Idempotency-Key was used before with a different request.",
    "Idempotency-Key",
    58,
  ],
  ["headers_too_large", 431, REQUEST, "The request headers are too large.", null, null],
];

const retryAfter: Readonly<Partial<Record<MaveraCode, string>>> = {
  rate_limit_exceeded: "60",
  request_in_progress: "1",
  service_unavailable: "1",
};

test("every code of the catalogue is below", () => {
  const codes = [...documented, ...extensions].map(([code]) => code);
  expect(codes.toSorted()).toEqual(Object.keys(wire.codes).toSorted());
});

describe.each([...documented, ...extensions])("%s", (code, status, type, message, param, left) => {
  test("can be provoked, and says what the documents say", async () => {
    const real = await provoke(code);
    expect(real.status).toBe(status);
    expect(real.text).toBe(JSON.stringify({ error: { message, type, code, param } }));
    expect(real.headers.get("Content-Type")).toBe("application/json");
    expect(real.headers.get("Cache-Control")).toBe("no-store");
    expect(real.headers.get("X-Request-Id")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}$/);
    expect(real.headers.get("Retry-After")).toBe(retryAfter[code] ?? null);
    const { limit, remaining } = windowOf(real);
    const shown = left === null ? [null, null] : ["60", String(left)];
    expect([limit, remaining]).toEqual(shown);
  });

  test("shows nothing of what is behind the gate", async () => {
    const real = await provoke(code);
    const everything = JSON.stringify([real.text, ...real.headers]);
    for (const secret of [internals, outageMessage]) expect(everything).not.toContain(secret);
  });

  test("looks the same, byte for byte, when a test key asks for it", async () => {
    const real = await provoke(code);
    const simulated = await provoke(code, { "Sluice-Simulate": code });
    expect(bytesOf(simulated)).toEqual(bytesOf(real));
  });
});

/** The refusal itself; or, with a wish, what a test key gets for the same request in the same place. */
async function provoke(code: MaveraCode, wish?: Readonly<Record<string, string>>): Promise<Reply> {
  const troublesome = await startTroublesomeApi(servers[code]);
  const { api, held } = troublesome;
  const { what, raw, ...how } = await provocations[code](troublesome);
  const { test } = api.keys;
  const send = () =>
    wish === undefined
      ? (raw?.() ?? api.send(what, { key: test, ...how }))
      : api.send(what, { ...how, headers: { ...how.headers, ...wish }, key: test });
  const reply = await send();
  held.release();
  return reply;
}
