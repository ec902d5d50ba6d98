/**
 * JSON Schema as a Standard Schema: ajv finds what is wrong, the gate's own words say it. Parameters come as text and are
 * read as the numbers, booleans and lists that their schema asks for; bodies are taken as they are.
 */
import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import type { Issue, Schema } from "sluice";
import { inspecting, judging } from "./ajv.ts";
import { isObject, type JsonSchema, withoutNotes } from "./json-schema.ts";
import { coercion, type ListStyles } from "./parameter-text.ts";

/** Of an input with more values than this only the first violated rule is told, so that a long list of faults costs nobody. */
const VALUES_MAX = 10_000;

export function bodySchema(schema: JsonSchema): Schema {
  return standardSchema(schema, schema, (raw) => raw);
}

/** Path or query parameters, by name. `styles` says how lists are written in one text. */
export function parameterSchema(schema: JsonSchema, styles: ListStyles = {}): Schema {
  const { coerce, accepted } = coercion(schema, styles);
  return standardSchema(schema, accepted, coerce);
}

function standardSchema(
  schema: JsonSchema,
  accepted: JsonSchema,
  read: (raw: unknown) => unknown,
): Schema {
  const rest = withoutNotes(schema);
  const isRight = judging(rest);
  let inspection: ValidateFunction | undefined;
  const faults = (value: unknown): readonly ErrorObject[] => {
    if (!isSmall(value)) return isRight.errors ?? [];
    inspection ??= inspecting(rest);
    return inspection(value) ? (isRight.errors ?? []) : (inspection.errors ?? []);
  };
  const json = () => accepted as Record<string, unknown>;
  return {
    "~standard": {
      version: 1,
      vendor: "sluice",
      validate(raw) {
        const value = read(raw);
        if (isRight(value)) return { value };
        const issues = faults(value).map((error) => issueOf(raw, error));
        return { issues };
      },
      jsonSchema: { input: json, output: json },
    },
  };
}

function isSmall(value: unknown): boolean {
  const waiting = [value];
  for (let count = 0; waiting.length > 0; count++) {
    const one = waiting.pop();
    if (typeof one !== "object" || one === null) continue;
    const members = Object.values(one);
    if (count + waiting.length + members.length > VALUES_MAX) return false;
    waiting.push(...members);
  }
  return true;
}

/** Where a fault is; what was expected there, the gate reads from the schema. */
function issueOf(raw: unknown, error: ErrorObject): Issue {
  return { message: error.keyword, path: pathOf(raw, error) };
}

function pathOf(raw: unknown, { instancePath, params }: ErrorObject): PropertyKey[] {
  const path: PropertyKey[] = [];
  let here = raw;
  for (const segment of instancePath.split("/").slice(1)) {
    const key = segment.replaceAll("~1", "/").replaceAll("~0", "~");
    // One value stands for a list of one in a query; it has no items of its own.
    if (typeof here !== "object" || here === null) return path;
    path.push(Array.isArray(here) ? Number(key) : key);
    here = Reflect.get(here, key);
  }
  const missing: unknown = isObject(params) ? params["missingProperty"] : undefined;
  return typeof missing === "string" ? [...path, missing] : path;
}
