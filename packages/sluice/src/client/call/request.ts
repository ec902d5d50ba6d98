/** An operation and its input as a request: the path filled, the query written, the body as JSON. */
import { type AnyWire, fillPattern, type PathPattern, routesOf } from "../../contract/index.ts";

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
export type RequestBuilder = (operation: string, input: CallInput) => BuiltRequest;

export function createRequestBuilder({ about, operations }: AnyWire): RequestBuilder {
  const routes = new Map(routesOf(operations).map((route) => [route.operation, route]));
  return (operation, input) => {
    const route = routes.get(operation);
    if (route === undefined) throw new TypeError(`${about.title} has no operation ${operation}`);
    const query = input.query === undefined ? "" : queryOf(input.query);
    return {
      method: route.method,
      target: pathOf(operation, route.pattern, input) + (query && `?${query}`),
      body: input.body === undefined ? undefined : JSON.stringify(input.body),
    };
  };
}

function pathOf(operation: string, pattern: PathPattern, { params }: CallInput): string {
  if (pattern.params.length === 0) return pattern.text;
  const values = pattern.params.map((name) => {
    const value = params?.[name];
    if (value === undefined) throw new TypeError(`${operation} needs the path parameter ${name}`);
    return isRest(pattern, name)
      ? String(value).split("/").map(encodeURIComponent).join("/")
      : encodeURIComponent(value);
  });
  return fillPattern(pattern, values);
}

function isRest({ segments }: PathPattern, name: string): boolean {
  const last = segments.at(-1);
  return last?.param === name && last.isRest;
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
