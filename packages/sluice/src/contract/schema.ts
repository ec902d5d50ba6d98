/**
 * Schemas come from the user's own library (zod, valibot, arktype, …) through Standard Schema: `validate`
 * for the gate, JSON Schema for documents and for wording what was expected.
 */
import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";

export interface Schema<Input = unknown, Output = Input> {
  readonly "~standard": StandardSchemaV1.Props<Input, Output> &
    Partial<Pick<StandardJSONSchemaV1.Props<Input, Output>, "jsonSchema">>;
}

export type InputOf<S> = S extends Schema<infer Input, unknown> ? Input : undefined;
export type OutputOf<S> = S extends Schema<infer _Input, infer Output> ? Output : undefined;

export type Issue = StandardSchemaV1.Issue;

/** Asked for with each refusal, and always the same. */
const known = new WeakMap<Schema, Record<string, unknown> | undefined>();

/** The JSON Schema of what a schema accepts; undefined where its library has none to give. */
export function jsonSchemaOf(schema: Schema): Record<string, unknown> | undefined {
  if (!known.has(schema)) known.set(schema, makeJsonSchema(schema));
  return known.get(schema);
}

function makeJsonSchema(schema: Schema): Record<string, unknown> | undefined {
  try {
    return schema["~standard"].jsonSchema?.input({ target: "draft-2020-12" });
  } catch {
    // A library throws for types that JSON Schema cannot say; documents then describe less.
    return undefined;
  }
}
