/**
 * A validator's issue as a refusal in our own words. What was expected is read from the schema's JSON Schema,
 * so the sentence is the same whichever library checked, and never carries a validator's internals.
 */
import {
  type Issue,
  jsonSchemaOf,
  type Refusal,
  refuse,
  type Schema,
} from "../../contract/index.ts";

type JsonSchema = Readonly<Record<string, unknown>>;
type Path = readonly PropertyKey[];

const CHOICES_MAX = 20;

export function refuseIssue(
  schema: Schema,
  raw: unknown,
  issues: readonly Issue[],
  kind: "parameter" | "field",
): Refusal {
  const path = firstInDocumentOrder(raw, issues);
  const param = path.length === 0 ? undefined : path.map(String).join(".");
  const present = valueAt(raw, path) !== undefined;
  if (kind === "field" && param !== undefined && !present)
    return refuse("missing_field", { param });
  const expected = present ? expectation(schema, path) : "is required";
  if (kind === "parameter")
    return refuse("invalid_parameter", { param: param ?? "query", expected });
  return refuse("invalid_field", { param: param ?? "body", expected });
}

/** Of several issues the one speaks that the caller wrote first; absent fields come after present ones. */
function firstInDocumentOrder(raw: unknown, issues: readonly Issue[]): Path {
  const paths = issues.map((issue) =>
    (issue.path ?? []).map((part) => (typeof part === "object" ? part.key : part)),
  );
  const positions: Positions = new Map();
  let first: { path: Path; rank: readonly number[] } | undefined;
  for (const path of paths) {
    const rank = rankOf(raw, path, positions);
    if (first === undefined || compareRanks(rank, first.rank) < 0) first = { path, rank };
  }
  return first?.path ?? [];
}

/** Where each member of an object stands, listed once: a body can hold as many issues as members. */
type Positions = Map<object, ReadonlyMap<string, number>>;

function rankOf(raw: unknown, path: Path, positions: Positions): readonly number[] {
  const rank: number[] = [];
  let here = raw;
  for (const key of path) {
    rank.push(positionOf(here, key, positions) ?? Number.MAX_SAFE_INTEGER);
    here = valueAt(here, [key]);
  }
  return rank;
}

function positionOf(here: unknown, key: PropertyKey, positions: Positions): number | undefined {
  if (typeof here !== "object" || here === null) return undefined;
  if (Array.isArray(here)) return Object.hasOwn(here, key) ? Number(key) : undefined;
  let known = positions.get(here);
  if (known === undefined) {
    known = new Map(Object.keys(here).map((name, position) => [name, position]));
    positions.set(here, known);
  }
  return known.get(String(key));
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function valueAt(raw: unknown, path: Path): unknown {
  let here = raw;
  for (const key of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return undefined;
    here = Reflect.get(here, key);
  }
  return here;
}

/** The end of the sentence "'x' …": what the schema wants there. */
function expectation(schema: Schema, path: Path): string {
  const root = jsonSchemaOf(schema);
  const wanted = root && schemaAt(root, path);
  return wanted === undefined ? "must be valid" : describe(wanted);
}

function schemaAt(root: JsonSchema, path: Path): JsonSchema | undefined {
  let here: JsonSchema | undefined = root;
  for (const key of path) {
    const next: unknown =
      typeof key === "number"
        ? here?.["items"]
        : (asSchema(here?.["properties"])?.[String(key)] ?? here?.["additionalProperties"]);
    here = asSchema(next);
  }
  return here;
}

function asSchema(value: unknown): JsonSchema | undefined {
  return typeof value === "object" && value !== null ? (value as JsonSchema) : undefined;
}

function describe(schema: JsonSchema): string {
  const choices = schema["enum"] ?? (schema["const"] === undefined ? undefined : [schema["const"]]);
  if (Array.isArray(choices)) return `must be one of [${list(choices)}]`;
  const options = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(options)) {
    const known = options.map(asSchema).filter((option) => option !== undefined);
    return known.map(describe).join(", or ");
  }
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
