/** One operation: parameters, body, its success and every way in which it can refuse. */
import { IDEMPOTENCY_KEY, type JsonSchema, REPLAYED, REQUEST_ID } from "../../contract/index.ts";
import type { OperationReference } from "../model/operation.ts";
import type { Reference } from "../model/reference.ts";
import { statusWords } from "../model/statuses.ts";
import { duration } from "../model/words.ts";
import { priceWords } from "../pages/credits.ts";
import { headersNamed, type Json, windowHeaders } from "./headers.ts";
import { type Responses, refusalResponses } from "./refusals.ts";
import { embedded, type Schemas } from "./schemas.ts";

/** The name of the response that belongs to no operation, among the components. */
export const NO_OPERATION = "NoOperation";

/** What operations share, which grows with each. */
export interface Components {
  readonly schemas: Schemas;
  readonly responses: Responses;
}

export function operationObject(
  reference: Reference,
  one: OperationReference,
  { schemas: components, responses }: Components,
): Json {
  const parameters = parametersOf(one, components);
  const body = requestBody(one, components);
  return {
    operationId: one.name,
    summary: one.wire.summary,
    description: describe(reference, one),
    tags: [tagOf(one)],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: body }),
    responses: {
      [String(one.successStatus)]: success(reference, one, components),
      ...refusalResponses(reference, one.codes, responses),
      default: { $ref: `#/components/responses/${NO_OPERATION}` },
    },
  };
}

/** Calls of one kind begin with the same word. */
export function tagOf({ wire }: OperationReference): string {
  return wire.path.split("/").find((part) => part !== "" && !part.startsWith("{")) ?? "root";
}

function describe({ api }: Reference, one: OperationReference): string {
  const { server, wire, plans } = one;
  const titles = plans?.map((plan) => api.server.plans[plan]?.title ?? plan);
  const lines = [
    `Credits: ${priceWords(server.price)}.`,
    titles && `Plans: ${titles.join(", ")}.`,
    server.permission && `Permission: \`${server.permission}\`.`,
    server.detaches &&
      `Starts a job, which goes on after the answer for ${duration(server.detaches.maxAgeMs)} at most.`,
    wire.stream && streamWords(wire.stream.completion),
    server.upgrades && "The connection can be upgraded to a WebSocket.",
  ];
  return lines.filter((line) => typeof line === "string").join("\n\n");
}

function streamWords(completion: { readonly event: string } | { readonly data: string }): string {
  const last =
    "event" in completion
      ? `the event \`${completion.event}\``
      : `an event with the data \`${completion.data}\``;
  return (
    `Streams server-sent events if asked to. The stream ends with ${last} if all went well, else with an event \`error\`, ` +
    "whose data is an error body as in the responses below."
  );
}

function parametersOf(one: OperationReference, components: Schemas): readonly Json[] {
  const names = [...one.wire.path.matchAll(/\{(\w+)\*?\}/g)].flatMap(([, name]) => name ?? []);
  const { params, query } = one.schemas;
  const inPath = names.map((name) => ({
    ...parameter(one, { name, place: "path", schema: propertiesOf(params)[name] }, components),
    required: true,
  }));
  const required = new Set(listOf(query?.["required"]));
  const inQuery = Object.entries(propertiesOf(query)).map(([name, schema]) => ({
    ...parameter(one, { name, place: "query", schema }, components),
    ...(required.has(name) && { required: true }),
  }));
  const key = { $ref: `#/components/parameters/${IDEMPOTENCY_KEY}` };
  return [...inPath, ...inQuery, ...(one.wire.idempotency ? [key] : [])];
}

interface Parameter {
  readonly name: string;
  readonly place: "path" | "query";
  readonly schema: JsonSchema | undefined;
}

function parameter(
  one: OperationReference,
  { name, place, schema = { type: "string" } }: Parameter,
  components: Schemas,
): Json {
  const made = embedded(schema, `${one.name}_${name}`, components);
  const { description, ...rest } = made;
  const example = (place === "path" ? one.input.params : one.input.query)?.[name];
  return {
    name,
    in: place,
    ...(description !== undefined && { description }),
    schema: rest,
    ...(example !== undefined && { example: valueFor(rest, example) }),
  };
}

/** A query is text on the wire; its schema may speak of what the text means. */
function valueFor({ type }: JsonSchema, text: string): unknown {
  return type === "integer" || type === "number" ? Number(text) : text;
}

function requestBody(one: OperationReference, components: Schemas): Json | undefined {
  const { server, schemas, input } = one;
  if (server.passesBody) return { content: { "*/*": { schema: {} } } };
  if (server.body === undefined) return undefined;
  const schema = schemas.body ? embedded(schemas.body, `${one.name}_body`, components) : {};
  const example = input.body === undefined ? {} : { example: input.body };
  return { required: true, content: { "application/json": { schema, ...example } } };
}

function success({ api }: Reference, one: OperationReference, components: Schemas): Json {
  const { wire, server, schemas, successStatus } = one;
  const { phrase, means } = statusWords(successStatus);
  const output = schemas.output && embedded(schemas.output, `${one.name}_output`, components);
  const example = server.example?.output;
  const { creditsRemaining } = api.wire.headers;
  const names = [
    REQUEST_ID,
    ...windowHeaders(api),
    ...(server.price !== undefined && creditsRemaining !== undefined ? [creditsRemaining] : []),
    ...(wire.idempotency ? [REPLAYED] : []),
  ];
  const json = { schema: output ?? {}, ...(example !== undefined && { example }) };
  return {
    description: `${phrase}. ${means}`,
    headers: headersNamed(api, names),
    ...(successStatus !== 204 && {
      content: {
        "application/json": json,
        ...(wire.stream && { "text/event-stream": { schema: { type: "string" } } }),
      },
    }),
  };
}

function propertiesOf(schema: JsonSchema | undefined): Readonly<Record<string, JsonSchema>> {
  return (schema?.["properties"] ?? {}) as Readonly<Record<string, JsonSchema>>;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
