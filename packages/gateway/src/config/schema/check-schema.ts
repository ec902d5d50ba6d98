/** What must be true of a JSON Schema before anything is checked against it: a slip in it must not silently allow all. */
import { type Complaints, didYouMean, nearestName } from "sluice";
import { FORMATS, faultOfPattern, faultOfSchema, judging } from "./ajv.ts";
import { isObject, KEYWORDS, subschemas, withoutNotes } from "./json-schema.ts";
import { referred } from "./reference.ts";

type Node = Readonly<Record<string, unknown>>;

const DEPTH_MAX = 64;
/** Objects are compared with each other one by one: with more items a body could take minutes. */
const UNIQUE_ITEMS_MAX = 1_000;

const TYPES = ["string", "number", "integer", "boolean", "object", "array", "null"];

/** Complains of all that is wrong; true where there is nothing. */
export function checkSchema(at: string, schema: unknown, complaints: Complaints): boolean {
  const before = complaints.list.length;
  if (!isObject(schema)) {
    complaints.add(at, "is no JSON Schema", 'write it like { type: "object", properties: { … } }');
    return false;
  }
  walk(at, schema, { root: schema, complaints }, 0);
  if (complaints.list.length > before) return false;
  return checkValues(at, schema, complaints);
}

/** What the draft's own schema says of it, and then whether it compiles. */
function checkValues(at: string, schema: Node, complaints: Complaints): boolean {
  const rest = withoutNotes(schema);
  const fault = faultOfSchema(rest);
  if (fault !== undefined) {
    const place = fault.instancePath.replaceAll("/", ".");
    complaints.add(`${at}${place}`, fault.message ?? "is wrong", "see JSON Schema 2020-12");
    return false;
  }
  try {
    judging(rest);
    return true;
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    complaints.add(at, what.replace("strict mode: ", ""), "see JSON Schema 2020-12");
    return false;
  }
}

interface Check {
  readonly root: Node;
  readonly complaints: Complaints;
}

function walk(at: string, schema: unknown, check: Check, depth: number): void {
  const { complaints } = check;
  if (typeof schema === "boolean") return;
  if (!isObject(schema)) {
    complaints.add(
      at,
      `${JSON.stringify(schema)} is no schema`,
      "write an object, or true or false",
    );
    return;
  }
  if (depth > DEPTH_MAX) {
    complaints.add(at, `nests deeper than ${DEPTH_MAX}`, "use $defs and $ref");
    return;
  }
  checkKeywords(at, schema, depth, check);
  checkKind(at, schema, check);
  checkCost(at, schema, check);
  for (const [path, inner] of subschemas(schema)) {
    walk([at, ...path].join("."), inner, check, depth + 1);
  }
}

const INSTEAD: ReadonlyMap<string, string> = new Map([
  ["nullable", 'write type: ["string", "null"]'],
  ["example", "write examples: […]"],
  ["$dynamicRef", "use $ref to #/$defs/…"],
  ["$anchor", "use $ref to #/$defs/…"],
  ["dependencies", "use dependentRequired or dependentSchemas"],
  ["additionalItems", "use items after prefixItems"],
  ["discriminator", "give each alternative of oneOf a const of its own"],
  ["optional", "leave the name out of required"],
]);

function checkKeywords(at: string, schema: Node, depth: number, { complaints }: Check): void {
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword.startsWith("x-")) continue;
    if (!KEYWORDS.has(keyword)) {
      const advice = INSTEAD.get(keyword) ?? keywordAdvice(keyword);
      complaints.add(`${at}.${keyword}`, "is no keyword of JSON Schema", advice);
    } else if (keyword === "required" && !Array.isArray(value)) {
      const advice = 'list names beside properties: required: ["name"]';
      complaints.add(`${at}.required`, "is no list of names", advice);
    } else if (keyword === "$id" && depth > 0) {
      complaints.add(`${at}.$id`, "schemas within a schema have no address", "leave it out");
    }
  }
}

function keywordAdvice(keyword: string): string {
  const known = [...KEYWORDS.keys()];
  return nearestName(keyword, known) === undefined
    ? "leave it out, or begin it with x- if it is a note of yours"
    : didYouMean(keyword, known);
}

function checkKind(at: string, schema: Node, { root, complaints }: Check): void {
  const { type, format, $ref, required, properties } = schema;
  for (const name of type === undefined ? [] : [type].flat()) {
    complaints.unknownName(`${at}.type`, "type", String(name), TYPES);
  }
  if (format !== undefined) {
    complaints.unknownName(`${at}.format`, "format", String(format), FORMATS);
  }
  if ($ref !== undefined && referred(root, String($ref)) === undefined) {
    const here = Object.keys({ ...Object(root["$defs"]) }).map((name) => `#/$defs/${name}`);
    complaints.add(`${at}.$ref`, `"${$ref}" leads nowhere`, didYouMean(String($ref), here));
  }
  if (!Array.isArray(required) || !isObject(properties)) return;
  for (const name of required) {
    // A name of another part may be required here; one that is nearly a property is a slip.
    const near = Object.hasOwn(properties, name)
      ? undefined
      : nearestName(name, Object.keys(properties));
    if (near === undefined || required.includes(near)) continue;
    complaints.add(`${at}.required`, `there is no property "${name}"`, `did you mean "${near}"?`);
  }
}

function checkCost(at: string, schema: Node, { complaints }: Check): void {
  const patterns = [schema["pattern"], ...Object.keys(Object(schema["patternProperties"]))];
  for (const pattern of patterns) {
    const fault = typeof pattern === "string" ? faultOfPattern(pattern) : undefined;
    if (fault === undefined) continue;
    complaints.add(
      `${at}.pattern`,
      `"${pattern}" cannot be checked in linear time (${fault})`,
      "write it without look-around and back-references (RE2)",
    );
  }
  const { uniqueItems, maxItems, items } = schema;
  const type = isObject(items) ? items["type"] : undefined;
  const isPlain = typeof type === "string" && type !== "object" && type !== "array";
  if (uniqueItems !== true || isPlain || Number(maxItems) <= UNIQUE_ITEMS_MAX) return;
  complaints.add(
    `${at}.uniqueItems`,
    "every two items would be compared, however many there are",
    `add maxItems of at most ${UNIQUE_ITEMS_MAX}, or leave it out`,
  );
}
