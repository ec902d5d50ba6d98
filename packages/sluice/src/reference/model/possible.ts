/**
 * Which refusals an operation can answer: what follows from its declaration, step by step, and nothing else. The
 * order and the conditions are the gate's own; what a test key simulates is not counted.
 */
import {
  type AnyApi,
  CONDITIONS,
  type Condition,
  isCondition,
  jsonSchemaOf,
  type Schema,
  type ServerOperation,
  type WireOperation,
} from "../../contract/index.ts";
import { paramOf, placesIn } from "./input-schema.ts";

/** One way of being refused. */
export interface PossibleRefusal {
  /** A condition, or one of the contract's own. */
  readonly condition: string;
  readonly code: string;
}

interface Declared {
  readonly api: AnyApi;
  readonly name: string;
  readonly wire: WireOperation;
  readonly server: ServerOperation;
}

/** What can happen to a request before anybody knows which operation it asks for, or because it asks for none. */
const OF_NO_OPERATION = [
  "malformed_request",
  "headers_too_large",
  "request_timeout",
  "not_found",
  "method_not_allowed",
] as const satisfies readonly Condition[];

/** What can happen to any request: nobody's key is known yet, an account may lapse, and things break. */
const ALWAYS = [
  "missing_key",
  "malformed_key",
  "unknown_key",
  "revoked_key",
  "expired_key",
  // Also where no window counts the call: an address that tries many unknown keys is refused.
  "rate_limited",
  "subscription_inactive",
  "internal",
  "unavailable",
  "upstream_timeout",
] as const satisfies readonly Condition[];

/** Contracts are frozen, and every page asks for all of its operations. */
const known = new WeakMap<AnyApi, Map<string, readonly PossibleRefusal[]>>();

/** Refusals of an operation in the order of the gate's steps, each once. */
export function possibleRefusals(api: AnyApi, name: string): readonly PossibleRefusal[] {
  const ofApi = known.get(api) ?? new Map<string, readonly PossibleRefusal[]>();
  known.set(api, ofApi);
  const found = ofApi.get(name) ?? findRefusals(api, name);
  ofApi.set(name, found);
  return found;
}

function findRefusals(api: AnyApi, name: string): readonly PossibleRefusal[] {
  const wire = api.wire.operations[name];
  const server = api.server.operations[name];
  if (wire === undefined || server === undefined) return [];
  const declared = { api, name, wire, server };
  const conditions = [
    ...ALWAYS,
    ...admitted(declared),
    ...authorised(declared),
    ...validated(declared),
    ...reserved(declared),
    ...reported(declared),
  ];
  const order = [...Object.keys(CONDITIONS), ...Object.keys(api.wire.domain ?? {})];
  return [...new Set(conditions)]
    .toSorted((a, b) => order.indexOf(a) - order.indexOf(b))
    .flatMap((condition) => codesFor(declared, condition).map((code) => ({ condition, code })));
}

/** Refusals that belong to no operation: of bytes that are no request, and of paths that are none. */
export function refusalsOfNoOperation({ wire }: AnyApi): readonly PossibleRefusal[] {
  return OF_NO_OPERATION.flatMap((condition) => {
    const code = wire.spellings.codeOf(condition, undefined, undefined);
    return code === undefined ? [] : [{ condition, code }];
  });
}

function* admitted({ api, name }: Declared): Iterable<Condition> {
  const slots = Object.values(api.wire.slots ?? {});
  if (slots.some(({ operations }) => operations.includes(name))) yield "concurrency_limited";
}

function* authorised({ api, server }: Declared): Iterable<Condition> {
  const plans = server.plans ?? api.server.requires?.plans;
  if (plans !== undefined && api.wire.plans.some((plan) => !plans.includes(plan))) {
    yield "plan_required";
  }
  if (server.permission !== undefined) yield "forbidden";
}

function* validated({ wire, server }: Declared): Iterable<Condition> {
  // A header that says to do it once is not passed over in silence where nobody could keep to it.
  const refusesKeys = wire.method !== "GET";
  if (server.params !== undefined || server.query !== undefined || refusesKeys) {
    yield "invalid_parameter";
  }
  if (server.body !== undefined || server.passesBody) yield "body_too_large";
  if (server.body !== undefined) {
    yield* ["unsupported_media_type", "malformed_body", "invalid_field"] as const;
    if (requiredParams(server.body).length > 0) yield "missing_field";
  }
  if (server.scope !== undefined) yield* ["not_found", "forbidden"] as const;
}

function* reserved({ wire, server }: Declared): Iterable<Condition> {
  const { price, detaches } = server;
  if (price !== undefined) yield* ["credits_exhausted", "budget_exceeded"] as const;
  if (price !== undefined || detaches !== undefined || wire.idempotency) {
    yield "credits_unavailable";
  }
  if (wire.idempotency) {
    yield* ["request_in_progress", "idempotency_key_reused", "replay_unavailable"] as const;
  }
}

/** What whoever answers reports. */
function reported({ api, wire, server }: Declared): readonly string[] {
  if (server.reports !== undefined) return server.reports;
  const folded = (api.server.folding ?? []).map(({ condition }) => condition);
  const ofPath = wire.path.includes("{") ? ["not_found"] : [];
  return server.answeredBy === "gate" ? ofPath : [...ofPath, ...folded];
}

/** A condition's codes at this operation: a field may have one of its own. */
function codesFor({ api, name, server }: Declared, condition: string): readonly string[] {
  const { spellings } = api.wire;
  const params = blamed(condition, server);
  const codes = params.flatMap((param) => spellings.codeOf(condition, name, param) ?? []);
  return [...new Set(codes)];
}

/** What a refusal for this reason can blame here; undefined stands for nothing, or anything that is not listed. */
function blamed(condition: string, server: ServerOperation): readonly (string | undefined)[] {
  if (!isCondition(condition)) return [undefined];
  switch (condition) {
    case "missing_field":
      return requiredParams(server.body);
    case "invalid_field":
      return [undefined, ...namedParams(server.body)];
    case "invalid_parameter":
      return [undefined, ...namedParams(server.params), ...namedParams(server.query)];
    default:
      return [undefined];
  }
}

function namedParams(schema: Schema | undefined): readonly string[] {
  const root = schema && jsonSchemaOf(schema);
  return root === undefined ? [] : placesIn(root).map(({ place }) => paramOf(place));
}

/** Of a library that gives no JSON Schema nobody knows better than that something may be missing. */
function requiredParams(schema: Schema | undefined): readonly (string | undefined)[] {
  if (schema === undefined) return [];
  const root = jsonSchemaOf(schema);
  if (root === undefined) return [undefined];
  return placesIn(root).flatMap(({ place, required }) => (required ? [paramOf(place)] : []));
}
