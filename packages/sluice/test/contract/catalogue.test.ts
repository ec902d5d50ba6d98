// Templates: what a message may speak of, and how it is filled.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillTemplate, placeholdersOf } from "../../src/contract/catalogue.ts";
import {
  CONDITION_NAMES,
  CONDITIONS,
  type CodeEntry,
  exampleFacts,
} from "../../src/contract/index.ts";
import { CONTRACTS } from "./fixtures/contracts.ts";
import { anyText } from "./fixtures/refusals.ts";

describe("a template", () => {
  it("names its placeholders in order", () => {
    expect(placeholdersOf("{param}: {expected}, {param}; {no such} {} {odd_1}")).toEqual([
      "param",
      "expected",
      "param",
      "odd_1",
    ]);
  });

  it("is filled with what is known", () => {
    const facts = { param: "name", expected: "must be text", limit: 60, allowed: ["GET", "HEAD"] };
    expect(fillTemplate("{param} {expected} {limit} {allowed} {retryAfter}", facts, 7)).toBe(
      "name must be text 60 GET, HEAD 7",
    );
  });

  it("stays a sentence where something is not known", () => {
    expect(
      fillTemplate(
        "{param} {expected}. At most {limit}. Wait {retryAfter} seconds.",
        {},
        undefined,
      ),
    ).toBe("request must be valid. At most the limit. Wait a few seconds.");
  });

  it("keeps what it does not know as it stands", () => {
    expect(fillTemplate("{teapot} {param", { param: "name" }, undefined)).toBe("{teapot} {param");
  });

  it("is filled once: what a caller sends is never a template", () => {
    const odd = fc.oneof(anyText, fc.constantFrom("{limit}", "{param}", "$&", "$1", "$$"));
    fc.assert(
      fc.property(odd, odd, (param, expected) => {
        expect(fillTemplate("<{param}|{expected}>", { param, expected, limit: 7 }, 1)).toBe(
          `<${param}|${expected}>`,
        );
      }),
    );
  });
});

describe("the facts of an example", () => {
  const ENTRY: CodeEntry = { status: 400, message: "No.", action: "contact", retry: "never" };
  const members = { retryAfter: "retryAfterMs" } as const;

  it.each(CONDITION_NAMES)("are those that every refusal for %s carries", (condition) => {
    const facts = exampleFacts(condition, ENTRY);
    const promised = CONDITIONS[condition].facts.map((fact) =>
      fact === "retryAfter" ? members[fact] : fact,
    );
    expect(Object.keys(facts).sort()).toEqual([...promised].sort());
  });

  it("are the entry's own where it has some", () => {
    const entry: CodeEntry = { ...ENTRY, example: { param: "model", expected: "must be new" } };
    expect(exampleFacts("invalid_field", entry)).toEqual({
      param: "model",
      expected: "must be new",
    });
    expect(exampleFacts("missing_field", entry)).toEqual({ param: "model" });
  });

  it.each(CONTRACTS)("fill every message of %s", (_name, wire) => {
    for (const [code, entry] of Object.entries(wire.codes)) {
      for (const condition of wire.spellings.conditionsOf(code)) {
        const template = wire.spellings.messageOf(condition, code) ?? entry.message;
        const facts = exampleFacts(condition, entry);
        for (const name of placeholdersOf(template)) {
          const isKnown = name === "retryAfter" || name in facts;
          expect(isKnown, `${code} speaks of {${name}} for ${condition}`).toBe(true);
        }
      }
    }
  });
});
