// The whole catalogue over real HTTP: every code can be provoked, is what the documents say, and can be
// asked for by a test key.

import { outageMessage } from "@sluice-internal/both-ways/outages";
import { describe, expect, test } from "vitest";
import { type MentovaCode, mentova, wire } from "../contract/index.ts";
import { provocations, servers } from "./provocations.ts";
import { bytesOf, type Reply } from "./reply.ts";
import { internals, startTroublesomeApi } from "./troublesome.ts";

const codes = Object.keys(wire.codes) as MentovaCode[];

/** As printed in Mentova's documents. */
const documented = [
  [401, "MISSING_API_KEY"],
  [401, "INVALID_API_KEY"],
  [403, "PLAN_REQUIRED"],
  [404, "NOT_FOUND"],
  [422, "VALIDATION_ERROR"],
  [422, "LIMIT_REACHED"],
  [422, "LIMIT_EXCEEDED"],
  [422, "QUOTA_EXCEEDED"],
  [409, "CONFLICT"],
  [429, "RATE_LIMITED"],
  [500, "INTERNAL_ERROR"],
] as const;

const extensions = [
  [400, "BAD_REQUEST"],
  [405, "METHOD_NOT_ALLOWED"],
  [408, "REQUEST_TIMEOUT"],
  [409, "REQUEST_IN_PROGRESS"],
  [413, "PAYLOAD_TOO_LARGE"],
  [415, "UNSUPPORTED_MEDIA_TYPE"],
  [422, "IDEMPOTENCY_KEY_REUSED"],
  [431, "HEADERS_TOO_LARGE"],
  [503, "SERVICE_UNAVAILABLE"],
] as const;

const messages = {
  MISSING_API_KEY: "API key is missing",
  INVALID_API_KEY: "API key is invalid or has been revoked",
  PLAN_REQUIRED: "API access requires Agency plan",
  NOT_FOUND: "Resource not found",
  VALIDATION_ERROR: "name is required",
  LIMIT_REACHED: "The plan's limit of brands is reached (10).",
  LIMIT_EXCEEDED: "The brand's limit of avatars is reached (5).",
  QUOTA_EXCEEDED: "Insufficient credits to launch the requested campaign",
  CONFLICT: "A brand with this name already exists.",
  RATE_LIMITED: "Rate limit exceeded",
  INTERNAL_ERROR: "Unexpected server-side error",
  BAD_REQUEST: "Request body is not valid JSON",
  METHOD_NOT_ALLOWED: "Method not allowed",
  REQUEST_TIMEOUT: "Request did not arrive in time",
  REQUEST_IN_PROGRESS: "A request with the same Idempotency-Key is still in progress",
  PAYLOAD_TOO_LARGE: "Request body is too large",
  UNSUPPORTED_MEDIA_TYPE: "Request body must be JSON",
  IDEMPOTENCY_KEY_REUSED: "Idempotency-Key was used before with a different request",
  HEADERS_TOO_LARGE: "Request headers are too large",
  SERVICE_UNAVAILABLE: "Service temporarily unavailable",
} as const satisfies Record<MentovaCode, string>;

describe("the catalogue", () => {
  test("has the codes of the documents and, marked as extensions, those that they lack", () => {
    const entries = Object.entries<{ status: number; extension?: boolean }>(wire.codes);
    const listed = (extension: boolean) =>
      entries
        .filter(([, entry]) => (entry.extension ?? false) === extension)
        .map(([code, { status }]) => [status, code]);
    expect(listed(false)).toEqual(documented);
    expect(listed(true)).toEqual(extensions);
  });

  test("has a page for each, with something for whoever reads it and for their users", () => {
    expect(Object.keys(mentova.pages).sort()).toEqual([...codes].sort());
    for (const page of Object.values(mentova.pages)) {
      expect(page.whatHappened.length).toBeGreaterThan(60);
      expect(page.howToFix.length).toBeGreaterThan(60);
      expect(page.endUser).toMatch(/^[^\n#]{15,200}\.$/);
      expect(page.endUser).not.toMatch(/HTTP|JSON|header|[A-Z]{3}_/);
    }
  });
});

describe.each([...documented, ...extensions])("%i %s", (status, code) => {
  test("can be provoked, and says what the catalogue says", async () => {
    const { real } = await provoke(code);
    expect(real.status).toBe(status);
    expect(real.text).toBe(JSON.stringify({ error: messages[code], code }));
    expect(real.headers.get("Content-Type")).toBe("application/json");
    expect(real.headers.get("Cache-Control")).toBe("no-store");
    expect(real.headers.get("X-Request-Id")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}$/);
    expect(real.headers.get("Retry-After")).toBe(retryAfter[code] ?? null);
    expect([...real.headers.keys()].filter((name) => /rate-?limit/i.test(name))).toEqual([]);
    const everything = JSON.stringify([real.text, ...real.headers]);
    for (const secret of [internals, outageMessage]) expect(everything).not.toContain(secret);
  });

  test("looks the same, byte for byte, when a test key asks for it", async () => {
    const { real, simulated } = await provoke(code);
    expect(bytesOf(simulated)).toEqual(bytesOf(real));
  });
});

const retryAfter: Readonly<Partial<Record<MentovaCode, string>>> = {
  RATE_LIMITED: "60",
  REQUEST_IN_PROGRESS: "1",
  SERVICE_UNAVAILABLE: "1",
};

/** The refusal itself, and what a test key gets that asks for it with the same request. */
async function provoke(code: MentovaCode): Promise<{ real: Reply; simulated: Reply }> {
  const { api, held } = await startTroublesomeApi(servers[code]);
  const { what, raw, ...how } = await provocations[code](api, held);
  const real = await (raw === undefined ? api.send(what, how) : raw());
  const headers = { ...how.headers, "Sluice-Simulate": code };
  const simulated = await api.send(what, { ...how, headers, key: api.keys.test });
  held.release();
  return { real, simulated };
}
