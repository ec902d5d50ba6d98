/** The client of an API: typed calls, a drop-in `fetch`, and one set of policies under both. */
import type {
  AnyApi,
  AnyWire,
  Api,
  InputOf,
  OutputOf,
  ServerOperation,
} from "../contract/index.ts";
import { makeRepeatable } from "./call/idempotency.ts";
import type { LogicalCall } from "./call/logical-call.ts";
import { buildRequest, type CallInput } from "./call/request.ts";
import { type Delivered, perform } from "./client.ts";
import { errorOf } from "./errors/error-of.ts";
import { refusedHere } from "./failure/refused-here.ts";
import { type ClientFetch, createFetch } from "./fetch.ts";
import type { Priority } from "./policy/queue-line.ts";
import { type ClientOptions, type ClientSettings, settingsFrom } from "./settings.ts";
import { readEvents } from "./stream.ts";

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** @default "normal" */
  readonly priority?: Priority;
  /** For this call with all its attempts and waits. @default the client's */
  readonly totalMs?: number;
  /** By which the server knows the call again. @default one for each call, where the operation takes one */
  readonly idempotencyKey?: string;
}

/** One event of a stream: its name, and its data as JSON where it is JSON. */
export interface ClientStreamEvent {
  readonly name: string | undefined;
  readonly data: unknown;
}

/** What an operation is given, by its schemas. */
type InputFor<O> = O extends ServerOperation
  ? (O extends { readonly params: infer P } ? { readonly params: InputOf<P> } : unknown) &
      (O extends { readonly query: infer Q } ? { readonly query?: InputOf<Q> } : unknown) &
      (O extends { readonly body: infer B } ? { readonly body: InputOf<B> } : unknown)
  : CallInput;

type OutputFor<O> = O extends { readonly output: infer Out } ? OutputOf<Out> : unknown;

type OperationsOf<A extends AnyApi> =
  A extends Api<infer _W, infer S> ? S["operations"] : Readonly<Record<string, ServerOperation>>;

export interface Client<A extends AnyApi = AnyApi> {
  /** Resolves with the answer's body; rejects with an `ApiError`, or with the reason of the caller's own signal. */
  call<O extends keyof OperationsOf<A> & string>(
    operation: O,
    input: InputFor<OperationsOf<A>[O]>,
    options?: CallOptions,
  ): Promise<OutputFor<OperationsOf<A>[O]>>;
  /** The same for an operation that answers with events; what breaks the stream is thrown, with what had come. */
  stream<O extends keyof OperationsOf<A> & string>(
    operation: O,
    input: InputFor<OperationsOf<A>[O]>,
    options?: CallOptions,
  ): AsyncGenerator<ClientStreamEvent, void>;
  /** A drop-in `fetch`, to hand to any SDK that takes one. */
  readonly fetch: ClientFetch;
  /** Lets nothing more out: calls that wait are rejected, those on their way come to their end. */
  close(): void;
}

/**
 * @example
 * const client = createClient<typeof mavera>(wire, { apiKey, baseUrl: "https://app.mavera.io/api/v1" });
 * const openai = new OpenAI({ apiKey, baseURL: "https://app.mavera.io/api/v1", fetch: client.fetch });
 */
export function createClient<A extends AnyApi = AnyApi>(
  wire: AnyWire | undefined,
  options: ClientOptions,
): Client<A> {
  const client = settingsFrom(wire, options);
  return {
    call: (operation, input, own = {}) => callOnce(operation, input as CallInput, own, client),
    stream: (operation, input, own = {}) => streamOf(operation, input as CallInput, own, client),
    fetch: createFetch(client),
    close: () => client.lane.close(),
  } as Client<A>;
}

async function callOnce(
  operation: string,
  input: CallInput,
  options: CallOptions,
  client: ClientSettings,
): Promise<unknown> {
  const call = callFor(operation, input, options, client, "text");
  const settle = client.spending?.begin(operation);
  if (client.spending !== undefined && settle === undefined) {
    const why = [`${client.spending.left} credits are left to spend`];
    const failure = refusedHere(client.wire, "poor", undefined);
    throw errorOf(call, { failure, attempts: 0, why, retryAfterMs: undefined }, client);
  }
  let body: unknown;
  try {
    const ended = await perform(call, client);
    if (ended.kind === "given_up") throw errorOf(call, ended, client);
    const { text } = ended;
    body = text === "" ? null : parsed(text);
  } finally {
    settle?.(body);
  }
  return body ?? undefined;
}

async function* streamOf(
  operation: string,
  input: CallInput,
  options: CallOptions,
  client: ClientSettings,
): AsyncGenerator<ClientStreamEvent, void> {
  const call = callFor(operation, input, options, client, "stream");
  const ended = await perform(call, client);
  if (ended.kind === "given_up") throw errorOf(call, ended, client);
  yield* eventsOf(call, ended, client);
}

const RECEIVED_MAX = 65_536;

async function* eventsOf(
  call: LogicalCall,
  delivered: Delivered,
  client: ClientSettings,
): AsyncGenerator<ClientStreamEvent, void> {
  let received = "";
  for await (const event of readEvents(delivered, client)) {
    if ("failure" in event) {
      const { failure } = event;
      const why = ["the stream had begun: what came is kept, and not asked for again"];
      const retryAfterMs = undefined;
      throw errorOf(
        call,
        { failure, attempts: delivered.attempts, why, retryAfterMs, received },
        client,
      );
    }
    if (event.data === undefined || event.data === "[DONE]") continue;
    if (received.length < RECEIVED_MAX) received += `${event.data}\n`;
    yield { name: event.name, data: parsed(event.data) };
  }
}

function callFor(
  operation: string,
  input: CallInput,
  options: CallOptions,
  client: ClientSettings,
  reads: LogicalCall["reads"],
): LogicalCall {
  const { wire, baseUrl } = client;
  if (wire === undefined) throw new TypeError("call needs a contract; without one use fetch");
  const built = buildRequest(wire, operation, input);
  const given: Record<string, string> = { accept: reads === "text" ? "application/json" : "*/*" };
  if (built.body !== undefined) given["content-type"] = "application/json";
  if (options.idempotencyKey !== undefined) given["idempotency-key"] = options.idempotencyKey;
  const { headers, canRepeat } = makeRepeatable(
    built.method,
    given,
    operation,
    wire,
    client.newKey,
  );
  const url = baseUrl + built.target;
  return {
    operation,
    method: built.method,
    url,
    isOwn: true,
    headers: client.withKey(headers, url),
    body: built.body,
    parameters: input,
    canRepeat,
    attemptsMax: client.attemptsMax,
    priority: options.priority ?? "normal",
    totalMs: options.totalMs ?? client.deadline.totalMs,
    reads,
    signal: options.signal,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
