/** One operation of an OpenAPI file as one of a contract: its input, its good answer, and what it says for us (`x-sluice`). */
import { Complaints, METHODS } from "sluice";
import type { OperationConfig } from "../contract-config.ts";
import { isObject, type JsonSchema } from "../schema/json-schema.ts";
import type { ListStyles } from "../schema/parameter-text.ts";
import { checkShape } from "../shape/check.ts";
import { partialOperation } from "../shape/contract-shape.ts";
import type { Documents, Found } from "./documents.ts";
import { parametersFrom } from "./parameters.ts";
import type { SchemaReader } from "./schemas.ts";

export interface ReadOperation {
  readonly name: string;
  readonly found: Found;
  readonly config: Partial<OperationConfig>;
  readonly styles: ListStyles;
}

export interface Reading {
  readonly documents: Documents;
  readonly schemas: SchemaReader;
  readonly complaints: Complaints;
  /** The names of operations that are not wanted, as the configuration lists them. */
  readonly leftOut: ReadonlySet<string>;
}

interface Place {
  readonly path: string;
  readonly method: string;
  readonly name: string;
  readonly item: Found;
  readonly found: Found;
}

/** Every operation of the file, in its order; those that are left out are not looked at. */
export function operationsOf(root: Found, reading: Reading): ReadOperation[] {
  const { documents, leftOut } = reading;
  return [...placesIn(root, documents)].flatMap((place) => {
    const isUnwanted = leftOut.has(place.name) || Object(place.found.value)["x-sluice"] === false;
    return isUnwanted ? [] : (operationFrom(place, reading) ?? []);
  });
}

export function namesIn(root: Found, documents: Documents): string[] {
  return [...placesIn(root, documents)].map(({ name }) => name);
}

function* placesIn(root: Found, documents: Documents): Generator<Place> {
  const paths = documents.within(root, "paths");
  for (const path of Object.keys(Object(paths.value))) {
    if (path.startsWith("x-")) continue;
    const item = documents.followed(documents.within(paths, path));
    if (item === undefined || !isObject(item.value)) continue;
    for (const key of Object.keys(item.value)) {
      if (!/^(?:get|put|post|delete|patch|head|options|trace)$/.test(key)) continue;
      const found = documents.within(item, key);
      const method = key.toUpperCase();
      const name = nameOf(Object(found.value)["operationId"], method, path);
      yield { path, method, name, item, found };
    }
  }
}

function operationFrom(
  { path, method, name, item, found }: Place,
  reading: Reading,
): ReadOperation | undefined {
  const { documents, schemas } = reading;
  const value: Readonly<Record<string, unknown>> = isObject(found.value) ? found.value : {};
  const known = METHODS.find((one) => one === method);
  if (known === undefined) {
    const advice = method === "HEAD" ? "the gate answers HEAD like GET" : "it answers 405";
    schemas.notice(found, `${method} is not served`, advice);
    return undefined;
  }
  const lists = [documents.within(item, "parameters"), documents.within(found, "parameters")];
  const { params, query, styles } = parametersFrom(lists, reading);
  const summary = value["summary"] ?? firstLine(value["description"]) ?? `${method} ${path}`;
  const status = goodStatus(found, reading);
  const output = status && outputOf(found, status, reading);
  tellOfTheRest(item, found, reading);
  return {
    name,
    found,
    styles,
    config: {
      method: known,
      path,
      summary: String(summary),
      ...(params && { params }),
      ...(query && { query }),
      ...bodyOf(found, known, reading),
      ...(output && { output }),
      // "2XX" is any of them: whatever the file's author does not say stays the default.
      ...(status && /^2\d\d$/.test(status) && { successStatus: Number(status) }),
      ...extensionOf(found, reading),
    },
  };
}

/** The operation's id as a name; without one, its method and path: `getPetsPetId`. */
function nameOf(id: unknown, method: string, path: string): string {
  if (typeof id === "string" && id !== "") return id.replaceAll(/[^A-Za-z0-9_-]+/g, "_");
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const titled = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return method.toLowerCase() + titled.join("");
}

