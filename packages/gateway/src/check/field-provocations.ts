/** Bodies with one field left out, or with something else in it: by the schemas, and only where these are sure to blame it. */
import { type JsonSchema, jsonSchemaOf, type Schema, schemaAt } from "sluice";
import { type ExampleRequest, placesIn, wrongFor } from "sluice/reference";
import type { CheckRequest, Expected } from "./exchange.ts";
import { operationRequest, sendable } from "./requests.ts";
import type { Session } from "./session.ts";

type FieldCondition = "missing_field" | "invalid_field";

interface Provoking {
  readonly request: CheckRequest;
  readonly expected: Expected;
}

const FIELDS_MAX = 3;
const OPERATIONS_MAX = 4;

export function wrongBodies({ target }: Session, condition: FieldCondition): readonly Provoking[] {
  const { api, keys } = target;
  const provoked = Object.keys(api.wire.operations).flatMap((operation) => {
    const schema = api.server.operations[operation]?.body;
    const request = operationRequest(target, operation);
    const body = objectIn(request);
    if (schema === undefined || body === undefined) return [];
    const made = fieldsOf(schema).flatMap(({ name, wanted, required }) => {
      const changed =
        condition === "missing_field" ? without(body, name) : { ...body, [name]: wrongFor(wanted) };
      const isTried = condition === "invalid_field" || required;
      if (!isTried || blamedFor(schema, changed) !== name) return [];
      const sent = sendable({ ...request, body: { kind: "json", value: changed } }, keys.main);
      const expected = { condition, operation, facts: { param: name }, wordsKnown: true };
      return [{ request: sent, expected }];
    });
    return made.length === 0 ? [] : [{ operation, made: made.slice(0, FIELDS_MAX) }];
  });
  const costs = ({ operation }: { readonly operation: string }) =>
    api.server.operations[operation]?.price !== undefined;
  const priced = provoked.filter(costs).slice(0, OPERATIONS_MAX / 2);
  const free = provoked.filter((one) => !costs(one)).slice(0, OPERATIONS_MAX - priced.length);
  return [...free, ...priced].flatMap(({ made }) => made);
}

interface Field {
  readonly name: string;
  readonly wanted: JsonSchema;
  readonly required: boolean;
}

/** Of the body itself, not of what is in it. */
function fieldsOf(schema: Schema): readonly Field[] {
  const root = jsonSchemaOf(schema);
  if (root === undefined) return [];
  return placesIn(root).flatMap(({ place, required }) => {
    const [name] = place;
    const wanted = schemaAt(root, place);
    if (place.length !== 1 || typeof name !== "string" || wanted === undefined) return [];
    return [{ name, wanted, required }];
  });
}

/** The field that the first issue is about; undefined where there is none, or nobody can say at once. */
function blamedFor(schema: Schema, body: unknown): string | undefined {
  const result = schema["~standard"].validate(body);
  if (result instanceof Promise) return undefined;
  const [first, ...others] = result.issues ?? [];
  const path = (first?.path ?? []).map((part) => (typeof part === "object" ? part.key : part));
  const isAlone = others.length === 0 && path.length === 1;
  return isAlone ? String(path[0]) : undefined;
}

function objectIn({ body }: ExampleRequest): Record<string, unknown> | undefined {
  if (body?.kind !== "json" || typeof body.value !== "object" || body.value === null)
    return undefined;
  return Array.isArray(body.value) ? undefined : (body.value as Record<string, unknown>);
}

function without(body: Record<string, unknown>, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([one]) => one !== name));
}
