// Envelopes: how the ready ones look, and that they know a stranger when they see one.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flat, nested, problem, type WireError } from "../../src/contract/index.ts";
import { ENVELOPES } from "./fixtures/contracts.ts";
import { anyText } from "./fixtures/refusals.ts";

const ERROR: WireError = {
  code: "not_found",
  status: 404,
  message: "There is no such item.",
  type: "invalid_request_error",
  param: "itemId",
  helpUrl: "https://acme.dev/docs/errors/not_found",
};
const BARE: WireError = { ...ERROR, type: undefined, param: undefined };

describe("the nested envelope", () => {
  it("always has all four members, in their order", () => {
    expect(JSON.stringify(nested().encode(ERROR))).toBe(
      '{"error":{"message":"There is no such item.","type":"invalid_request_error","code":"not_found","param":"itemId"}}',
    );
    expect(JSON.stringify(nested().encode(BARE))).toBe(
      '{"error":{"message":"There is no such item.","type":null,"code":"not_found","param":null}}',
    );
  });
});

describe("the flat envelope", () => {
  it("has a message and a code and nothing else", () => {
    expect(JSON.stringify(flat().encode(ERROR))).toBe(
      '{"error":"There is no such item.","code":"not_found"}',
    );
  });
});

describe("the problem envelope", () => {
  it("has the members of RFC 9457, and two of its own", () => {
    expect(problem().contentType).toBe("application/problem+json");
    expect(problem().encode(ERROR)).toEqual({
      type: "https://acme.dev/docs/errors/not_found",
      title: "invalid_request_error",
      status: 404,
      detail: "There is no such item.",
      code: "not_found",
      param: "itemId",
    });
    expect(problem().encode(BARE)).toEqual({
      type: "https://acme.dev/docs/errors/not_found",
      title: "not_found",
      status: 404,
      detail: "There is no such item.",
      code: "not_found",
    });
  });
});

describe.each(Object.entries(ENVELOPES))("the %s envelope", (name, envelope) => {
  it("gives back what it wrote, whatever the texts", () => {
    const errors = fc.record({
      code: fc.constant("not_found"),
      status: fc.constant(404),
      message: anyText,
      type: fc.option(fc.string(), { nil: undefined }),
      param: fc.option(anyText, { nil: undefined }),
      helpUrl: fc.constant(ERROR.helpUrl),
    });
    fc.assert(
      fc.property(errors, (error) => {
        const decoded = envelope.decode(JSON.parse(JSON.stringify(envelope.encode(error))));
        expect(decoded).toMatchObject({ code: error.code, message: error.message });
        expect(decoded?.param).toBe(name === "flat" ? undefined : error.param);
      }),
    );
  });

  it("knows none of the others, and nothing that is no error", () => {
    const others = Object.values(ENVELOPES).filter((other) => other !== envelope);
    for (const other of others) expect(envelope.decode(other.encode(ERROR))).toBeUndefined();
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        expect(envelope.decode(body)).toBeUndefined();
      }),
    );
    expect(envelope.decode(undefined)).toBeUndefined();
  });
});
