/**
 * The client as a `fetch`, to hand to whatever takes one: the OpenAI SDK and any other. What was refused comes back as
 * the server said it, with a note that it has been tried often enough, so that retries above do not multiply ours.
 */
import { render } from "../contract/index.ts";
import { bodyOrThrow } from "./body-or-throw.ts";
import { makeRepeatable } from "./call/idempotency.ts";
import type { LogicalCall } from "./call/logical-call.ts";
import { perform } from "./client.ts";
import type { Delivered, GivenUp } from "./ended.ts";
import { errorOf } from "./errors/error-of.ts";
import type { ClientSettings } from "./settings.ts";
import { ThrownLately } from "./thrown-lately.ts";
import { type TransportAnswer, type TransportBody, untouched } from "./transport/transport.ts";

export type ClientFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Set by SDKs on their own retries: then the layer above is at work already. */
const NESTED = ["x-stainless-retry-count", "x-retry-count"];
/** What no longer holds for a body that has been read. */
const OF_THE_WIRE = new Set(["content-encoding", "content-length", "transfer-encoding"]);
const BODILESS = new Set([204, 205, 304]);

/** How a host hears no: by an answer, or by what is thrown. */
interface Way {
  readonly reads: LogicalCall["reads"];
  /** What a call that was given up comes back as; or it throws. */
  refusal(ended: GivenUp, call: LogicalCall, client: ClientSettings): Response;
  /** An answer as the platform gave it, where that can be handed on. */
  asItIs?(answer: TransportAnswer): Response | undefined;
  /** Of any other answer that is handed on. */
  body(
    call: LogicalCall,
    ended: Delivered,
    client: ClientSettings,
  ): ReadableStream<Uint8Array> | null;
}

/** @param way `asAnswer`, or `asError`. */
export function createFetch(client: ClientSettings, way: Way): ClientFetch {
  const thrown = new ThrownLately(client.clock);
  return async (input, init = {}) => {
    const call = await callFrom(input, init, client, way.reads);
    // The layer above tries again what was thrown here: it has been tried as often as it makes sense.
    const before = isNested(call.headers) ? thrown.find(call) : undefined;
    if (before !== undefined) throw before;
    const ended = await perform(call, client);
    if (ended.kind === "given_up") {
      try {
        return way.refusal(ended, call, client);
      } catch (error) {
        thrown.keep(call, error);
        throw error;
      }
    }
    const { answer } = ended;
    const response = way.asItIs?.(answer);
    if (response !== undefined) return response;
    const { status } = answer;
    const headers = [...answer.headers()].map(([name, value]): [string, string] => [name, value]);
    const isBodiless = BODILESS.has(status) || call.method === "HEAD";
    const body = isBodiless ? null : way.body(call, ended, client);
    return new Response(body, { status, headers: withoutLengths(headers) });
  };
}

async function callFrom(
  input: string | URL | Request,
  init: RequestInit,
  client: ClientSettings,
  reads: LogicalCall["reads"],
): Promise<LogicalCall> {
  const request = input instanceof Request ? input : undefined;
  const url = request === undefined ? String(input) : request.url;
  const method = (init.method ?? request?.method ?? "GET").toUpperCase();
  const headers = headersFrom(init.headers ?? request?.headers);
  const body = await bodyFrom(request, init);
  const operation = client.findOperation(method, url);
  const repeatable = makeRepeatable(method, headers, operation, client.wire, client.newKey);
  const once = body instanceof ReadableStream || isNested(headers);
  return {
    operation,
    method,
    url,
    isOwn: client.isOwn(url),
    headers: client.withKey(repeatable.headers, url),
    body,
    parameters: typeof body === "string" ? body : undefined,
    canRepeat: repeatable.canRepeat && !(body instanceof ReadableStream),
    isKnownAgain: repeatable.isKnownAgain,
    attemptsMax: once ? 1 : client.attemptsMax,
    priority: "normal",
    totalMs: client.deadline.totalMs,
    reads,
    signal: init.signal ?? request?.signal ?? undefined,
  };
}

/** By their names in lower case. */
function headersFrom(given: RequestInit["headers"]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of pairsOf(given)) headers[name.toLowerCase()] = value;
  return headers;
}

/** A plain record needs no `Headers`: what is no header in it, the transport refuses. */
function pairsOf(given: RequestInit["headers"] = {}): Iterable<readonly [string, string]> {
  if (given instanceof Headers) return given;
  const isPlain = !Array.isArray(given) && !(Symbol.iterator in given);
  if (!isPlain) return new Headers(given);
  return Object.entries(given).map(([name, value]) => [name, String(value)] as const);
}

/** A request's own body is a stream: it is read here, so that it can be sent again; JSON as text, for the log record. */
async function bodyFrom(
  request: Request | undefined,
  { body }: RequestInit,
): Promise<TransportBody | undefined> {
  if (body === undefined || body === null) {
    if (!request?.body) return undefined;
    const isJson = /\bjson\b/i.test(request.headers.get("content-type") ?? "");
    return isJson ? request.text() : new Uint8Array(await request.arrayBuffer());
  }
  if (body instanceof URLSearchParams) return body.toString();
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (ArrayBuffer.isView(body)) {
    return new Uint8Array(body.buffer as ArrayBuffer, body.byteOffset, body.byteLength);
  }
  return body as TransportBody;
}

function isNested(headers: Readonly<Record<string, string>>): boolean {
  return NESTED.some((name) => Number(headers[name] ?? 0) > 0);
}

/** For hosts whose retries read answers, and that hand on what is thrown. */
export const asError: Way = {
  reads: "events",
  refusal: (ended, call, client) => {
    throw errorOf(call, ended, client);
  },
  body: bodyOrThrow,
};

export const asAnswer: Way = {
  reads: "stream",
  refusal: refusalFrom,
  asItIs: untouched,
  body: (_, { answer }) => answer.stream,
};

/** As the server said it; in the contract's words where this client did not even ask; an error where nobody answered. */
function refusalFrom(ended: GivenUp, call: LogicalCall, client: ClientSettings): Response {
  const { kept, failure, retryAfterMs } = ended;
  if (kept !== undefined) {
    const headers = kept.headers.map(([name, value]): [string, string] => [name, value]);
    const body = BODILESS.has(kept.status) ? null : kept.body;
    return new Response(body, { status: kept.status, headers: finalHeaders(headers) });
  }
  if (failure.source !== "client" || client.wire === undefined) throw errorOf(call, ended, client);
  const rendered = render(
    client.wire,
    {
      kind: "refusal",
      condition: failure.conditions[0] ?? "unavailable",
      message: failure.message,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    },
    { operation: call.operation },
  );
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < rendered.headers.length; i += 2) {
    headers.push([rendered.headers[i] ?? "", rendered.headers[i + 1] ?? ""]);
  }
  return new Response(rendered.body, { status: rendered.status, headers: finalHeaders(headers) });
}

/** SDKs of the Stainless family, Stripe's and ours obey it: this has been tried as often as it makes sense. */
function finalHeaders(headers: readonly [string, string][]): [string, string][] {
  const rest = headers.filter(([name]) => name.toLowerCase() !== "x-should-retry");
  return [...withoutLengths(rest), ["x-should-retry", "false"]];
}

function withoutLengths(headers: readonly [string, string][]): [string, string][] {
  return headers.filter(([name]) => !OF_THE_WIRE.has(name.toLowerCase()));
}
