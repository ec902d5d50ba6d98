// Spellings: from a condition to its code, by the narrowest exception, and back.

import { describe, expect, it } from "vitest";
import { Spellings } from "../../src/contract/spelling.ts";

const spellings = new Spellings({
  not_found: {
    code: "missing",
    message: "Nothing here.",
    operations: { ask: "no_persona", chat: "no_persona" },
    fields: { model: "no_model" },
  },
  conflict: "taken",
  forbidden: "missing",
});

describe("a condition's code", () => {
  it("is the field's, or the operation's, or its own, in this order", () => {
    expect(spellings.codeOf("not_found", "ask", "model")).toBe("no_model");
    expect(spellings.codeOf("not_found", "ask", "name")).toBe("no_persona");
    expect(spellings.codeOf("not_found", "ask", undefined)).toBe("no_persona");
    expect(spellings.codeOf("not_found", "list", "model")).toBe("no_model");
    expect(spellings.codeOf("not_found", "list", "name")).toBe("missing");
    expect(spellings.codeOf("not_found", undefined, undefined)).toBe("missing");
  });

  it("is not changed by names that every object has", () => {
    for (const name of ["constructor", "toString", "__proto__"]) {
      expect(spellings.codeOf("not_found", name, name)).toBe("missing");
      expect(spellings.codeOf(name, undefined, undefined)).toBeUndefined();
      expect(spellings.conditionsOf(name)).toEqual([]);
    }
  });

  it("is unknown for a condition that is not declared", () => {
    expect(spellings.has("conflict")).toBe(true);
    expect(spellings.has("teapot")).toBe(false);
    expect(spellings.codeOf("teapot", undefined, undefined)).toBeUndefined();
  });
});

describe("a condition's own message", () => {
  it("goes with its own code only", () => {
    expect(spellings.messageOf("not_found", "missing")).toBe("Nothing here.");
    expect(spellings.messageOf("not_found", "no_model")).toBeUndefined();
    expect(spellings.messageOf("forbidden", "missing")).toBeUndefined();
    expect(spellings.messageOf("teapot", "missing")).toBeUndefined();
  });
});

describe("a code's conditions", () => {
  it("are all that it can stand for, in the order of declaration", () => {
    expect(spellings.conditionsOf("missing")).toEqual(["not_found", "forbidden"]);
    expect(spellings.conditionsOf("no_model")).toEqual(["not_found"]);
    expect(spellings.conditionsOf("no_persona")).toEqual(["not_found"]);
    expect(spellings.conditionsOf("teapot")).toEqual([]);
  });
});
