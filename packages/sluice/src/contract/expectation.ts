/** What a schema wants at a place of the input, as the end of a sentence; read from its JSON Schema. */
import { at } from "./fold.ts";
import { jsonSchemaOf, type Schema } from "./schema.ts";

export type JsonSchema = Readonly<Record<string, unknown>>;
export type Path = readonly PropertyKey[];

const CHOICES_MAX = 20;
/** References to references, and alternatives within alternatives: more than anybody writes, and an end for circles. */
const DEPTH_MAX = 16;

/** The end of the sentence "'x' …": what the schema wants there. */
export function expectation(schema: Schema, path: Path): string {
  const root = jsonSchemaOf(schema);
  const wanted = root && schemaAt(root, path);
  return root === undefined || wanted === undefined ? "must be valid" : describe(root, wanted);
}

/** The part of a JSON Schema that is about a place of the input, with what it refers to. */
export function schemaAt(root: JsonSchema, path: Path): JsonSchema | undefined {
  let here: JsonSchema | undefined = whole(root, root);
  for (const key of path) here = here && childOf(root, here, key);
  return here;
}

/** A schema with what it refers to, and with the parts that must hold all at once. */
function whole(root: JsonSchema, schema: JsonSchema, depth = 0): JsonSchema {
  const { $ref, allOf, ...own } = schema;
  if (depth > DEPTH_MAX || ($ref === undefined && allOf === undefined)) return schema;
  const target = typeof $ref === "string" ? referred(root, $ref) : undefined;
  let made: JsonSchema = target === undefined ? own : { ...whole(root, target, depth + 1), ...own };
  for (const part of schemasIn(allOf)) {
    const { additionalProperties: _, ...wanted } = whole(root, part, depth + 1);
    made = { ...wanted, ...made, ...propertiesOf(wanted, made) };
  }
  return made;
}

/** A reference within the same schema (RFC 6901 §6). */
function referred(root: JsonSchema, reference: string): JsonSchema | undefined {
  if (!reference.startsWith("#")) return undefined;
  try {
    return asSchema(at(root, decodeURIComponent(reference.slice(1))));
  } catch {
    return undefined;
  }
}

function propertiesOf(part: JsonSchema, whole: JsonSchema): JsonSchema {
  const properties: Record<string, unknown> = { ...asSchema(part["properties"]) };
  for (const [name, own] of Object.entries(asSchema(whole["properties"]) ?? {})) {
    const other = properties[name];
    properties[name] = other === undefined ? own : { allOf: [own, other] };
  }
  return Object.keys(properties).length === 0 ? {} : { properties };
}

/** What a schema wants of a member or an item; in a union, what the alternatives that have it want. */
function childOf(
  root: JsonSchema,
  schema: JsonSchema,
  key: PropertyKey,
  depth = 0,
): JsonSchema | undefined {
  const own = asSchema(
    typeof key === "number"
      ? schema["items"]
      : (asSchema(schema["properties"])?.[String(key)] ?? schema["additionalProperties"]),
  );
  if (own !== undefined) return whole(root, own);
  if (depth > DEPTH_MAX) return undefined;
  const children = alternativesOf(schema)
    .map((one) => childOf(root, whole(root, one), key, depth + 1))
    .filter((child) => child !== undefined);
  return chosenAmong(children) ?? children[0];
}

/** Where alternatives are told apart by a word, all of the words are wanted. */
function chosenAmong(children: readonly JsonSchema[]): JsonSchema | undefined {
  const choices = children.map(choicesOf);
  if (choices.length < 2 || !choices.every((list) => list !== undefined)) return undefined;
  return { enum: [...new Set(choices.flat())] };
}

function choicesOf(schema: JsonSchema): readonly unknown[] | undefined {
  if (Array.isArray(schema["enum"])) return schema["enum"];
  return schema["const"] === undefined ? undefined : [schema["const"]];
}

function alternativesOf(schema: JsonSchema): readonly JsonSchema[] {
  return schemasIn(schema["anyOf"] ?? schema["oneOf"]);
}

function schemasIn(list: unknown): readonly JsonSchema[] {
  return Array.isArray(list) ? list.map(asSchema).filter((one) => one !== undefined) : [];
}

/**
 * The first member of an object that its schema does not know, where it knows all that there may be. Validators
 * blame the object for it; whoever wrote it wants to hear the name.
 */
export function unknownMember(schema: Schema, path: Path, value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const root = jsonSchemaOf(schema);
  const wanted = root && schemaAt(root, path);
  if (root === undefined || wanted === undefined || !isClosed(wanted)) return undefined;
  const known = asSchema(wanted["properties"]) ?? {};
  return Object.keys(value).find((name) => !Object.hasOwn(known, name));
}

function isClosed(schema: JsonSchema): boolean {
  if (schema["additionalProperties"] === false) return true;
  return schema["unevaluatedProperties"] === false && alternativesOf(schema).length === 0;
}

function asSchema(value: unknown): JsonSchema | undefined {
  return typeof value === "object" && value !== null ? (value as JsonSchema) : undefined;
}

function describe(root: JsonSchema, schema: JsonSchema, depth = 0): string {
  const choices = choicesOf(schema);
  if (choices !== undefined) return `must be one of [${list(choices)}]`;
  const alternatives = depth > DEPTH_MAX ? [] : alternativesOf(schema);
  if (alternatives.length > 0) {
    const sentences = alternatives.map((one) => describe(root, whole(root, one), depth + 1));
    return [...new Set(sentences)].join(", or ");
  }
  const { type } = schema;
  if (Array.isArray(type)) {
    return type.map((one) => describe(root, { ...schema, type: one }, depth)).join(", or ");
  }
  switch (type) {
    case "string":
      return `must be a ${formatOf(schema)}${bounds(schema, "minLength", "maxLength", " characters")}`;
    case "integer":
      return `must be a whole number${bounds(schema, "minimum", "maximum", "")}`;
    case "number":
      return `must be a number${bounds(schema, "minimum", "maximum", "")}`;
    case "array":
      return `must be a list${bounds(schema, "minItems", "maxItems", " items")}`;
    case "boolean":
      return "must be true or false";
    case "object":
      return "must be an object";
    case "null":
      return "must be null";
    default:
      return "must be valid";
  }
}

function list(choices: readonly unknown[]): string {
  const shown = choices
    .slice(0, CHOICES_MAX)
    .map((c) => (typeof c === "string" ? `'${c}'` : String(c)));
  return shown.join(", ") + (choices.length > CHOICES_MAX ? ", …" : "");
}

function formatOf(schema: JsonSchema): string {
  if (typeof schema["format"] === "string") return `string in the format ${schema["format"]}`;
  return typeof schema["pattern"] === "string" ? "string in the documented format" : "string";
}

function bounds(schema: JsonSchema, least: string, most: string, unit: string): string {
  const min = meaningful(schema[least]);
  const max = meaningful(schema[most]);
  if (min !== undefined && max !== undefined) {
    return min === max ? ` of exactly ${min}${unit}` : ` of ${min} to ${max}${unit}`;
  }
  if (max !== undefined) return ` of at most ${max}${unit}`;
  return min === undefined || (min === 0 && unit !== "") ? "" : ` of at least ${min}${unit}`;
}

/** Libraries bound every integer by the safe range; that is not what a caller needs to hear. */
function meaningful(value: unknown): number | undefined {
  if (typeof value !== "number" || Math.abs(value) >= Number.MAX_SAFE_INTEGER) return undefined;
  return value;
}
