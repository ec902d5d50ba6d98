/** A request as data, from which each language's example is written. */
import {
  type AnyApi,
  fillPattern,
  type InputExample,
  type JsonSchema,
  jsonSchemaOf,
  type KeyPlace,
  parsePattern,
} from "../../contract/index.ts";
import { sampleOf } from "./input-schema.ts";
import { environmentName } from "./words.ts";

export type ExampleBody =
  | { readonly kind: "json"; readonly value: unknown }
  /** Sent as it stands. */
  | { readonly kind: "text"; readonly text: string; readonly contentType: string }
  /** Too large to show: so many bytes of a file. */
  | { readonly kind: "file"; readonly name: string; readonly bytes: number };

/** `own` is the caller's, from the environment; a text is sent as it stands. */
export type ExampleKey =
  | { readonly kind: "own" | "none" }
  | { readonly kind: "text"; text: string };

export interface ExampleRequest {
  readonly method: string;
  readonly origin: string;
  /** From the origin on, with the query. */
  readonly target: string;
  readonly key: ExampleKey;
  /** The header that carries the key. */
  readonly keyPlace: KeyPlace;
  /** The variable that holds the caller's own key. */
  readonly keyVariable: string;
  /** Without the key and without `Content-Type`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ExampleBody | undefined;
}

/** Where examples are sent when the contract does not say: a domain that is nobody's (RFC 2606). */
export const PLACEHOLDER_ORIGIN = "https://api.example.com";

export function originOf({ wire }: AnyApi): string {
  return wire.about.origin ?? PLACEHOLDER_ORIGIN;
}

export function baseUrlOf(api: AnyApi): string {
  return `${originOf(api)}${api.wire.basePath}`;
}

/** A request that names nothing but its method and path. */
export function plainRequest(api: AnyApi, method: string, path: string): ExampleRequest {
  const [keyPlace = { bearer: true }] = api.wire.key.places;
  return {
    method,
    origin: originOf(api),
    target: `${api.wire.basePath}${path}`,
    key: { kind: "own" },
    keyPlace,
    keyVariable: environmentName(api.wire.about.title),
    headers: {},
    body: undefined,
  };
}

/** An operation's request; what `changes` does not give is the operation's own example. */
export function requestFor(
  api: AnyApi,
  operation: string,
  changes: InputExample = {},
): ExampleRequest {
  const { method, path } = api.wire.operations[operation] ?? { method: "GET", path: "/" };
  const { params = {}, query, body } = { ...inputOf(api, operation), ...changes };
  const pattern = parsePattern(path);
  const filled =
    typeof pattern === "string"
      ? path
      : fillPattern(
          pattern,
          pattern.params.map((name) => encodeURIComponent(params[name] ?? `${name}_1`)),
        );
  const search = query && new URLSearchParams(query).toString();
  return {
    ...plainRequest(api, method, search ? `${filled}?${search}` : filled),
    body: body === undefined ? undefined : { kind: "json", value: body },
  };
}

/** An input that works: the contract's example, else one made up from the schemas. */
export function inputOf(api: AnyApi, operation: string): InputExample {
  const server = api.server.operations[operation];
  const { params, query, body } = server?.example ?? {};
  const bodySchema = server?.body && jsonSchemaOf(server.body);
  const paramSchema = server?.params && jsonSchemaOf(server.params);
  return {
    params: params ?? textsOf(paramSchema),
    ...(query && { query }),
    ...(body !== undefined ? { body } : bodySchema && { body: sampleOf(bodySchema) }),
  };
}

function textsOf(schema: JsonSchema | undefined): Record<string, string> {
  const made = schema === undefined ? {} : sampleOf(schema);
  const texts = Object.entries(Object(made)).map(([name, value]) => [name, pathText(value)]);
  return Object.fromEntries(texts);
}

/** Ids are not made of spaces. */
function pathText(value: unknown): string {
  return String(value).toLowerCase().replaceAll(" ", "_");
}
