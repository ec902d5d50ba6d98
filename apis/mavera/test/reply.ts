// One request over HTTP and what came back, written as one reads it: `POST /responses`.

export interface Ask {
  /** The key, sent as a bearer token; null for none. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers have many shapes, which the tests spell out
  readonly body: any;
}

/** Sends the request; the answer's events, if it has any, are still to come. */
export function open(base: string, what: string, how: Ask): Promise<Response> {
  const [method = "GET", path = "/"] = what.split(" ");
  const headers = new Headers(how.headers);
  if (typeof how.key === "string") headers.set("Authorization", `Bearer ${how.key}`);
  const body = how.json === undefined ? how.body : JSON.stringify(how.json);
  if (how.json !== undefined && !headers.has("Content-Type")) {
    headers.set("Content-Type", "application/json");
  }
  return fetch(`${base}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body }),
    ...(how.signal && { signal: how.signal }),
  });
}

export async function ask(base: string, what: string, how: Ask): Promise<Reply> {
  const response = await open(base, what, how);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A refusal as tests compare it: its status and the members of its error. Throws on any other body. */
export function refusal({ status, text }: Pick<Reply, "status" | "text">) {
  const body = JSON.parse(text) as { readonly error?: object };
  if (typeof body.error !== "object" || Object.keys(body).length !== 1) {
    throw new Error(`expected an error in ${text}`);
  }
  return { status, ...body.error };
}

/** Headers that differ between any two answers, or that speak of the connection alone. */
const ofOneAnswer = new Set(["date", "x-request-id", "connection", "keep-alive"]);

/** Everything of an answer that must not differ between two that look alike. */
export function bytesOf({ status, headers, text }: Reply): unknown {
  const kept = [...headers].filter(([name]) => !ofOneAnswer.has(name));
  return { status, headers: kept, text };
}

/** What the headers say of the rate window. */
export function windowOf({ headers }: { readonly headers: Headers }) {
  const read = (name: string) => headers.get(`X-RateLimit-${name}`);
  return { limit: read("Limit"), remaining: read("Remaining"), reset: read("Reset") };
}

export const noWindow = { limit: null, remaining: null, reset: null };

export function requestIdOf({ headers }: { readonly headers: Headers }): string {
  return headers.get("X-Request-Id") ?? "";
}
