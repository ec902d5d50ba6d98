/** The refusals that a request can bring about by itself, or with a key that something is the matter with. */
import { type AnyApi, BODY_BYTES_DEFAULT, CONDITIONS, type Condition } from "sluice";
import { type ExampleRequest, possibleRefusals, provoke } from "sluice/reference";
import type { CheckRequest, Expected } from "./exchange.ts";
import { isOfTheGate } from "./expected.ts";
import { wrongBodies } from "./field-provocations.ts";
import type { KeyRole } from "./need.ts";
import { accepts, isFreeRead, operationRequest, sendable } from "./requests.ts";
import type { Session } from "./session.ts";

export interface Provoking {
  readonly request: CheckRequest;
  readonly expected: Expected;
}

/** Enough to see that it holds everywhere, and not so many that a rate window is full. */
const OPERATIONS_MAX = 4;
/** So many that every operation of a large API is asked. */
const ALL_MAX = 60;
/** Nobody sends more over a network to find out that it is too much. */
const SENT_BYTES_MAX = 8 * 1_048_576;
const HEADER_BYTES = 96 * 1_024;

/** With the main key, or with none or a wrong one where that is what the condition is about. */
export function provocationsOf(session: Session, condition: Condition): readonly Provoking[] {
  const { api } = session.target;
  switch (condition) {
    case "missing_key":
      return Object.keys(api.wire.operations)
        .slice(0, ALL_MAX)
        .map((name) => keyless(session, name));
    case "unknown_key":
      return firstReads(session).map((name) =>
        withKey(session, name, session.strangersKey(), condition),
      );
    case "malformed_key":
      return firstReads(session).map((name) =>
        withKey(session, name, `${api.wire.key.prefixes.live}your_key`, condition),
      );
    case "headers_too_large":
      return firstReads(session)
        .slice(0, 1)
        .map((name) => withLongHeader(session, name));
    case "malformed_request":
      return [malformed(session)];
    case "not_found":
      return [nowhere(session), ...inOperations(session, condition)];
    case "method_not_allowed":
      return wrongMethods(session);
    case "body_too_large":
      return inOperations(session, condition).flatMap(({ request, expected }) => [
        { request, expected },
        { request: counted(request), expected },
      ]);
    case "missing_field":
    case "invalid_field":
      return wrongBodies(session, condition);
    default:
      return inOperations(session, condition);
  }
}

/** With a key that is refused for what it is; every operation that can refuse it so, until one has. */
export function withRole(
  session: Session,
  role: KeyRole,
  condition: Condition,
): readonly Provoking[] {
  const { api, keys } = session.target;
  const isOfEvery = CONDITIONS[condition].step === "identify";
  const names = Object.keys(api.wire.operations).filter((name) =>
    possibleRefusals(api, name).some((one) => one.condition === condition),
  );
  const reads = names.filter((name) => isFreeRead(api, name));
  const wanted = isOfEvery ? reads.slice(0, 2) : [...without(names, reads), ...reads];
  return wanted
    .slice(0, ALL_MAX)
    .map((name) => withKey(session, name, keys[role] ?? "", condition));
}

/** Of each kind some: those that are free, and those that cost. */
function inOperations(session: Session, condition: Condition): readonly Provoking[] {
  const { api, keys } = session.target;
  const names = Object.keys(api.wire.operations).filter((name) =>
    possibleRefusals(api, name).some((one) => one.condition === condition),
  );
  const provoked = names.flatMap((operation) => {
    const entry = api.wire.codes[api.wire.spellings.codeOf(condition, operation, undefined) ?? ""];
    const made = entry && provoke({ api, operation, entry, condition });
    if (made === undefined || !made.bySelf) return [];
    if (condition === "not_found" && !canBeAbsent(api, operation)) return [];
    const expected = expecting(condition, operation, { ...made.facts });
    return [{ request: sendable(filled(session, made.request, operation), keys.main), expected }];
  });
  const fits = provoked.filter(({ request: { body } }) => {
    return body?.kind !== "bytes" || body.bytes <= SENT_BYTES_MAX;
  });
  const costs = ({ expected }: Provoking) =>
    api.server.operations[expected.operation ?? ""]?.price !== undefined;
  const priced = fits.filter(costs).slice(0, OPERATIONS_MAX / 2);
  const free = fits.filter((one) => !costs(one)).slice(0, OPERATIONS_MAX - priced.length);
  return [...free, ...priced];
}

