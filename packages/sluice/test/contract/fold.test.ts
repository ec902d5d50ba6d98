// Folding: an upstream's own errors become conditions, and nothing that it did not mean to show gets through.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { at, type FoldingRule, fold } from "../../src/contract/index.ts";

const RULES: readonly FoldingRule[] = [
  { when: { status: 409, pointer: "/error/kind", equals: "full" }, condition: "archive_full" },
  {
    when: { status: 409 },
    condition: "conflict",
    param: { pointer: "/error/field" },
    message: { pointer: "/error/detail" },
  },
  {
    when: { pointer: "/retryable", equals: true },
    condition: "unavailable",
    message: { pointer: "/error/detail" },
  },
  { when: { pointer: "/code", equals: 7 }, condition: "not_found" },
];

describe("folding", () => {
  it("takes the first rule that fits, all of whose parts hold", () => {
    const conditionOf = (status: number, body: unknown) => fold(RULES, { status, body })?.condition;
    expect(conditionOf(409, { error: { kind: "full" } })).toBe("archive_full");
    expect(conditionOf(409, { error: { kind: "other" } })).toBe("conflict");
    expect(conditionOf(409, { retryable: true })).toBe("conflict");
    expect(conditionOf(410, { error: { kind: "full" } })).toBeUndefined();
    expect(conditionOf(410, { retryable: true })).toBe("unavailable");
    expect(conditionOf(404, { code: 7 })).toBe("not_found");
  });

  it("compares strictly", () => {
    for (const body of [{ code: "7" }, { code: [7] }, { retryable: 1 }, { retryable: "true" }]) {
      expect(fold(RULES, { status: 404, body })).toBeUndefined();
    }
  });

  it("makes nothing of an answer that no rule fits", () => {
    expect(fold(RULES, { status: 418, body: { error: "teapot" } })).toBeUndefined();
    expect(fold([], { status: 500, body: undefined })).toBeUndefined();
  });

  it("hands on the param and the message where they are text", () => {
    const body = { error: { field: "name", detail: "Taken." } };
    expect(fold(RULES, { status: 409, body })).toEqual({
      kind: "refusal",
      condition: "conflict",
      param: "name",
      message: "Taken.",
    });
    for (const odd of [7, null, true, ["name"], { name: "name" }, undefined]) {
      const refusal = fold(RULES, { status: 409, body: { error: { field: odd, detail: odd } } });
      expect(refusal).toEqual({ kind: "refusal", condition: "conflict" });
    }
  });

  it("never passes on the message of a 5xx, whichever rule fits", () => {
    const body = { retryable: true, error: { detail: "SELECT * FROM secrets" } };
    expect(fold(RULES, { status: 500, body })).toEqual({
      kind: "refusal",
      condition: "unavailable",
    });
    expect(fold(RULES, { status: 499, body })?.message).toBe("SELECT * FROM secrets");
  });

  it("bounds what it hands on", () => {
    const long = "a".repeat(5_000);
    const refusal = fold(RULES, { status: 409, body: { error: { field: long, detail: long } } });
    expect(refusal?.message).toHaveLength(1_000);
    expect(refusal?.param).toHaveLength(1_000);
  });

  it("stands any body", () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 599 }), fc.anything(), (status, body) => {
        const refusal = fold(RULES, { status, body });
        if (status === 409) expect(refusal).toBeDefined();
      }),
    );
  });
});

describe("a JSON pointer", () => {
  // The document of RFC 6901 §5.
  const document = {
    foo: ["bar", "baz"],
    "": 0,
    "a/b": 1,
    "c%d": 2,
    "e^f": 3,
    "g|h": 4,
    "i\\j": 5,
    'k"l': 6,
    " ": 7,
    "m~n": 8,
    "~1": 9,
  };

  it.each([
    ["", document],
    ["/foo", document.foo],
    ["/foo/0", "bar"],
    ["/", 0],
    ["/a~1b", 1],
    ["/c%d", 2],
    ["/e^f", 3],
    ["/g|h", 4],
    ["/i\\j", 5],
    ['/k"l', 6],
    ["/ ", 7],
    ["/m~0n", 8],
    ["/~01", 9],
  ])("finds what RFC 6901 says: %j", (pointer, value) => {
    expect(at(document, pointer)).toEqual(value);
  });

  it.each([
    "/nothing",
    "/foo/2",
    "/foo/-",
    "/foo/bar",
    "/foo/0/0",
    "/constructor",
    "/__proto__",
    "/foo/map",
  ])("finds nothing that is not there: %s", (pointer) => {
    expect(at(document, pointer)).toBeUndefined();
  });
});
