/** Parameters are text: what they stand for, by their schema. */
import { isObject, type JsonSchema } from "./json-schema.ts";
import { referred } from "./reference.ts";

/** What stands between the items of a list that is written in one text. Without one, the name is repeated. */
export type ListStyles = Readonly<Record<string, "," | " " | "|">>;

/** A number as JSON writes it (RFC 8259 §6): no `0x10`, no blanks, no empty text. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

interface Coercion {
  /** The values that the texts stand for; a text that stands for none stays as it is, and is refused by the schema. */
  readonly coerce: (raw: unknown) => unknown;
  /** The schema of what may be sent: a list of one may come without its brackets. */
  readonly accepted: JsonSchema;
}

export function coercion(schema: JsonSchema, styles: ListStyles): Coercion {
  const properties: Readonly<Record<string, unknown>> = schema.properties ?? {};
  const kinds = Object.entries(properties).map(
    ([name, one]) => [name, kindOf(schema, one, styles[name])] as const,
  );
  const coerce = (raw: unknown) => {
    if (!isObject(raw)) return raw;
    const read: Record<string, unknown> = { ...raw };
    for (const [name, kind] of kinds) {
      if (Object.hasOwn(read, name)) read[name] = readAs(read[name], kind);
    }
    return read;
  };
  const accepted = Object.entries(properties).map(([name, one]) => [name, orItem(schema, one)]);
  return {
    coerce,
    accepted: schema.properties ? { ...schema, properties: Object.fromEntries(accepted) } : schema,
  };
}

interface Kind {
  readonly types: ReadonlySet<unknown>;
  readonly items?: Kind;
  readonly between?: string | undefined;
}

function kindOf(root: JsonSchema, schema: unknown, between: string | undefined, depth = 0): Kind {
  const types = new Set<unknown>();
  let items: Kind | undefined;
  const look = (one: unknown, hops: number) => {
    if (!isObject(one) || hops > 8) return;
    const { type, $ref, items: inner, enum: choices, const: only } = one;
    for (const name of Array.isArray(type) ? type : [type]) types.add(name);
    for (const choice of [...(Array.isArray(choices) ? choices : []), only])
      types.add(typeof choice);
    if (inner !== undefined && depth === 0) items = kindOf(root, inner, undefined, 1);
    if (typeof $ref === "string") look(referred(root, $ref), hops + 1);
    for (const list of [one["anyOf"], one["oneOf"], one["allOf"]]) {
      if (Array.isArray(list)) for (const part of list) look(part, hops + 1);
    }
  };
  look(schema, 0);
  return { types, between, ...(items && { items }) };
}

function readAs(sent: unknown, kind: Kind): unknown {
  if (kind.types.has("array") && (kind.items !== undefined || !kind.types.has("string"))) {
    return listOf(sent, kind.between).map((one) => readAs(one, kind.items ?? { types: new Set() }));
  }
  if (typeof sent !== "string") return sent;
  const isNumber = kind.types.has("number") || kind.types.has("integer");
  if (isNumber && NUMBER.test(sent)) return Number(sent);
  if (kind.types.has("boolean") && (sent === "true" || sent === "false")) return sent === "true";
  return sent;
}

function listOf(sent: unknown, between: string | undefined): readonly unknown[] {
  if (Array.isArray(sent)) return sent;
  if (typeof sent !== "string" || between === undefined) return [sent];
  return sent.split(between);
}

function orItem(root: JsonSchema, schema: unknown): unknown {
  const whole =
    isObject(schema) && typeof schema["$ref"] === "string"
      ? referred(root, schema["$ref"])
      : schema;
  if (!isObject(whole) || whole["type"] !== "array" || !isObject(whole["items"])) return schema;
  return { anyOf: [schema, whole["items"]] };
}
