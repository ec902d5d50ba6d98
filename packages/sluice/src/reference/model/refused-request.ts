/**
 * How a request must differ from one that works to be refused for a condition: by the request alone where that is
 * possible, else together with a state of the account, which is said beside it.
 */
import {
  type AnyApi,
  BODY_BYTES_DEFAULT,
  type CodeEntry,
  exampleFacts,
  expectation,
  type Facts,
  IDEMPOTENCY_KEY,
  isCondition,
  jsonSchemaOf,
  METHODS,
  type Schema,
  schemaAt,
} from "../../contract/index.ts";
import { type Place, paramOf, placesIn, wrongFor } from "./input-schema.ts";
import { type ExampleRequest, inputOf, plainRequest, requestFor } from "./request.ts";

/** A request, and what its refusal knows beyond what the catalogue's example says. */
export interface Provocation {
  readonly request: ExampleRequest;
  readonly facts?: Facts;
  /** Whether the request alone is enough, whoever sends it. */
  readonly bySelf: boolean;
}

/** Undefined where this operation cannot show it. */
type Provoke = (context: Context) => Provocation | undefined;

interface Context {
  readonly api: AnyApi;
  /** Undefined for what belongs to no operation. */
  readonly operation: string | undefined;
  readonly entry: CodeEntry;
  readonly condition: string;
}

/** Chosen by the caller, once for each action. */
const IDEMPOTENCY_EXAMPLE = "5f0c6f0e-9d4e-4a8f-8f57-0d5b2f3c1a77";

export function provoke(context: Context): Provocation | undefined {
  const { condition } = context;
  const way = isCondition(condition) ? WAYS[condition] : undefined;
  return (way ?? asItIs)(context);
}

/** Nothing about the request: what it meets refuses it. */
const asItIs: Provoke = ({ api, operation }) => ({
  request: requestOf(api, operation),
  bySelf: false,
});

const WAYS: Readonly<Record<string, Provoke>> = {
  headers_too_large: ({ api, operation }) => ({
    request: { ...requestOf(api, operation), headers: { Cookie: "session=(16 KiB of cookies)" } },
    bySelf: false,
  }),
  missing_key: ({ api, operation }) => ({
    request: { ...requestOf(api, operation), key: { kind: "none" } },
    bySelf: true,
  }),
  malformed_key: (context) => withKey(context, `${context.api.wire.key.prefixes.live}your_key`),
  unknown_key(context) {
    const { api } = context;
    const { code } = codeOf(context, "malformed_key");
    const isShared = code === codeOf(context, "unknown_key").code;
    // Where both have one code, a placeholder that was never filled in shows it as well.
    return isShared ? withKey(context, `${api.wire.key.prefixes.live}your_key`) : asItIs(context);
  },
  not_found: (context) => notFound(context),
  method_not_allowed: ({ api, entry }) => wrongMethod(api, entry),
  body_too_large({ api, operation }) {
    const server = operation === undefined ? undefined : api.server.operations[operation];
    if (operation === undefined || server?.body === undefined) return undefined;
    const limit = server.bodyBytesMax ?? BODY_BYTES_DEFAULT;
    const body = { kind: "file", name: "too-large.json", bytes: limit + 1 } as const;
    return { request: { ...requestFor(api, operation), body }, facts: { limit }, bySelf: true };
  },
  unsupported_media_type: (context) =>
    withText(context, formOf, "application/x-www-form-urlencoded"),
  malformed_body: (context) => withText(context, cutOff, "application/json"),
  invalid_parameter: ({ api, operation }) => wrongQuery(api, operation),
  missing_field: (context) => withoutField(context),
  invalid_field: (context) => wrongField(context),
  request_in_progress: (context) => withIdempotencyKey(context, {}),
  idempotency_key_reused: (context) => withIdempotencyKey(context, { param: IDEMPOTENCY_KEY }),
  replay_unavailable: (context) => withIdempotencyKey(context, { param: IDEMPOTENCY_KEY }),
  concurrency_limited({ api, operation }) {
    const slots = Object.values(api.wire.slots ?? {});
    const slot = slots.find(({ operations }) => operation && operations.includes(operation));
    if (slot === undefined) return undefined;
    const limit =
      typeof slot.limit === "number" ? slot.limit : Math.min(...Object.values(slot.limit));
    const facts = { limit, ...(slot.retryAfterMs && { retryAfterMs: slot.retryAfterMs }) };
    return { request: requestOf(api, operation), facts, bySelf: false };
  },
};

function requestOf(api: AnyApi, operation: string | undefined): ExampleRequest {
  if (operation !== undefined) return requestFor(api, operation);
  const [first] = Object.values(api.wire.operations);
  return plainRequest(api, first?.method ?? "GET", first?.path ?? "/");
}

function codeOf({ api, operation }: Context, condition: string) {
  return { code: api.wire.spellings.codeOf(condition, operation, undefined) };
}

function withKey({ api, operation }: Context, text: string): Provocation {
  return { request: { ...requestOf(api, operation), key: { kind: "text", text } }, bySelf: true };
}

