/** ajv as it is set up here: draft 2020-12, strict, patterns in linear time, unions that say which part was meant. */
import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { RE2JS } from "re2js";
import { rebuilt } from "./json-schema.ts";
import { unionKeyword } from "./union.ts";

/**
 * Patterns run in RE2, which takes time in proportion to the text: a caller cannot stall the gate by a text that a pattern
 * backtracks over. It has no look-around and no back-references.
 */
function linearPattern(pattern: string): { test(text: string): boolean; toString(): string } {
  const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
  // ajv keeps patterns apart by their text.
  return { test: (text) => compiled.test(text), toString: () => `re2:${pattern}` };
}

/** What is wrong with a pattern, or undefined. */
export function faultOfPattern(pattern: string): string | undefined {
  try {
    linearPattern(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const options: Options = {
  strict: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  allowUnionTypes: true,
  allowMatchingProperties: true,
  code: { regExp: Object.assign(linearPattern, { code: "linearPattern" }) },
};

const judge = addFormats.default(new Ajv2020(options)) as Ajv2020;

export const FORMATS: readonly string[] = Object.keys(judge.formats);

/** What the draft's own schema finds wrong with a schema; the deepest fault, or none. */
export function faultOfSchema(schema: object): ErrorObject | undefined {
  if (judge.validateSchema(schema) === true) return undefined;
  const faults = judge.errors ?? [];
  return faults.toSorted((a, b) => b.instancePath.length - a.instancePath.length)[0];
}

/** Whether a value is right: stops at the first thing that is wrong. Throws where the schema makes no sense. */
export function judging(schema: object): ValidateFunction {
  const judgement = judge.compile(schema);
  // ajv keeps what it compiled; a schema that a reload replaced must be able to go.
  judge.removeSchema(schema);
  return judgement;
}

const ADDRESS = "sluice:schema";

/** What is wrong with a value: finds everything. Of a schema that was judged by before. */
export function inspecting(schema: Readonly<Record<string, unknown>>): ValidateFunction {
  const settings = { ...options, meta: false, validateSchema: false, allErrors: true };
  const inspector = new Ajv2020(settings);
  addFormats.default(inspector);
  for (const keyword of ["anyOf", "oneOf"] as const) {
    inspector.removeKeyword(keyword);
    inspector.addKeyword(unionKeyword(keyword));
  }
  // References get an address, so that they lead to the same place from each part that is compiled alone.
  const addressed = rebuilt(schema, (node) =>
    typeof node["$ref"] === "string" ? { ...node, $ref: `${ADDRESS}${node["$ref"]}` } : node,
  );
  return inspector.compile({ ...addressed, $id: ADDRESS });
}