function expecting(
  condition: Condition,
  operation: string | undefined,
  facts: Expected["facts"] = {},
): Expected {
  const isOwn = condition !== "not_found" || operation === undefined;
  return { condition, operation, facts, wordsKnown: isOwn && isOfTheGate(condition) };
}

/** Things that exist stand in a path where they were given, save for the one that is not to be found. */
function filled(session: Session, request: ExampleRequest, operation: string): ExampleRequest {
  const { params } = session.target;
  if (params === undefined || request.target.includes("does_not_exist")) return request;
  const [path = ""] = operationRequest(session.target, operation).target.split("?");
  const [, query] = request.target.split("?");
  return { ...request, target: query === undefined ? path : `${path}?${query}` };
}

/** A schema may refuse the made-up id before anybody looks for it. */
function canBeAbsent(api: AnyApi, operation: string): boolean {
  const { params } = api.server.operations[operation] ?? {};
  const last = [...(api.wire.operations[operation]?.path ?? "").matchAll(/\{(\w+)\}/g)].at(-1);
  if (last === undefined) return false;
  const names = [...(api.wire.operations[operation]?.path ?? "").matchAll(/\{(\w+)\}/g)];
  return accepts(params, Object.fromEntries(names.map(([, name]) => [name, "does_not_exist"])));
}

/** No body: whoever lets it in without a key finds nothing to do. */
function keyless({ target }: Session, name: string): Provoking {
  const { body: _, ...request } = operationRequest(target, name);
  return {
    request: sendable({ ...request, body: undefined }, undefined),
    expected: expecting("missing_key", name),
  };
}

function withKey({ target }: Session, name: string, key: string, condition: Condition): Provoking {
  return {
    request: sendable(operationRequest(target, name), key),
    expected: expecting(condition, name),
  };
}

function withLongHeader(session: Session, name: string): Provoking {
  const { target } = session;
  const headers = { Cookie: `session=${"a".repeat(HEADER_BYTES)}` };
  const request = { ...operationRequest(target, name), headers };
  return {
    request: sendable(request, target.keys.main),
    expected: expecting("headers_too_large", undefined),
  };
}

function malformed({ target }: Session): Provoking {
  return {
    request: {
      method: "GET",
      target: `${target.api.wire.basePath}/`,
      headers: {},
      raw: (at) => `GET ${at} HTTP/1.1\r\nHost: check.example\r\nno header at all\r\n\r\n`,
    },
    expected: expecting("malformed_request", undefined),
  };
}

function nowhere(session: Session): Provoking {
  const { api, keys } = session.target;
  const [first] = Object.keys(api.wire.operations);
  const request = operationRequest(session.target, first ?? "");
  const target = `${api.wire.basePath}/no-such-path`;
  return {
    request: sendable({ ...request, method: "GET", target, body: undefined }, keys.main),
    expected: expecting("not_found", undefined),
  };
}

const METHODS_TRIED = ["DELETE", "PUT", "PATCH", "POST"];

function wrongMethods(session: Session): readonly Provoking[] {
  const { api, keys } = session.target;
  const seen = new Set<string>();
  return Object.entries(api.wire.operations).flatMap(([name, { path }]) => {
    const method = METHODS_TRIED.find((one) => api.router.match(one, path).kind === "wrong_method");
    if (method === undefined || path.includes("{") || seen.has(path)) return [];
    if (seen.size >= OPERATIONS_MAX) return [];
    seen.add(path);
    const matched = api.router.match(method, path);
    const allowed = matched.kind === "wrong_method" ? matched.allowed : [];
    const request = { ...operationRequest(session.target, name), method, body: undefined };
    return [
      {
        request: sendable(request, keys.main),
        expected: expecting("method_not_allowed", undefined, { allowed }),
      },
    ];
  });
}

function counted(request: CheckRequest): CheckRequest {
  const { body } = request;
  const bytes = body?.kind === "bytes" ? body.bytes : BODY_BYTES_DEFAULT + 1;
  return { ...request, body: { kind: "bytes", bytes, isDeclared: false } };
}

function firstReads({ target: { api } }: Session): readonly string[] {
  const names = Object.keys(api.wire.operations);
  const reads = names.filter((name) => isFreeRead(api, name));
  return [...reads, ...without(names, reads)].slice(0, 2);
}

function without(all: readonly string[], some: readonly string[]): readonly string[] {
  return all.filter((name) => !some.includes(name));
}