/** A thing that does not exist; in an API without things, a path that does not. */
function notFound({ api, operation }: Context): Provocation | undefined {
  if (operation === undefined) {
    return { request: plainRequest(api, "GET", "/no-such-path"), bySelf: true };
  }
  const { method, path } = api.wire.operations[operation] ?? { method: "", path: "" };
  const params = inputOf(api, operation).params ?? {};
  const last = Object.keys(params).at(-1);
  if (method !== "GET" || last === undefined || path.includes("*")) return undefined;
  const request = requestFor(api, operation, { params: { ...params, [last]: "does_not_exist" } });
  return { request, bySelf: true };
}

/** A path with a method that it does not have: the one whose methods the catalogue's example names, if there is one. */
function wrongMethod(api: AnyApi, entry: CodeEntry): Provocation | undefined {
  const wanted = entry.example?.allowed?.join(", ");
  let best: Provocation | undefined;
  for (const { path } of Object.values(api.wire.operations)) {
    if (path.includes("{")) continue;
    for (const method of METHODS.toReversed()) {
      const matched = api.router.match(method, path);
      if (matched.kind !== "wrong_method") continue;
      const facts = { allowed: matched.allowed };
      const found = { request: plainRequest(api, method, path), facts, bySelf: true };
      if (matched.allowed.join(", ") === wanted) return found;
      best ??= found;
    }
  }
  return best;
}

function bodyOf(api: AnyApi, operation: string | undefined): Record<string, unknown> | undefined {
  const body = operation === undefined ? undefined : inputOf(api, operation).body;
  const isObject = typeof body === "object" && body !== null && !Array.isArray(body);
  return isObject ? (body as Record<string, unknown>) : undefined;
}

function withText(
  { api, operation }: Context,
  write: (body: Record<string, unknown>) => string,
  contentType: string,
): Provocation | undefined {
  const body = bodyOf(api, operation);
  if (operation === undefined || body === undefined || Object.keys(body).length === 0)
    return undefined;
  const text = write(body);
  return {
    request: { ...requestFor(api, operation), body: { kind: "text", text, contentType } },
    bySelf: true,
  };
}

function formOf(body: Record<string, unknown>): string {
  return Object.entries(body)
    .filter(([, value]) => typeof value !== "object")
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join("&");
}

function cutOff(body: Record<string, unknown>): string {
  return JSON.stringify(body).slice(0, -1);
}

function withIdempotencyKey({ api, operation }: Context, facts: Facts): Provocation | undefined {
  if (operation === undefined || !api.wire.operations[operation]?.idempotency) return undefined;
  const headers = { [IDEMPOTENCY_KEY]: IDEMPOTENCY_EXAMPLE };
  const request = { ...requestFor(api, operation), headers };
  return { request, facts, bySelf: false };
}

function withoutField({ api, operation, entry, condition }: Context): Provocation | undefined {
  const body = bodyOf(api, operation);
  const schema = operation && api.server.operations[operation]?.body;
  if (operation === undefined || body === undefined || !schema) return undefined;
  const { param } = exampleFacts(condition, entry);
  const root = jsonSchemaOf(schema);
  const required = new Set(root === undefined ? [] : listOf(root["required"]));
  if (param === undefined || !required.has(param) || !Object.hasOwn(body, param)) return undefined;
  const { [param]: _, ...rest } = body;
  return { request: requestFor(api, operation, { body: rest }), facts: { param }, bySelf: true };
}

function wrongField({ api, operation, entry, condition }: Context): Provocation | undefined {
  const body = bodyOf(api, operation);
  const schema = operation && api.server.operations[operation]?.body;
  if (operation === undefined || body === undefined || !schema) return undefined;
  const { param } = exampleFacts(condition, entry);
  const place = placeNamed(schema, param);
  if (place === undefined || place.length !== 1 || param === undefined) return undefined;
  const root = jsonSchemaOf(schema);
  const wanted = root && schemaAt(root, place);
  if (wanted === undefined) return undefined;
  const changed = { ...body, [param]: wrongFor(wanted) };
  const facts = { param, expected: expectation(schema, place) };
  return { request: requestFor(api, operation, { body: changed }), facts, bySelf: true };
}

function wrongQuery(api: AnyApi, operation: string | undefined): Provocation | undefined {
  const schema = operation && api.server.operations[operation]?.query;
  const root = schema ? jsonSchemaOf(schema) : undefined;
  if (operation === undefined || !schema || root === undefined) return undefined;
  for (const { place } of placesIn(root)) {
    const wanted = schemaAt(root, place);
    const wrong = wanted === undefined ? undefined : wrongFor(wanted);
    if (place.length !== 1 || typeof wrong !== "string") continue;
    const param = paramOf(place);
    const request = requestFor(api, operation, { query: { [param]: wrong } });
    return { request, facts: { param, expected: expectation(schema, place) }, bySelf: true };
  }
  return undefined;
}

function placeNamed(schema: Schema, param: string | undefined): Place | undefined {
  const root = jsonSchemaOf(schema);
  if (root === undefined || param === undefined) return undefined;
  return placesIn(root).find(({ place }) => paramOf(place) === param)?.place;
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
