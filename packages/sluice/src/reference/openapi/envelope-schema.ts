/** The JSON Schema of a code's error body, read off what the envelope writes: constant where it always says the same. */
import type { CodeEntry, Envelope, JsonSchema, WireError } from "../../contract/index.ts";
import { type EnvelopeMember, type EnvelopeRole, membersOf } from "../model/envelope-members.ts";

interface Coded {
  readonly code: string;
  readonly entry: CodeEntry;
  readonly helpUrl: string;
}

export function envelopeSchema(envelope: Envelope, { code, entry, helpUrl }: Coded): JsonSchema {
  const members = membersOf(envelope);
  const error: WireError = {
    code,
    status: entry.status,
    message: "A message.",
    type: entry.type,
    param: "field",
    helpUrl,
  };
  const full: unknown = JSON.parse(JSON.stringify(envelope.encode(error)));
  const empty: unknown = JSON.parse(
    JSON.stringify(envelope.encode({ ...error, param: undefined })),
  );
  return schemaOf({ members, full, empty }, []);
}

interface Written {
  readonly members: readonly EnvelopeMember[];
  readonly full: unknown;
  readonly empty: unknown;
}

type Path = readonly (string | number)[];

function schemaOf(written: Written, path: Path): JsonSchema {
  const value = at(written.full, path);
  if (Array.isArray(value)) {
    const items = value.map((_, index) => schemaOf(written, [...path, index]));
    return { type: "array", prefixItems: items, minItems: value.length, maxItems: value.length };
  }
  if (typeof value === "object" && value !== null) {
    const names = Object.keys(value);
    const required = names.filter((name) => at(written.empty, [...path, name]) !== undefined);
    const properties = names.map((name) => [name, schemaOf(written, [...path, name])]);
    return { type: "object", required, properties: Object.fromEntries(properties) };
  }
  return leafSchema(written, path, value);
}

const TEXTS: Readonly<Partial<Record<EnvelopeRole, JsonSchema>>> = {
  message: { type: "string", description: "For people; may be reworded." },
  help: { type: "string", format: "uri-reference", description: "The page about this code." },
};

function leafSchema({ members, empty }: Written, path: Path, value: unknown): JsonSchema {
  const member = members.find((one) => one.path.join("/") === path.join("/"));
  const text = member?.role && TEXTS[member.role];
  if (text !== undefined) return text;
  if (member?.role !== "param") return { const: value };
  const description = "What caused the error: a field, a parameter or a header.";
  if (member.whenEmpty === "null") return { type: ["string", "null"], description };
  if (member.whenEmpty === "other") {
    return { anyOf: [{ type: "string" }, { const: at(empty, path) }], description };
  }
  return { type: "string", description };
}

function at(value: unknown, path: Path): unknown {
  let here = value;
  for (const part of path) here = Reflect.get(Object(here), part);
  return here;
}
