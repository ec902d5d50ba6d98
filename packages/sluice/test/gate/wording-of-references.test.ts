// What a schema wants is found behind references, in parts that hold all at once, and among alternatives.

import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Schema } from "../../src/contract/index.ts";
import { refuseIssue } from "../../src/gate/steps/wording.ts";

function refusal(schema: Schema, raw: unknown) {
  const result = schema["~standard"].validate(raw) as { issues?: [] };
  return refuseIssue(schema, raw, result.issues ?? [], "field");
}

/** A schema as data that finds fault with one place. */
function blaming(path: readonly PropertyKey[], jsonSchema: Record<string, unknown>): Schema {
  return {
    "~standard": {
      version: 1,
      vendor: "test",
      validate: () => ({ issues: [{ message: "", path }] }),
      jsonSchema: { input: () => jsonSchema, output: () => jsonSchema },
    },
  };
}

const Tree = z.object({
  name: z.string().max(3),
  get children() {
    return z.array(Tree);
  },
});

describe("what was expected", () => {
  it("is found in a schema that refers to itself", () => {
    const raw = { name: "a", children: [{ name: "b", children: [{ name: 1, children: [] }] }] };
    expect(refusal(Tree, raw)).toMatchObject({
      param: "children.0.children.0.name",
      expected: "must be a string of at most 3 characters",
    });
  });

  it("is found behind references and in parts, at any depth", () => {
    const json = {
      $defs: {
        name: { type: "string", maxLength: 5 },
        "odd/name": { allOf: [{ $ref: "#/$defs/name" }, { minLength: 2 }] },
        base: { type: "object", properties: { id: { type: "integer" } } },
      },
      allOf: [
        { $ref: "#/$defs/base" },
        { properties: { name: { $ref: "#/$defs/odd~1name" } }, additionalProperties: false },
        { properties: { id: { maximum: 9 } } },
      ],
    };
    const said = (name: string) => refusal(blaming([name], json), { id: "x", name: 1 });
    expect(said("id")).toMatchObject({ expected: "must be a whole number of at most 9" });
    expect(said("name")).toMatchObject({ expected: "must be a string of 2 to 5 characters" });
  });

  it("ends also where references go round in a circle", () => {
    const round = {
      $defs: { a: { $ref: "#/$defs/b" }, b: { anyOf: [{ $ref: "#/$defs/a" }] } },
      properties: { a: { $ref: "#/$defs/a" }, lost: { $ref: "#/$defs/none" } },
    };
    expect(refusal(blaming(["a"], round), { a: 1 })).toMatchObject({ expected: "must be valid" });
    const lost = refusal(blaming(["lost"], round), { lost: 1 });
    expect(lost).toMatchObject({ expected: "must be valid" });
  });

  it("names the words of all alternatives that a word tells apart", () => {
    const payment = z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("card"), number: z.string() }),
      z.object({ kind: z.enum(["bank", "cash"]) }),
    ]);
    expect(refusal(payment, { kind: "gold" })).toMatchObject({
      param: "kind",
      expected: "must be one of ['card', 'bank', 'cash']",
    });
  });

  it("names a member that no part of a closed object knows", () => {
    const json = {
      allOf: [{ properties: { id: {} } }, { properties: { name: {} } }],
      unevaluatedProperties: false,
    };
    const refused = refusal(blaming([], json), { id: 1, nmae: 2 });
    expect(refused).toMatchObject({ param: "nmae", expected: "must be left out" });
  });
});