function firstLine(text: unknown): string | undefined {
  return typeof text === "string" ? text.trim().split("\n")[0] || undefined : undefined;
}

const JSON_TYPE = /^application\/(?:[a-z0-9.+-]+\+)?json(?:\s*;|$)/i;

/** A JSON body with its schema; anything else goes through unread. */
function bodyOf(
  operation: Found,
  method: string,
  { documents, schemas, complaints }: Reading,
): Partial<OperationConfig> {
  const written = documents.within(operation, "requestBody");
  const body = written.value === undefined ? undefined : documents.followed(written);
  if (body === undefined || !isObject(body.value)) return {};
  if (method === "GET") {
    schemas.notice(body, "a GET has no body", "it is not read");
    return {};
  }
  const content = documents.within(body, "content");
  const types = Object.keys(Object(content.value));
  const json = types.find((type) => JSON_TYPE.test(type));
  if (json === undefined) return { passesBody: true };
  const others = types.filter((type) => !JSON_TYPE.test(type));
  if (others.length > 0) {
    schemas.notice(content, `${others.join(", ")} is refused`, "set passesBody to let it through");
  }
  if (body.value["required"] !== true) {
    schemas.notice(body, "a call without a body is refused", "set required: true, or passesBody");
  }
  const schema = documents.within(content, json, "schema");
  if (schema.value === undefined) return { body: {} };
  const read = schemas.read(schema, complaints);
  return read === undefined ? {} : { body: asObject(read) };
}

function asObject(schema: JsonSchema | boolean): JsonSchema {
  return typeof schema === "boolean" ? (schema ? {} : { not: {} }) : schema;
}

/** That of the first good answer, as the file writes it. */
function goodStatus(operation: Found, { documents }: Reading): string | undefined {
  const { value } = documents.within(operation, "responses");
  return Object.keys(Object(value)).find((one) => /^2(?:\d\d|XX)$/i.test(one));
}

/** For documents only, so what is wrong with it stops nobody. */
function outputOf(
  operation: Found,
  status: string,
  { documents, schemas }: Reading,
): JsonSchema | undefined {
  const responses = documents.within(operation, "responses");
  const response = documents.followed(documents.within(responses, status));
  if (response === undefined) return undefined;
  const content = documents.within(response, "content");
  const types = Object.keys(Object(content.value));
  if (types.some((type) => /^text\/event-stream/i.test(type))) {
    const advice = "say which event ends it: x-sluice: { stream: { completion: … } }";
    schemas.notice(content, "an answer of events has no end that can be told", advice);
  }
  const json = types.find((type) => JSON_TYPE.test(type));
  const schema = documents.within(content, json ?? "", "schema");
  if (json === undefined || schema.value === undefined) return undefined;
  const wrong = new Complaints();
  const read = schemas.read(schema, wrong);
  const [first] = wrong.list;
  if (first !== undefined)
    schemas.notice(schema, "the answer is not described", `${first.at}: ${first.what}`);
  return read;
}

/** What only the file's author can know: price, plans, permission, scope, … */
function extensionOf(
  operation: Found,
  { documents, complaints }: Reading,
): Partial<OperationConfig> {
  const extension = documents.within(operation, "x-sluice");
  if (extension.value === undefined) return {};
  checkShape(documents.place(extension), extension.value, partialOperation, complaints);
  return extension.value as Partial<OperationConfig>;
}

function tellOfTheRest(item: Found, found: Found, { documents, schemas }: Reading): void {
  for (const [where, part] of [
    [found, "callbacks"],
    [found, "servers"],
    [item, "servers"],
  ] as const) {
    const rest = documents.within(where, part);
    if (rest.value === undefined) continue;
    const advice =
      part === "servers"
        ? "the path is served below contract.basePath"
        : "the upstream makes these calls by itself";
    schemas.notice(rest, `${part} are not read`, advice);
  }
  const security = documents.within(found, "security");
  if (Array.isArray(security.value) && security.value.length === 0) {
    const advice = "a key is needed all the same; list the path under open to let everybody in";
    schemas.notice(security, "an operation without security is not open", advice);
  }
}
