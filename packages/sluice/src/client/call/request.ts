/** An operation and its input as a request: the path filled, the query written, the body as JSON. */
import { type AnyWire, fillPattern, parsePattern } from "../../contract/index.ts";

export interface CallInput {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

export interface BuiltRequest {
  readonly method: string;
  /** After the base path. */
  readonly target: string;
  readonly body: string | undefined;
}

/** Throws for an operation that the contract does not have, and for a path parameter that is not given. */
export function buildRequest(wire: AnyWire, operation: string, input: CallInput): BuiltRequest {
  const declared = wire.operations[operation];
  if (declared === undefined)
    throw new TypeError(`${wire.about.title} has no operation ${operation}`);
  const pattern = parsePattern(declared.path);
  if (typeof pattern === "string") throw new TypeError(pattern);
  const values = pattern.params.map((name) => {
    const value = input.params?.[name];
    if (value === undefined) throw new TypeError(`${operation} needs the path parameter ${name}`);
    return encodeURIComponent(value);
  });
  const query = queryOf(input.query ?? {});
  return {
    method: declared.method,
    target: fillPattern(pattern, values) + (query && `?${query}`),
    body: input.body === undefined ? undefined : JSON.stringify(input.body),
  };
}

/** Absent members are left out; lists repeat their name. */
function queryOf(query: Readonly<Record<string, unknown>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) parameters.append(name, String(one));
    }
  }
  return parameters.toString();
}
