/** The client of an API: typed calls, a drop-in `fetch`, and one set of policies under both. */
import type {
  AnyApi,
  AnyWire,
  Api,
  InputOf,
  OutputOf,
  ServerOperation,
} from "../contract/index.ts";
import type { LogicalCall } from "./call/logical-call.ts";
import type { CallInput } from "./call/request.ts";
import type { Settle } from "./call/spending.ts";
import { createTypedCalls } from "./call/typed-call.ts";
import { perform } from "./client.ts";
import type { ApiError } from "./errors/api-error.ts";
import { errorOf } from "./errors/error-of.ts";
import { refusedHere } from "./failure/refused-here.ts";
import { asAnswer, asError, type ClientFetch, createFetch } from "./fetch.ts";
import type { Priority } from "./policy/queue-line.ts";
import { type ClientOptions, type ClientSettings, settingsFrom } from "./settings.ts";
import { eventsOrThrow } from "./stream.ts";

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
  /**
   * The same, but a refusal is thrown, as the `ApiError` that `call` throws, and a body that breaks off ends in one. For
   * hosts that hand on what their `fetch` throws (the Vercel AI SDK, axios, ky): their own retries go by statuses, and see
   * none.
   */
  readonly fetchOrThrow: ClientFetch;
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
  const calls = createTypedCalls(client);
  return {
    call: (operation, input, own = NOTHING_OWN) =>
      promised(() => callOnce(calls(operation, input as CallInput, own, "text"), client)),
    stream: (operation, input, own = NOTHING_OWN) =>
      streamOf(() => calls(operation, input as CallInput, own, "events"), client),
    fetch: createFetch(client, asAnswer),
    fetchOrThrow: createFetch(client, asError),
    close: () => client.lane.close(),
  } as Client<A>;
}

const NOTHING_OWN: CallOptions = {};

/** What is wrong with a call is a rejection like all that goes wrong later. */
function promised<T>(begin: () => Promise<T>): Promise<T> {
  try {
    return begin();
  } catch (error) {
    return Promise.reject(error);
  }
}

function callOnce(call: LogicalCall, client: ClientSettings): Promise<unknown> {
  const settle = client.spending?.begin(call.operation);
  if (client.spending !== undefined && settle === undefined) throw tooPoor(call, client);
  // No `await` here: what is under way for long should take little memory.
  const performed = perform(call, client).then((ended) => {
    if (ended.kind === "given_up") throw errorOf(call, ended, client);
    return ended.text === "" ? undefined : parsed(ended.text);
  });
  return settle === undefined ? performed : settled(performed, settle);
}

async function settled(performed: Promise<unknown>, settle: Settle): Promise<unknown> {
  let paidFor: unknown;
  try {
    const body = await performed;
    paidFor = body ?? null;
    return body;
  } finally {
    settle(paidFor);
  }
}

function tooPoor(call: LogicalCall, client: ClientSettings): ApiError {
  const why = [`${client.spending?.left} credits are left to spend`];
  const failure = refusedHere(client.wire, "poor", undefined);
  return errorOf(call, { failure, attempts: 0, why, retryAfterMs: undefined }, client);
}

async function* streamOf(
  make: () => LogicalCall,
  client: ClientSettings,
): AsyncGenerator<ClientStreamEvent, void> {
  const call = make();
  const ended = await perform(call, client);
  if (ended.kind === "given_up") throw errorOf(call, ended, client);
  for await (const { name, data } of eventsOrThrow(call, ended, client)) {
    if (data !== undefined && data !== "[DONE]") yield { name, data: parsed(data) };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
