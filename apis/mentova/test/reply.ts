// One request over HTTP and what came back, written as one reads it: `GET /brands`.

export interface Ask {
  /** The key in `X-API-Key`; null for none. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly body?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

export async function ask(base: string, what: string, how: Ask): Promise<Reply> {
  const [method = "GET", path = "/"] = what.split(" ");
  const headers = new Headers(how.headers);
  if (typeof how.key === "string") headers.set("X-API-Key", how.key);
  const body = how.json === undefined ? how.body : JSON.stringify(how.json);
  if (how.json !== undefined && !headers.has("Content-Type")) {
    headers.set("Content-Type", "application/json");
  }
  const init = body === undefined ? { method, headers } : { method, headers, body };
  const response = await fetch(`${base}${path}`, init);
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

/** A refusal as tests compare it: its status and its whole body. */
export function refusal(reply: Reply): { status: number; body: unknown } {
  return { status: reply.status, body: reply.body };
}

/** Headers that differ between any two answers, or that speak of the connection alone. */
const ofOneAnswer = new Set(["date", "x-request-id", "connection", "keep-alive"]);

/** Everything of an answer that must not differ between two that look alike. */
export function bytesOf({ status, headers, text }: Reply): unknown {
  const kept = [...headers].filter(([name]) => !ofOneAnswer.has(name));
  return { status, headers: kept, text };
}

/** The id of what was created or found. */
export function idOf(reply: Reply): string {
  const body = reply.body as { data?: { id?: unknown } } | undefined;
  const id = body?.data?.id;
  if (typeof id !== "string") throw new Error(`expected an id in ${reply.text}`);
  return id;
}

/** The list under `data`. */
export function listOf(reply: Reply): readonly { readonly id: string }[] {
  const body = reply.body as { data?: unknown } | undefined;
  if (!Array.isArray(body?.data)) throw new Error(`expected a list in ${reply.text}`);
  return body.data;
}

export function requestIdOf({ headers }: Pick<Reply, "headers">): string {
  return headers.get("X-Request-Id") ?? "";
}
