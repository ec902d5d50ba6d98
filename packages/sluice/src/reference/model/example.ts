/** The example of each code: a request, and the bytes that it is answered with. */
import {
  type AnyApi,
  type CodeEntry,
  exampleFacts,
  type Facts,
  type HeaderList,
  limitFor,
  REQUEST_ID,
  type Refusal,
  type RefusedExample,
  render,
  STEPS,
  stepOf,
} from "../../contract/index.ts";
import { reasonFor } from "./given.ts";
import { possibleRefusals, refusalsOfNoOperation } from "./possible.ts";
import { type Provocation, provoke } from "./refused-request.ts";
import { type ExampleRequest, requestFor } from "./request.ts";

export interface CodeExample {
  readonly condition: string;
  /** Undefined for what belongs to no operation. */
  readonly operation: string | undefined;
  readonly request: ExampleRequest;
  readonly response: ExampleResponse;
  /** What must be the case for the request to be refused; undefined where the request alone is enough. */
  readonly given: string | undefined;
}

export interface ExampleResponse {
  readonly status: number;
  /** A flat list: name, value, name, value. */
  readonly headers: HeaderList;
  readonly body: string;
}

/** An id of the shape that every answer carries (UUIDv7). */
export const EXAMPLE_REQUEST_ID = "019e8d2c-5b1f-7c3a-9e44-6d0f1b7a2c58";
/** A moment at which the examples happen, in epoch seconds. */
const EXAMPLE_NOW = 1_795_341_600;

interface Place {
  readonly condition: string;
  readonly operation: string | undefined;
}

/** Every code has one: a contract whose code no operation can answer shows it at no operation. */
export function exampleOf(api: AnyApi, code: string): CodeExample {
  const entry = api.wire.codes[code] as CodeEntry;
  const own = api.server.examples?.[code];
  const places = placesOf(api, code, own?.operation);
  for (const place of places) {
    const provocation =
      own === undefined ? provoke({ api, entry, ...place }) : provocationIn(api, own);
    if (provocation === undefined) continue;
    return shown({ api, code, entry, place, provocation, given: own?.given });
  }
  const [condition = "internal"] = api.wire.spellings.conditionsOf(code);
  const place = { condition, operation: Object.keys(api.wire.operations)[0] };
  const request = requestFor(api, place.operation ?? "");
  return shown({
    api,
    code,
    entry,
    place,
    provocation: { request, bySelf: false },
    given: undefined,
  });
}

/** Where a code can be shown: its first condition first, and operations that need the least first. */
function placesOf(api: AnyApi, code: string, wanted: string | undefined): readonly Place[] {
  const conditions = api.wire.spellings.conditionsOf(code);
  const names = Object.keys(api.wire.operations)
    .filter((name) => wanted === undefined || name === wanted)
    .toSorted((a, b) => effortOf(api, a) - effortOf(api, b));
  return conditions.flatMap((condition) => {
    const isIt = (one: { condition: string; code: string }) =>
      one.condition === condition && one.code === code;
    const inOperations = names
      .filter((name) => possibleRefusals(api, name).some(isIt))
      .map((operation) => ({ condition, operation }));
    const atNone = refusalsOfNoOperation(api).some(isIt);
    return [...inOperations, ...(atNone ? [{ condition, operation: undefined }] : [])];
  });
}

/** An example that somebody wrote is worth more than one that was made up; then the shorter request. */
function effortOf({ wire, server }: AnyApi, name: string): number {
  const declared = server.operations[name];
  const params = wire.operations[name]?.path.split("{").length ?? 1;
  const isMadeUp = declared?.example === undefined && declared?.body !== undefined;
  return (isMadeUp ? 100 : 0) + 10 * (params - 1) + (declared?.body === undefined ? 0 : 1);
}

function provocationIn(api: AnyApi, own: RefusedExample): Provocation {
  const { operation, headers = {}, given, ...input } = own;
  const request = { ...requestFor(api, operation, input), headers };
  return { request, bySelf: given === undefined };
}

interface Shown {
  readonly api: AnyApi;
  readonly code: string;
  readonly entry: CodeEntry;
  readonly place: Place;
  readonly provocation: Provocation;
  readonly given: string | undefined;
}

function shown({ api, code, entry, place, provocation, given }: Shown): CodeExample {
  const { condition, operation } = place;
  const facts: Facts = { ...exampleFacts(condition, entry), ...provocation.facts };
  const refusal: Refusal = { kind: "refusal", condition, code, ...facts };
  const { status, headers, body } = render(api.wire, refusal, { operation });
  const all = [...everyHeader(api, condition, operation, facts.retryAfterMs), ...headers];
  const needs = provocation.bySelf ? undefined : reasonFor(api, condition, operation);
  return {
    condition,
    operation,
    request: provocation.request,
    response: { status, headers: all, body },
    given: given ?? needs,
  };
}

/** What every answer carries, where the condition's step comes late enough for it to be known. */
function everyHeader(
  api: AnyApi,
  condition: string,
  operation: string | undefined,
  waitMs: number | undefined,
): HeaderList {
  const headers = [REQUEST_ID, EXAMPLE_REQUEST_ID];
  const isIdentified = STEPS.indexOf(stepOf(condition)) >= STEPS.indexOf("admit");
  if (!isIdentified || api.wire.headers.rateLimit === "none") return headers;
  const window = Object.entries(api.wire.windows).find(
    ([, { operations }]) =>
      operations === undefined || (operation !== undefined && operations.includes(operation)),
  );
  const [plan = ""] = api.server.requires?.plans ?? api.wire.plans;
  const limit = window && limitFor(window[1].limit, plan);
  if (window === undefined || limit === undefined) return headers;
  const [name, { windowMs }] = window;
  const left = condition === "rate_limited" ? 0 : limit - 1;
  const resetS = Math.ceil((left === 0 ? (waitMs ?? windowMs) : windowMs) / 1_000);
  if (api.wire.headers.rateLimit === "ratelimit") {
    const policy = `"${name}";q=${limit};w=${resetS}`;
    return [...headers, "RateLimit-Policy", policy, "RateLimit", `"${name}";r=${left};t=${resetS}`];
  }
  return [
    ...headers,
    ...["X-RateLimit-Limit", String(limit), "X-RateLimit-Remaining", String(left)],
    ...["X-RateLimit-Reset", String(EXAMPLE_NOW + resetS)],
  ];
}
