// Parsing: an answer is one of the contract's refusals, or it is not; nothing that arrives can break it.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, type ResponseFacts, refusalOf } from "../../src/contract/index.ts";
import { CONTRACTS } from "./fixtures/contracts.ts";
import { mavera } from "./fixtures/mavera.ts";
import { mentova } from "./fixtures/mentova.ts";

function answer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): ResponseFacts {
  const known = new Headers(headers);
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { status, header: (name) => known.get(name), body: text };
}

const NOT_FOUND = { error: "Not found", code: "NOT_FOUND" };

describe("an answer", () => {
  it("is read with its code's entry and every condition that it can stand for", () => {
    const parsed = parse(mentova, answer(401, { error: "No.", code: "INVALID_API_KEY" }));
    expect(parsed).toEqual({
      code: "INVALID_API_KEY",
      status: 401,
      message: "No.",
      type: undefined,
      param: undefined,
      retryAfterMs: undefined,
      conditions: ["malformed_key", "unknown_key", "revoked_key", "expired_key"],
      entry: mentova.codes.INVALID_API_KEY,
    });
  });

  it("keeps the words that it came with, also those that the catalogue does not have", () => {
    const body = { error: { message: "Later.", type: "odd", code: "internal_error", param: null } };
    expect(parse(mavera, answer(500, body))).toMatchObject({ message: "Later.", type: "odd" });
  });

  it("may have members that nobody declared", () => {
    expect(parse(mentova, answer(404, { ...NOT_FOUND, requestId: "7" }))?.code).toBe("NOT_FOUND");
  });

  it.each([
    ["with another status than its code's", answer(410, NOT_FOUND)],
    ["with a code that is not in the catalogue", answer(404, { ...NOT_FOUND, code: "GONE" })],
    ["with a name that every object has", answer(404, { ...NOT_FOUND, code: "constructor" })],
    ["with a code that is no text", answer(404, { ...NOT_FOUND, code: 404 })],
    ["without a message", answer(404, { code: "NOT_FOUND" })],
    ["in another API's envelope", answer(404, { error: NOT_FOUND })],
    ["that is a web page", answer(404, "<html>Not found</html>")],
    ["that is empty", answer(404, "")],
    ["that is cut off", answer(404, '{"error":"Not found","code":"NOT_FO')],
    ["that is null", answer(404, "null")],
  ])("%s is none of the contract's", (_what, response) => {
    expect(parse(mentova, response)).toBeUndefined();
  });

  it("of a finished job that names its error as text is none of Mavera's refusals", () => {
    const job = { id: "vid_1", status: "failed", error: "The video cannot be read.", code: "x" };
    expect(parse(mavera, answer(200, job))).toBeUndefined();
  });

  it.each([
    ["30", 30_000],
    ["1", 1_000],
    ["0", 0],
    ["", undefined],
    ["-1", undefined],
    ["1.5", undefined],
    ["Fri, 31 Dec 1999 23:59:59 GMT", undefined],
    ["9999999999", undefined],
  ])("says in whole seconds when to come back: Retry-After: %s", (value, retryAfterMs) => {
    const body = { error: "Slower", code: "RATE_LIMITED" };
    const parsed = parse(mentova, answer(429, body, { "retry-after": value }));
    expect(parsed?.retryAfterMs).toBe(retryAfterMs);
  });

  it("says which methods are allowed", () => {
    const body = { error: "Use GET", code: "METHOD_NOT_ALLOWED" };
    const response = answer(405, body, { allow: "GET, HEAD" });
    const parsed = parse(mentova, response);
    if (parsed === undefined) throw new Error("not understood");
    expect(refusalOf(parsed, response)).toEqual({
      kind: "refusal",
      condition: "method_not_allowed",
      code: "METHOD_NOT_ALLOWED",
      message: "Use GET",
      allowed: ["GET", "HEAD"],
    });
  });

  it.each(CONTRACTS)("of any kind is read or left alone in the words of %s", (_name, wire) => {
    const codes = fc.constantFrom(...Object.keys(wire.codes), "constructor", "teapot");
    const members = fc.record(
      { code: codes, message: fc.json(), error: fc.jsonValue(), detail: fc.string() },
      { requiredKeys: [] },
    );
    const bodies = fc.oneof(
      fc.string(),
      fc.json(),
      members.map((body) => JSON.stringify(body)),
    );
    const statuses = fc.integer({ min: 100, max: 599 });
    fc.assert(
      fc.property(statuses, bodies, fc.string(), (status, body, header) => {
        const parsed = parse(wire, { status, body, header: () => header });
        if (parsed === undefined) return;
        expect(wire.codes[parsed.code]?.status).toBe(status);
        expect(parsed.conditions).not.toEqual([]);
      }),
    );
  });
});
