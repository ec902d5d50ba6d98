// JSON Schema as a Standard Schema: where faults are, what parameters stand for, and what it costs to look.

import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../../../src/config/index.ts";
import { bodySchema, parameterSchema } from "../../../src/config/schema/standard-schema.ts";

type Result = { readonly value?: unknown; readonly issues?: readonly { path?: unknown }[] };

function pathsOf(schema: JsonSchema, value: unknown): unknown[] {
  const result = bodySchema(schema)["~standard"].validate(value) as Result;
  return result.issues?.map(({ path }) => path) ?? [];
}

describe("a body", () => {
  it.each<[string, JsonSchema, unknown, unknown[]]>([
    ["required", { required: ["a", "b"] }, { a: 1 }, [["b"]]],
    ["dependentRequired", { dependentRequired: { a: ["b"] } }, { a: 1 }, [["b"]]],
    ["additionalProperties", { additionalProperties: false }, { a: 1 }, [[]]],
    ["unevaluatedProperties", { unevaluatedProperties: false }, { a: 1 }, [[]]],
    ["propertyNames", { propertyNames: { maxLength: 1 } }, { ab: 1 }, [[], []]],
    ["items", { items: { type: "string" } }, ["a", 1, 2], [[1], [2]]],
    ["prefixItems", { prefixItems: [{ type: "string" }] }, [1], [[0]]],
    ["contains", { contains: { const: 1 } }, [2], [[0], []]],
    ["uniqueItems", { uniqueItems: true, maxItems: 5 }, [1, 1], [[]]],
    ["not", { properties: { a: { not: { const: 1 } } } }, { a: 1 }, [["a"]]],
    ["const", { properties: { a: { const: 1 } } }, { a: 2 }, [["a"]]],
    ["multipleOf", { properties: { a: { multipleOf: 2 } } }, { a: 3 }, [["a"]]],
    ["format", { properties: { a: { format: "date" } } }, { a: "x" }, [["a"]]],
    ["patternProperties", { patternProperties: { "^a": { type: "null" } } }, { ab: 1 }, [["ab"]]],
    ["if and else", { if: { required: ["a"] }, else: { required: ["b"] } }, {}, [["b"], []]],
    ["an odd name", { properties: { "a/b~c": { type: "null" } } }, { "a/b~c": 1 }, [["a/b~c"]]],
    ["a name that is a number", { properties: { 0: { type: "null" } } }, { 0: 1 }, [["0"]]],
  ])("is blamed at the place of %s", (_, schema, value, paths) => {
    expect(pathsOf(schema, value)).toEqual(paths);
  });

  it("keeps two patterns of one schema apart", () => {
    const schema = { properties: { a: { pattern: "^a$" }, b: { pattern: "^b$" } } };
    expect(pathsOf(schema, { a: "a", b: "b" })).toEqual([]);
    expect(pathsOf(schema, { a: "b", b: "a" })).toEqual([["a"], ["b"]]);
  });

  it("is checked by a schema that refers to itself", () => {
    const tree: JsonSchema = {
      $defs: {
        node: {
          properties: {
            next: { anyOf: [{ $ref: "#/$defs/node" }, { type: "null" }] },
            value: { type: "integer" },
          },
        },
      },
      $ref: "#/$defs/node",
    };
    expect(pathsOf(tree, { next: { next: { value: 1, next: null } } })).toEqual([]);
    expect(pathsOf(tree, { next: { next: { value: "x" } } })).toEqual([["next", "next", "value"]]);
  });

  it("may carry notes and an address, which two schemas can share", () => {
    const schema = {
      $id: "https://acme.dev/brand",
      $schema: "x",
      "x-note": 1,
      type: "object",
    } as const;
    expect(pathsOf(schema, {})).toEqual([]);
    expect(pathsOf(schema, [])).toEqual([[]]);
  });

  it("takes no pattern that a text could make run long", () => {
    const schema = bodySchema({ type: "string", pattern: "^(a+)+$" });
    const started = performance.now();
    expect(schema["~standard"].validate(`${"a".repeat(100_000)}!`)).toHaveProperty("issues");
    // Backtracking would take longer than the universe has been there.
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it("tells only the first fault of a very long list of them", () => {
    const schema = { items: { type: "string" } } as const;
    expect(pathsOf(schema, Array(9_000).fill(1))).toHaveLength(9_000);
    expect(pathsOf(schema, Array(300_000).fill(1))).toEqual([[0]]);
  });
});

describe("parameters", () => {
  const schema: JsonSchema = {
    $defs: { size: { type: "integer", minimum: 1 } },
    properties: {
      size: { $ref: "#/$defs/size" },
      share: { type: "number" },
      all: { type: "boolean" },
      mixed: { type: ["integer", "string"] },
      word: { enum: ["1", "2"] },
      level: { enum: [1, 2] },
      ids: { type: "array", items: { $ref: "#/$defs/size" } },
      names: { type: "array", items: { type: "string" } },
    },
  };
  const read = (raw: Record<string, unknown>, styles = {}) =>
    parameterSchema(schema, styles)["~standard"].validate(raw) as Result;

  it.each<[string, unknown, unknown]>([
    ["size", "12", 12],
    ["share", "-1.5e3", -1_500],
    ["all", "true", true],
    ["all", "false", false],
    ["mixed", "7", 7],
    ["mixed", "seven", "seven"],
    ["word", "1", "1"],
    ["level", "2", 2],
    ["ids", ["1", "2"], [1, 2]],
    ["ids", "3", [3]],
    ["names", "a,b", ["a,b"]],
    ["unknown", "5", "5"],
  ])("%s=%j stand for what their schema says", (name, raw, value) => {
    expect(read({ [name]: raw })).toEqual({ value: { [name]: value } });
  });

  it.each([
    ["size", ""],
    ["size", " 1"],
    ["size", "0x1"],
    ["size", "1_000"],
    ["size", "01"],
    ["size", "1.5"],
    ["size", ["1", "2"]],
    ["share", "NaN"],
    ["share", "Infinity"],
    ["all", "1"],
    ["all", "TRUE"],
    ["level", "3"],
    ["ids", "1,2"],
  ])("%s=%j is no such thing", (name, raw) => {
    expect(read({ [name]: raw }).issues?.[0]).toMatchObject({ path: [name] });
  });

  it.each([
    [",", "1,2"],
    [" ", "1 2"],
    ["|", "1|2"],
  ])("lists in one text are cut at %j", (between, text) => {
    expect(read({ ids: text }, { ids: between })).toEqual({ value: { ids: [1, 2] } });
    expect(read({ size: "1" }, { size: between })).toEqual({ value: { size: 1 } });
  });

  it("blame the item of a list that was sent as one", () => {
    expect(read({ ids: ["1", "x"] }).issues).toMatchObject([{ path: ["ids", 1] }]);
  });

  it("leave what was sent as it is", () => {
    const raw = Object.freeze({ size: "1", ids: Object.freeze(["1"]) });
    expect(read(raw)).toEqual({ value: { size: 1, ids: [1] } });
  });
});
