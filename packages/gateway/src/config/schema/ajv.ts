/** ajv as it is set up here: draft 2020-12, strict, patterns in linear time, unions that say which part was meant. */
import { Ajv2020, type Options, type ValidateFunction } from "ajv/dist/2020.js";
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

/** For the question whether a value is right: stops at the first thing that is wrong. */
export const judge: Ajv2020 = addFormats.default(new Ajv2020(options)) as Ajv2020;

/** For the question what is wrong: finds everything, in schemas that the judge has read already. */
const inspector = new Ajv2020({ ...options, meta: false, validateSchema: false, allErrors: true });
addFormats.default(inspector);
for (const keyword of ["anyOf", "oneOf"] as const) {
  inspector.removeKeyword(keyword);
  inspector.addKeyword(unionKeyword(keyword));
}

export const FORMATS: readonly string[] = Object.keys(judge.formats);

let schemas = 0;

/** References get an address of their own, so that they lead to the same place from each part that is compiled alone. */
export function inspect(schema: Readonly<Record<string, unknown>>): ValidateFunction {
  const address = `sluice:schema-${++schemas}`;
  const addressed = rebuilt(schema, (node) =>
    typeof node["$ref"] === "string" ? { ...node, $ref: `${address}${node["$ref"]}` } : node,
  );
  return inspector.compile({ ...addressed, $id: address });
}
