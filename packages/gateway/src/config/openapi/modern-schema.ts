/**
 * Schemas of OpenAPI 3.0 and 3.1 in JSON Schema 2020-12. Only schemas are touched, by their place and not by the names of
 * keys: an API may well have a property that is called `example` or `nullable`.
 */
type Node = Readonly<Record<string, unknown>>;

/** What OpenAPI adds to schemas for documents. */
const FOR_DOCUMENTS: ReadonlySet<string> = new Set(["example", "xml", "externalDocs"]);

/** One schema, without those below it. */
export function modern(schema: Node, isOld: boolean): Node {
  const kept = Object.entries(schema).filter(
    ([keyword]) => !FOR_DOCUMENTS.has(keyword) && !keyword.startsWith("x-"),
  );
  const bare: Node = Object.fromEntries(kept);
  if (!isOld) return writable(bare);
  // OpenAPI 3.0 §4.7.24: what stands beside a $ref is ignored.
  if (bare["$ref"] !== undefined) return { $ref: bare["$ref"] };
  return writable(nullable(bounded(bare)));
}

/** `exclusiveMinimum: true` beside `minimum`. */
function bounded(schema: Node): Node {
  const { exclusiveMinimum, exclusiveMaximum, minimum, maximum, ...rest } = schema;
  const least = exclusiveMinimum === true ? { exclusiveMinimum: minimum } : { minimum };
  const most = exclusiveMaximum === true ? { exclusiveMaximum: maximum } : { maximum };
  return defined({ ...rest, ...least, ...most });
}

function nullable(schema: Node): Node {
  const { nullable: isNullable, ...rest } = schema;
  if (isNullable !== true) return rest;
  if (rest["type"] === undefined) {
    const { $defs, title, description, ...what } = rest;
    // By the letter this allows nothing new; whoever writes it means null.
    if (Object.keys(what).length === 0) return rest;
    return defined({ title, description, anyOf: [what, { type: "null" }] });
  }
  const choices = rest["enum"];
  const isClosed = Array.isArray(choices) && !choices.includes(null);
  return { ...rest, type: [rest["type"], "null"], ...(isClosed && { enum: [...choices, null] }) };
}

/** Required members that only answers have need not be sent. */
function writable(schema: Node): Node {
  const { required, properties } = schema;
  if (!Array.isArray(required) || typeof properties !== "object" || properties === null) {
    return schema;
  }
  const isReadOnly = (name: string) =>
    Reflect.get(Object(Reflect.get(properties, name)), "readOnly") === true;
  const sent = required.filter((name) => !isReadOnly(String(name)));
  return sent.length === required.length ? schema : { ...schema, required: sent };
}

function defined(schema: Node): Node {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}
