// The catalogue against Mavera's documents: every code with its status and type, every message that is printed
// there, and a page for each.

import type { CodeEntry } from "sluice";
import { describe, expect, test } from "vitest";
import { type MaveraCode, mavera, wire } from "../../contract/index.ts";

const codes: Readonly<Record<MaveraCode, CodeEntry>> = wire.codes;
const entries = Object.entries(codes);

/** As printed in Mavera's documents, with the types that they print, or ours where they print none. */
const documented = [
  [401, "authentication_error", "missing_api_key"],
  [401, "authentication_error", "invalid_api_key"],
  [401, "authentication_error", "revoked_api_key"],
  [401, "authentication_error", "expired_api_key"],
  [400, "validation_error", "invalid_model"],
  [400, "validation_error", "missing_field"],
  [400, "validation_error", "invalid_field"],
  [400, "validation_error", "invalid_persona"],
  [402, "insufficient_credits", "credits_exhausted"],
  [402, "insufficient_credits", "budget_exceeded"],
  [403, "permission_error", "forbidden"],
  [404, "not_found_error", "resource_not_found"],
  [429, "rate_limit_error", "rate_limit_exceeded"],
  [500, "server_error", "internal_error"],
  [503, "server_error", "service_unavailable"],
] as const;

const extensions = [
  [400, "validation_error", "invalid_request"],
  [405, "invalid_request_error", "method_not_allowed"],
  [408, "invalid_request_error", "request_timeout"],
  [409, "invalid_request_error", "conflict"],
  [409, "idempotency_error", "request_in_progress"],
  [413, "invalid_request_error", "payload_too_large"],
  [415, "invalid_request_error", "unsupported_media_type"],
  [422, "idempotency_error", "idempotency_key_reused"],
  [431, "invalid_request_error", "headers_too_large"],
] as const;

function listed(isExtension: boolean) {
  return entries
    .filter(([, { extension = false }]) => extension === isExtension)
    .map(([code, { status, type }]) => [status, type, code]);
}

describe("the catalogue", () => {
  test("has the codes of the documents and, marked as extensions, those that they lack", () => {
    expect(listed(false)).toEqual(documented);
    expect(listed(true)).toEqual(extensions);
  });

  test("words what the documents print as they print it", () => {
    expect(wire.codes.invalid_api_key.message).toBe(
      "Invalid API key. Ensure your key starts with 'mvra_live_' and has not been revoked.",
    );
    expect(wire.codes.credits_exhausted.message).toBe(
      "Insufficient credits. Please upgrade your subscription or wait for your next billing cycle.",
    );
    expect(wire.codes.rate_limit_exceeded.message).toBe(
      "Rate limit exceeded. Please retry after {retryAfter} seconds.",
    );
  });

  test("advises to retry what the documents say is transient, and nothing else of theirs", () => {
    const retried = documented.filter(([, , code]) => codes[code].retry !== "never");
    expect(retried.map(([status]) => status)).toEqual([429, 500, 503]);
    expect(wire.codes.rate_limit_exceeded.retry).toBe("wait");
  });

  test("charges nothing for a refusal, save where only the ledger can tell", () => {
    const unsure = entries.filter(([, { charged = "no" }]) => charged !== "no");
    expect(unsure.map(([code]) => code)).toEqual(["service_unavailable"]);
  });

  test("has a page for each, with something for whoever reads it and for their users", () => {
    expect(Object.keys(mavera.pages).sort()).toEqual(Object.keys(codes).sort());
    for (const page of Object.values(mavera.pages)) {
      expect(page.whatHappened.length).toBeGreaterThan(60);
      expect(page.howToFix.length).toBeGreaterThan(60);
      expect(page.endUser).toMatch(/^[^\n#]{15,200}\.$/);
      expect(page.endUser).not.toMatch(/HTTP|JSON|header|[a-z]_[a-z]/);
    }
  });
});

describe("keys", () => {
  test("are those of the documents, sent as a bearer token and nowhere else", () => {
    expect(wire.key).toMatchObject({
      prefixes: { live: "mvra_live_", test: "mvra_test_" },
      length: 32,
      places: [{ bearer: true }],
    });
  });
});
