/** Requests from the contract: of an operation, of a provocation, with a key in its place or without. */
import type { AnyApi, InputExample, KeyPlace, Schema } from "sluice";
import { type ExampleRequest, inputOf, requestFor } from "sluice/reference";
import type { CheckBody, CheckRequest } from "./exchange.ts";
import type { Target } from "./target.ts";

/** An operation's request that works, as far as the contract can tell. */
export function operationRequest(
  { api, params }: Target,
  operation: string,
  changes: InputExample = {},
): ExampleRequest {
  const known = { ...inputOf(api, operation).params, ...params };
  return requestFor(api, operation, { params: known, ...changes });
}

/** With this key, or with none. What an example says of the key itself (a wrong one, none) wins. */
export function sendable(request: ExampleRequest, key: string | undefined): CheckRequest {
  const carried = request.key.kind === "own" ? key : keyOf(request);
  const body = bodyOf(request);
  return {
    method: request.method,
    target: request.target,
    headers: {
      ...(carried !== undefined && keyHeader(request.keyPlace, carried)),
      ...(body !== undefined && { "Content-Type": contentTypeOf(request) }),
      ...request.headers,
    },
    body,
  };
}

export function keyHeader(place: KeyPlace, key: string): Readonly<Record<string, string>> {
  return "bearer" in place ? { Authorization: `Bearer ${key}` } : { [place.header]: key };
}

/** Operations that do nothing but read, cost nothing and answer at once: those that need no parameters first. */
export function freeReads({ api, params = {} }: Target): readonly string[] {
  return Object.keys(api.wire.operations)
    .filter((name) => isFreeRead(api, name))
    .toSorted((a, b) => unknownParams(a) - unknownParams(b));

  function unknownParams(name: string): number {
    const path = api.wire.operations[name]?.path ?? "";
    return [...path.matchAll(/\{(\w+)\*?\}/g)].filter(([, one = ""]) => !(one in params)).length;
  }
}

export function isFreeRead({ wire, server }: AnyApi, name: string): boolean {
  const { method, stream } = wire.operations[name] ?? {};
  const { price, upgrades } = server.operations[name] ?? {};
  return method === "GET" && !stream && price === undefined && upgrades === undefined;
}

/** Whether a schema takes a value; one that cannot say at once is not asked. */
export function accepts(schema: Schema | undefined, value: unknown): boolean {
  const result = schema?.["~standard"].validate(value);
  return result === undefined || (!(result instanceof Promise) && result.issues === undefined);
}

function keyOf({ key }: ExampleRequest): string | undefined {
  return key.kind === "text" ? key.text : undefined;
}

function bodyOf({ body }: ExampleRequest): CheckBody | undefined {
  if (body === undefined) return undefined;
  if (body.kind === "file") return { kind: "bytes", bytes: body.bytes, isDeclared: true };
  return { kind: "text", text: body.kind === "json" ? JSON.stringify(body.value) : body.text };
}

function contentTypeOf({ body }: ExampleRequest): string {
  return body?.kind === "text" ? body.contentType : "application/json";
}
