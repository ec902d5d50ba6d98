// Every code can be asked for by a test key, and then reads as the real one does.

import { describe, expect, test } from "vitest";
import { type MaveraCode, wire } from "../../contract/index.ts";
import { refusal, startSession } from "./session.ts";

/** What a test key reads that asks for the code: message and param. */
const simulated: Readonly<Record<MaveraCode, readonly [message: string, param: string | null]>> = {
  missing_api_key: [wire.codes.missing_api_key.message, null],
  invalid_api_key: [wire.codes.invalid_api_key.message, null],
  revoked_api_key: [wire.codes.revoked_api_key.message, null],
  expired_api_key: [wire.codes.expired_api_key.message, null],
  invalid_model: ["Invalid value for 'model': must be one of ['mavera-1'].", "model"],
  missing_field: ["Missing required field 'model'.", "model"],
  invalid_field: ["Invalid value for 'stream': must be true or false.", "stream"],
  invalid_persona: [wire.codes.invalid_persona.message, "persona_id"],
  credits_exhausted: [wire.codes.credits_exhausted.message, null],
  budget_exceeded: [wire.codes.budget_exceeded.message, null],
  forbidden: [wire.codes.forbidden.message, null],
  resource_not_found: ["Resource not found.", null],
  rate_limit_exceeded: ["Rate limit exceeded. Please retry after 60 seconds.", null],
  internal_error: [wire.codes.internal_error.message, null],
  service_unavailable: [
    "The service is temporarily unavailable. Please retry after 1 seconds.",
    null,
  ],
  invalid_request: ["The request body is not valid JSON.", null],
  method_not_allowed: ["Method not allowed. This path allows: GET, POST, HEAD.", null],
  request_timeout: [wire.codes.request_timeout.message, null],
  conflict: ["The thread is full: it has 100 messages. Begin a new one.", "thread_id"],
  request_in_progress: [
    "A request with the same Idempotency-Key is still in progress. Please retry after 1 seconds.",
    null,
  ],
  payload_too_large: ["The request body is too large: at most 1048576 bytes are accepted.", null],
  unsupported_media_type: [wire.codes.unsupported_media_type.message, null],
  idempotency_key_reused: [wire.codes.idempotency_key_reused.message, "Idempotency-Key"],
  headers_too_large: [wire.codes.headers_too_large.message, null],
};

const request = { json: { model: "mavera-1", input: "Hello" } };

describe("a simulated refusal", () => {
  test.each(Object.keys(simulated) as MaveraCode[])("%s", async (code) => {
    const session = await startSession();
    const headers = { "Sluice-Simulate": code };
    const reply = await session.send("POST /responses", { ...request, headers });
    const [message, param] = simulated[code];
    const { status, type } = wire.codes[code];
    expect(refusal(reply)).toEqual({ status, type, code, message, param });
    const wait = /retry after (\d+) seconds/.exec(message)?.[1] ?? null;
    expect(reply.headers.get("Retry-After")).toBe(wait);
  });

  test("of a real one cannot be told from it", async () => {
    const session = await startSession();
    for (const [code, json] of [
      ["invalid_model", { model: "gpt-4o", input: "Hello" }],
      ["missing_field", { input: "Hello" }],
      ["invalid_field", { model: "mavera-1", input: "Hello", stream: "yes" }],
    ] as const) {
      const real = await session.send("POST /responses", { json });
      const headers = { "Sluice-Simulate": code };
      const asked = await session.send("POST /responses", { ...request, headers });
      expect(asked.text).toBe(real.text);
    }
  });

  test("that cannot be had is refused with advice", async () => {
    const session = await startSession();
    const headers = { "Sluice-Simulate": "no_such_code" };
    const found = refusal(await session.send("POST /responses", { ...request, headers }));
    expect(found).toMatchObject({ code: "invalid_field", param: "Sluice-Simulate" });
  });
});
