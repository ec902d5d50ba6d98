/** What a contract promises its callers, as plain data: small enough to be kept beside it, and read by people in a diff. */
import {
  type AnyApi,
  BODY_BYTES_DEFAULT,
  type ByPlan,
  type CodeEntry,
  type JsonSchema,
  jsonSchemaOf,
  type Price,
  type Schema,
  schemaAt,
  type WireOperation,
} from "sluice";
import { membersOf, paramOf, placesIn, possibleRefusals } from "sluice/reference";

export interface CodeSummary {
  readonly status: number;
  readonly type: string | null;
  readonly action: string;
  readonly retry: string;
  readonly charged: string;
  /** `always 60000`, `otherwise 1000`; null where the refusal itself says it, or nothing does. */
  readonly retryAfter: string | null;
  readonly conditions: readonly string[];
}

export interface FieldSummary {
  readonly required: boolean;
  /** `string`, or the values that there are. */
  readonly takes: string | readonly string[];
}

export interface OperationSummary {
  readonly method: string;
  readonly path: string;
  readonly idempotency: boolean;
  readonly stream: string | null;
  readonly permission: string | null;
  readonly plans: readonly string[] | null;
  /** The most that a call can cost; null for free ones, text where it is quoted. */
  readonly price: number | string | null;
  readonly bodyBytesMax: number | null;
  readonly successStatus: number;
  readonly codes: readonly string[];
  /** `query.limit`, `body.model` */
  readonly takes: Readonly<Record<string, FieldSummary>>;
  readonly answers: Readonly<Record<string, FieldSummary>>;
}

export interface LimitSummary {
  readonly per: string;
  /** By plan. */
  readonly limit: Readonly<Record<string, number>>;
  /** Null for what counts calls at once. */
  readonly windowMs: number | null;
  readonly operations: readonly string[] | null;
}

export interface ContractSummary {
  readonly format: 1;
  readonly title: string;
  readonly basePath: string;
  /** Where what stands: `error.code`. */
  readonly envelope: { readonly contentType: string; readonly members: readonly string[] };
  readonly headers: {
    readonly rateLimit: string;
    readonly help: boolean;
    readonly creditsRemaining: string | null;
  };
  readonly key: {
    readonly prefixes: Readonly<Record<string, string>>;
    readonly alphabet: string;
    readonly length: number;
    readonly checksum: string;
    readonly places: readonly string[];
  };
  readonly plans: readonly string[];
  readonly limits: Readonly<Record<string, LimitSummary>>;
  readonly codes: Readonly<Record<string, CodeSummary>>;
  readonly operations: Readonly<Record<string, OperationSummary>>;
}

export function summaryOf(api: AnyApi): ContractSummary {
  const { about, basePath, envelope, headers, key, plans } = api.wire;
  return {
    format: 1,
    title: about.title,
    basePath,
    envelope: {
      contentType: envelope.contentType,
      members: membersOf(envelope).map(
        ({ path, role, whenEmpty }) => `${path.join(".")}: ${role ?? "constant"}, ${whenEmpty}`,
      ),
    },
    headers: {
      rateLimit: headers.rateLimit,
      help: headers.help ?? false,
      creditsRemaining: headers.creditsRemaining ?? null,
    },
    key: {
      prefixes: { ...key.prefixes },
      ...{ alphabet: key.alphabet, length: key.length, checksum: key.checksum ?? "none" },
      places: key.places.map((place) => ("bearer" in place ? "Authorization" : place.header)),
    },
    plans,
    limits: limitsOf(api),
    codes: mapped(api.wire.codes, (entry, code) => codeSummary(api, code, entry)),
    operations: mapped(api.wire.operations, (wire, name) => operationSummary(api, name, wire)),
  };
}

/** Whether a parsed file is one: a later format says so itself. */
export function isSummary(value: unknown): value is ContractSummary {
  return typeof value === "object" && value !== null && "format" in value && value.format === 1;
}

function codeSummary({ wire }: AnyApi, code: string, entry: CodeEntry): CodeSummary {
  const { status, type, action, retry, charged, retryAfter } = entry;
  const [wait] = Object.entries(retryAfter ?? {});
  return {
    ...{ status, type: type ?? null, action, retry, charged: charged ?? "no" },
    retryAfter: wait === undefined ? null : `${wait[0].replace("Ms", "")} ${wait[1]}`,
    conditions: wire.spellings.conditionsOf(code).toSorted(),
  };
}

function operationSummary(api: AnyApi, name: string, wire: WireOperation): OperationSummary {
  const server = api.server.operations[name] ?? {};
  const { params, query, body, output, price, permission, plans, bodyBytesMax } = server;
  const takesBody = body !== undefined || server.passesBody === true;
  return {
    ...{ method: wire.method, path: wire.path, idempotency: wire.idempotency ?? false },
    stream: wire.stream ? JSON.stringify(wire.stream.completion) : null,
    permission: permission ?? null,
    plans: plans ?? api.server.requires?.plans ?? null,
    price: price === undefined ? null : mostOf(price),
    bodyBytesMax: takesBody ? (bodyBytesMax ?? BODY_BYTES_DEFAULT) : null,
    successStatus: server.successStatus ?? 200,
    codes: [...new Set(possibleRefusals(api, name).map(({ code }) => code))].toSorted(),
    takes: { ...fieldsOf("path", params), ...fieldsOf("query", query), ...fieldsOf("body", body) },
    answers: fieldsOf("body", output),
  };
}

function mostOf(price: Price): number | string {
  return price.kind === "quote" ? "quoted" : price.credits;
}

function fieldsOf(where: string, schema: Schema | undefined): Record<string, FieldSummary> {
  const root = schema && jsonSchemaOf(schema);
  if (root === undefined) return {};
  return Object.fromEntries(
    placesIn(root).map(({ place, required }) => [
      `${where}.${paramOf(place)}`,
      { required, takes: takesOf(schemaAt(root, place)) },
    ]),
  );
}

function takesOf(schema: JsonSchema | undefined): FieldSummary["takes"] {
  const { enum: choices, const: only, type } = schema ?? {};
  if (Array.isArray(choices)) return choices.map(String).toSorted();
  if (only !== undefined) return [String(only)];
  return Array.isArray(type)
    ? type.map(String).toSorted().join(" or ")
    : String(type ?? "anything");
}

function limitsOf({ wire }: AnyApi): Record<string, LimitSummary> {
  const byPlan = (limit: ByPlan<string>) =>
    typeof limit === "number" ? Object.fromEntries(wire.plans.map((plan) => [plan, limit])) : limit;
  const windows = mapped(wire.windows, ({ per, limit, windowMs, operations }) => ({
    ...{ per, limit: byPlan(limit), windowMs, operations: operations ?? null },
  }));
  const slots = mapped(wire.slots ?? {}, ({ per, limit, operations }) => ({
    ...{ per, limit: byPlan(limit), windowMs: null, operations },
  }));
  return { ...prefixed("windows", windows), ...prefixed("slots", slots) };
}

function prefixed<T>(kind: string, all: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(all).map(([name, one]) => [`${kind}.${name}`, one]));
}

function mapped<T, R>(
  all: Readonly<Record<string, T>>,
  map: (one: T, name: string) => R,
): Record<string, R> {
  return Object.fromEntries(Object.entries(all).map(([name, one]) => [name, map(one, name)]));
}
