/** The border to whatever does the work: a port with two translations, typed handlers and a web `fetch` handler. */
import type { Awaitable } from "../../base/index.ts";
import type { AnyApi, Api, InputFor, Refusal } from "../../contract/index.ts";
import type { ByteSource, Call, PassedBody, Upgrade } from "../call.ts";
import type { Caller } from "../keys/identity.ts";

/** What the gate hands on: checked input, and the caller as data. */
export interface Work {
  /** The call as its adapter made it, with the caller's key: for upstreams that are reached through it (`routes`). */
  readonly call: Call;
  readonly operation: string;
  readonly method: string;
  /** After the base path, as the caller wrote it. */
  readonly path: string;
  /** With the question mark; empty where there is none. */
  readonly search: string;
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly bodyBytes: Uint8Array | undefined;
  /** The body unread, where the operation passes it on. */
  readonly passedBody: PassedBody | undefined;
  /**
   * The caller's offer to upgrade, where the operation allows it. An answer of 101 takes it up: its body is what the caller gets,
   * and what `bytes` gives is the caller's. Any other answer is one like any other.
   */
  readonly upgrade: Upgrade | undefined;
  /** Whether the answer must have come whole before it leaves, because its cost or a replay is read from it. */
  readonly needsWhole: boolean;
  readonly requestId: string;
  /** The caller's address, as far as the trusted hops tell it. */
  readonly address: string;
  /** The other end of the socket: the caller, or the last proxy on its way. */
  readonly peer: string;
  /** What the caller called us. */
  readonly host: string | undefined;
  readonly caller: Caller;
  /** Headers that may be passed on: neither keys nor the gate's own. */
  headers(): Iterable<readonly [string, string]>;
  /** Whether a header is one of the others, by its lower-case name. */
  hides(name: string): boolean;
  /** Aborts when the caller leaves or the deadline passes; where a job may be started, at the deadline only. */
  readonly signal: AbortSignal;
  /** The same for whoever needs no signal, which is dear to make; returns the way to stop listening. */
  onAbort(listener: (reason: unknown) => void): () => void;
}

/** An upstream's answer as it came. Status 400 and above goes through the folding rules. */
export interface WorkDone {
  readonly status: number;
  /** A flat list: name, value, name, value. */
  readonly headers: readonly string[];
  /** What comes piece by piece: server-sent events, from operations that declare them, or a long answer. */
  readonly body: string | Uint8Array | ReadableStream<Uint8Array> | ByteSource;
  /** Bytes of a body that comes piece by piece, where that is known. */
  readonly length?: number;
  /** What the body says, for whoever has it before it is written as JSON: then nobody need read it again. */
  readonly value?: unknown;
}

/** A body whose bytes are still to come. */
export type Pieces = Extract<WorkDone["body"], { cancel: unknown }>;

/** Whether the answer's bytes are still to come. */
export function isPieces(body: WorkDone["body"]): body is Pieces {
  return typeof body === "object" && body !== null && "cancel" in body;
}

export interface Upstream {
  /** Does the work. What it throws is a fault: 500, and nothing of it is shown. */
  run(work: Work): Awaitable<WorkDone | Refusal>;
  /**
   * Answers what the work will cost, and does nothing: credits, or an answer that says them where the
   * operation's price points.
   */
  quote(work: Work): Awaitable<number | WorkDone | Refusal>;
}

/** What a handler receives. */
export interface HandlerContext {
  readonly caller: Caller;
  readonly requestId: string;
  readonly signal: AbortSignal;
}

/** What `reply` sends along. Known by identity to *respond*, which need not look through it. */
export const JSON_HEADERS: readonly string[] = ["Content-Type", "application/json"];

/** A handler's answer: a JSON body. */
export function reply(body: unknown, status = 200): WorkDone {
  return { status, headers: JSON_HEADERS, body: JSON.stringify(body), value: body };
}

type Handler<Input> = (input: Input, context: HandlerContext) => Awaitable<WorkDone | Refusal>;

interface QuotedHandler<Input> {
  run: Handler<Input>;
  quote(input: Input, context: HandlerContext): Awaitable<number | Refusal>;
}

/**
 * A handler for each operation that the gate does not answer by itself; one whose price is a quote comes with
 * its `quote`.
 */
export type Handlers<A extends AnyApi> =
  A extends Api<infer _W, infer S>
    ? {
        readonly [O in keyof S["operations"] as S["operations"][O] extends {
          readonly answeredBy: "gate";
        }
          ? never
          : O]: S["operations"][O] extends {
          readonly price: { readonly kind: "quote" };
        }
          ? QuotedHandler<InputFor<S["operations"][O]>>
          : Handler<InputFor<S["operations"][O]>>;
      }
    : never;

type AnyHandler = Handler<{ params: unknown; query: unknown; body: unknown }>;
type AnyHandlers = Readonly<Record<string, AnyHandler | QuotedHandler<unknown>>>;

/**
 * An upstream of typed functions in this process.
 *
 * @example
 * const upstream = handlers(api, { hello: ({ query }) => reply({ hello: query.name }) });
 */
export function handlers<A extends AnyApi>(_api: A, table: Handlers<A>): Upstream {
  const byName = table as unknown as AnyHandlers;
  return {
    run(work) {
      const handler = byName[work.operation];
      if (handler === undefined) throw new Error(`no handler for ${work.operation}`);
      return typeof handler === "function" ? handler(work, work) : handler.run(work, work);
    },
    quote(work) {
      const handler = byName[work.operation];
      if (handler === undefined || typeof handler === "function") {
        throw new Error(`no quote for ${work.operation}`);
      }
      return handler.quote(work, work);
    },
  };
}
