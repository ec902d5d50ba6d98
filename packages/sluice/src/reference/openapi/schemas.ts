/** JSON Schemas as they can stand in an OpenAPI document: what they define themselves moves to the components. */
import type { JsonSchema } from "../../contract/index.ts";

export type Schemas = Record<string, JsonSchema>;

/**
 * A schema made fit to stand in a document.
 * @param name by which its own definitions go into `components`
 */
export function embedded(schema: JsonSchema, name: string, components: Schemas): JsonSchema {
  const { $defs, definitions, $schema: _, ...root } = schema;
  const own = { ...asObject(definitions), ...asObject($defs) };
  const rename = (reference: string): string => {
    const [, local] = /^#\/(?:\$defs|definitions)\/(.+)$/.exec(reference) ?? [];
    if (local !== undefined) return `#/components/schemas/${nameOf(name, local)}`;
    return reference === "#" ? `#/components/schemas/${name}` : reference;
  };
  for (const [local, definition] of Object.entries(own)) {
    components[nameOf(name, local)] = tidy(asObject(definition), rename);
  }
  const tidied = tidy(root, rename);
  if (!JSON.stringify(tidied).includes(`"#/components/schemas/${name}"`)) return tidied;
  // It refers to itself, so it needs a name.
  components[name] = tidied;
  return { $ref: `#/components/schemas/${name}` };
}

function nameOf(name: string, local: string): string {
  return `${name}_${decodeURIComponent(local).replaceAll(/[^A-Za-z0-9_.-]/g, "_")}`;
}

function tidy(schema: JsonSchema, rename: (reference: string) => string): JsonSchema {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    const members = Object.entries(value).filter(([key, one]) => !isNoise(key, one, value));
    return Object.fromEntries(
      members.map(([key, one]) => [
        key,
        key === "$ref" && typeof one === "string" ? rename(one) : walk(one),
      ]),
    );
  };
  return walk(schema) as JsonSchema;
}

/** What libraries write for their own sake: the bounds of safe integers, and the pattern of a format that says it all. */
function isNoise(key: string, value: unknown, schema: object): boolean {
  if (key === "minimum" || key === "maximum") {
    return typeof value === "number" && Math.abs(value) >= Number.MAX_SAFE_INTEGER;
  }
  return key === "pattern" && typeof value === "string" && "format" in schema;
}

function asObject(value: unknown): JsonSchema {
  return typeof value === "object" && value !== null ? (value as JsonSchema) : {};
}
