/** What a schema wants at a place of the input, as the end of a sentence; read from its JSON Schema. */
import { jsonSchemaOf, type Schema } from "../../contract/index.ts";

type JsonSchema = Readonly<Record<string, unknown>>;
export type Path = readonly PropertyKey[];

const CHOICES_MAX = 20;

/** The end of the sentence "'x' …": what the schema wants there. */
export function expectation(schema: Schema, path: Path): string {
  const root = jsonSchemaOf(schema);
  const wanted = root && schemaAt(root, path);
  return wanted === undefined ? "must be valid" : describe(wanted);
}

function schemaAt(root: JsonSchema, path: Path): JsonSchema | undefined {
  let here: JsonSchema | undefined = root;
  for (const key of path) here = here && childOf(here, key);
  return here;
}

/** What a schema wants of a member or an item; in a union, the first alternative that has it speaks. */
function childOf(schema: JsonSchema, key: PropertyKey): JsonSchema | undefined {
  const own =
    typeof key === "number"
      ? schema["items"]
      : (asSchema(schema["properties"])?.[String(key)] ?? schema["additionalProperties"]);
  if (asSchema(own) !== undefined) return asSchema(own);
  for (const alternative of alternativesOf(schema)) {
    const child = childOf(alternative, key);
    if (child !== undefined) return child;
  }
  return undefined;
}

function alternativesOf(schema: JsonSchema): readonly JsonSchema[] {
  const all = schema["anyOf"] ?? schema["oneOf"] ?? schema["allOf"];
  return Array.isArray(all) ? all.map(asSchema).filter((one) => one !== undefined) : [];
}

/**
 * The first member of an object that its schema does not know, where it knows all that there may be. Validators
 * blame the object for it; whoever wrote it wants to hear the name.
 */
export function unknownMember(schema: Schema, path: Path, value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const root = jsonSchemaOf(schema);
  const wanted = root && schemaAt(root, path);
  if (wanted?.["additionalProperties"] !== false) return undefined;
  const known = asSchema(wanted["properties"]) ?? {};
  return Object.keys(value).find((name) => !Object.hasOwn(known, name));
}

function asSchema(value: unknown): JsonSchema | undefined {
  return typeof value === "object" && value !== null ? (value as JsonSchema) : undefined;
}

function describe(schema: JsonSchema): string {
  const choices = schema["enum"] ?? (schema["const"] === undefined ? undefined : [schema["const"]]);
  if (Array.isArray(choices)) return `must be one of [${list(choices)}]`;
  const alternatives = schema["allOf"] === undefined ? alternativesOf(schema) : [];
  if (alternatives.length > 0) return alternatives.map(describe).join(", or ");
  const { type } = schema;
  if (Array.isArray(type)) {
    return type.map((one) => describe({ ...schema, type: one })).join(", or ");
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
