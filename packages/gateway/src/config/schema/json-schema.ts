/** JSON Schema as it is written in a configuration or in an OpenAPI file: draft 2020-12. */

type JsonType = "string" | "number" | "integer" | "boolean" | "object" | "array" | "null";

/**
 * A schema as plain data (JSON Schema 2020-12). What is listed here completes as you type; all other keywords of the
 * draft work, too, save those that leave the schema: references lead to `$defs` in the same schema.
 */
export interface JsonSchema {
  readonly type?: JsonType | readonly JsonType[];
  readonly properties?: Readonly<Record<string, JsonSchema | boolean>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema | boolean;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly description?: string;
  readonly anyOf?: readonly (JsonSchema | boolean)[];
  readonly oneOf?: readonly (JsonSchema | boolean)[];
  readonly allOf?: readonly (JsonSchema | boolean)[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema | boolean>>;
  readonly [keyword: string]: unknown;
}

/** What a keyword's value holds: a schema, several by name, several in a row, or none. */
export type Holds = "schema" | "map" | "list" | "nothing";

/** The keywords that are read: what a schema may say. */
export const KEYWORDS: ReadonlyMap<string, Holds> = new Map<string, Holds>([
  ...named("schema", "not if then else items contains additionalProperties propertyNames"),
  ...named("schema", "unevaluatedItems unevaluatedProperties"),
  ...named("map", "properties patternProperties $defs definitions dependentSchemas"),
  ...named("list", "allOf anyOf oneOf prefixItems"),
  ...named("nothing", "type const enum format pattern minLength maxLength multipleOf"),
  ...named("nothing", "minimum maximum exclusiveMinimum exclusiveMaximum"),
  ...named("nothing", "minItems maxItems uniqueItems minContains maxContains"),
  ...named("nothing", "minProperties maxProperties required dependentRequired $ref"),
  ...named("nothing", "$schema $id $comment title description default examples deprecated"),
  ...named("nothing", "readOnly writeOnly contentEncoding contentMediaType"),
]);

function named(holds: Holds, names: string): (readonly [string, Holds])[] {
  return names.split(" ").map((name) => [name, holds] as const);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The schemas right below one, each with its way there. */
export function* subschemas(
  schema: Readonly<Record<string, unknown>>,
): Generator<readonly [path: readonly string[], schema: unknown]> {
  for (const [keyword, value] of Object.entries(schema)) {
    const holds = KEYWORDS.get(keyword);
    if (holds === "schema") yield [[keyword], value];
    else if (holds === "map" && isObject(value)) {
      for (const [name, one] of Object.entries(value)) yield [[keyword, name], one];
    } else if (holds === "list" && Array.isArray(value)) {
      for (const [index, one] of value.entries()) yield [[keyword, String(index)], one];
    }
  }
}

/** The schema without notes (`x-…`) and without an address: what the validator reads. */
export function withoutNotes(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { $id: _, $schema: __, ...rest } = schema;
  return rebuilt(rest, (node) =>
    Object.fromEntries(Object.entries(node).filter(([keyword]) => !keyword.startsWith("x-"))),
  );
}

type Node = Readonly<Record<string, unknown>>;

/** A copy in which each schema, from top to bottom, is what `change` makes of it. */
export function rebuilt(schema: Node, change: (node: Node) => Node): Record<string, unknown> {
  const again = (one: unknown) => (isObject(one) ? rebuilt(one, change) : one);
  const entries = Object.entries(change(schema)).map(([keyword, value]) => {
    const holds = KEYWORDS.get(keyword);
    if (holds === "schema") return [keyword, again(value)] as const;
    if (holds === "list" && Array.isArray(value)) return [keyword, value.map(again)] as const;
    if (holds !== "map" || !isObject(value)) return [keyword, value] as const;
    const members = Object.entries(value).map(([name, one]) => [name, again(one)] as const);
    return [keyword, Object.fromEntries(members)] as const;
  });
  return Object.fromEntries(entries);
}
