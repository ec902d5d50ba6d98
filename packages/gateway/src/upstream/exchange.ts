// One request to an upstream and its answer: undici's handler, written by hand, without streams. A short answer is handed
// over whole; a long one, or one of which nobody knows how long it will be, as it comes. However it ends, it ends once.

import type { IncomingHttpHeaders } from "node:http";
import type { Duplex } from "node:stream";
import { isEventStreamType } from "sluice";
import { atEndOfTurn } from "sluice/base";
import { type PassedBody, STATUS_UPGRADED, type Upgrade } from "sluice/gate";
import { type Client, type Dispatcher, errors } from "undici";
import { type AnswerHead, readHead, readTrailers } from "./answer-head.ts";
import { ArrivingBody, type BodyOrigin } from "./arriving-body.ts";
import type { Connections, Passenger } from "./connections.ts";
import type { QuietWatch, Watched } from "./quiet-watch.ts";
import { RequestBody } from "./request-body.ts";
import { Tunnel } from "./tunnel.ts";
import { UpstreamFailure } from "./upstream-failure.ts";
import { wholeBody } from "./whole-body.ts";

export interface OutgoingRequest {
  readonly method: string;
  /** Path and query as they go on the request line. */
  readonly target: string;
  /** A flat list; framing is left to undici, but for the length of a body that is passed on. */
  readonly headers: string[];
  readonly body: Uint8Array | PassedBody | undefined;
  /** Another protocol that the caller offers to speak. */
  readonly upgrade?: Upgrade | undefined;
}

/** How an answer is to be taken, and how long silence may last. */
export interface Reception {
  /** What may be handed on before it is whole: streams of events only, whatever went well, or everything. */
  readonly passes: "events" | "ok" | "all";
  /** Until the answer's head; infinity where somebody else keeps the time. */
  readonly headTicksMax: number;
  readonly idleTicksMax: number;
}

export interface Arrival extends AnswerHead {
  readonly body: string | Uint8Array | ArrivingBody;
  /** Of an answer that came whole. */
  readonly trailers: readonly string[];
}

/** Up to here an answer is collected where it need not be. */
const COLLECTED_BYTES_MAX = 65_536;
/** A larger answer that must be whole is a fault. */
const WHOLE_BYTES_MAX = 16 * 1_048_576;

/** RFC 9110 §9.2.2: doing it twice is like doing it once. */
const IDEMPOTENT: ReadonlySet<string> = new Set([
  "GET",
  "HEAD",
  "OPTIONS",
  "PUT",
  "DELETE",
  "TRACE",
]);

const NO_TRAILERS: readonly string[] = [];

export class Exchange implements Dispatcher.DispatchHandler, Passenger, Watched, BodyOrigin {
  readonly arrival: Promise<Arrival>;
  watchIndex = -1;
  quietTicks = 0;
  quietTicksMax: number;
  readonly #request: OutgoingRequest;
  readonly #reception: Reception;
  readonly #connections: Connections;
  readonly #watch: QuietWatch;
  readonly #body: RequestBody | undefined;
  #resolve: (arrival: Arrival) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  #client: Client | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #head: AnswerHead | undefined;
  /** What has come of an answer that is collected; afterwards the source that it is handed on by. */
  #chunks: Buffer[] = [];
  #bytes = 0;
  #source: ArrivingBody | undefined;
  #retried = false;
  #over = false;
  /** Why nobody waits for it any more. */
  #abandoned: { readonly reason: unknown } | undefined;

  constructor(
    request: OutgoingRequest,
    reception: Reception,
    connections: Connections,
    watch: QuietWatch,
  ) {
    this.#request = request;
    this.#reception = reception;
    this.#connections = connections;
    this.#watch = watch;
    this.quietTicksMax = reception.headTicksMax;
    const { body } = request;
    if (body !== undefined && "next" in body) {
      this.#body = new RequestBody(body);
      this.quietTicksMax = Math.min(reception.headTicksMax, reception.idleTicksMax);
    }
    this.arrival = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    watch.add(this);
    try {
      connections.take(this);
    } catch (error) {
      this.#end(error);
    }
  }

  board(client: Client): void {
    this.#client = client;
    const { method, target, headers, body, upgrade } = this.#request;
    // Not in undici's types, but in its code: what can be iterated is read as fast as the socket takes it.
    const sent = (this.#body ?? body ?? null) as Uint8Array | null;
    const protocol = upgrade?.protocol ?? null;
    client.dispatch({ method, path: target, headers, body: sent, upgrade: protocol }, this);
  }

  /** Nobody wants the answer, or what is left of it: the upstream's socket is closed at once. */
  abandon(reason: unknown): void {
    if (this.#over || this.#abandoned !== undefined) return;
    this.#abandoned = { reason };
    if (this.#controller !== undefined) this.#controller.abort(asError(reason));
    else if (this.#connections.leave(this)) this.#end(reason);
    // While it connects nothing can be taken back; nobody need wait for that.
    else this.#reject(reason);
  }

  resume(): void {
    this.quietTicks = 0;
    this.#controller?.resume();
  }

  onQuiet(): void {
    this.quietTicks = 0;
    if (this.#source?.isHeld || this.#body?.isAsked) return;
    const silence = new Error("nothing came for too long");
    this.abandon(new UpstreamFailure(this.#phase, silence));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Thrown here, nothing is sent and the connection stays as it is.
    if (this.#abandoned !== undefined) throw asError(this.#abandoned.reason);
    this.#controller = controller;
  }

  onBodySent(): void {
    this.quietTicks = 0;
  }

  /** Whoever has taken all of a body may think about it. */
  onRequestSent(): void {
    this.quietTicks = 0;
    if (this.#head === undefined) this.quietTicksMax = this.#reception.headTicksMax;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    // Interim answers are of this hop (RFC 9110 §15.2).
    if (status < 200) return;
    const head = readHead(status, headers);
    this.#head = head;
    const { passes, idleTicksMax } = this.#reception;
    const isOk = status < 300;
    const isEvents = isEventStreamType(head.type);
    this.quietTicks = 0;
    this.quietTicksMax = isEvents ? Number.POSITIVE_INFINITY : idleTicksMax;
    if (this.#request.method === "HEAD" || status === 204 || status === 304) return;
    const mayPass = passes === "all" || (isOk && (passes === "ok" || isEvents));
    if (!mayPass) return;
    if (isEvents || (head.length ?? 0) > COLLECTED_BYTES_MAX) this.#handOn();
    // Most answers of unknown length are all there in the turn in which they begin.
    else if (head.length === undefined) atEndOfTurn(() => this.#handOn());
  }

  /** undici has let go of the socket. What is thrown closes it, and comes back as an error. */
  onRequestUpgrade(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
    socket: Duplex,
  ): void {
    if (this.#abandoned !== undefined) throw asError(this.#abandoned.reason);
    const { upgrade } = this.#request;
    const isTaken = status === STATUS_UPGRADED && upgrade !== undefined;
    if (!isTaken || headers.upgrade?.toLowerCase() !== upgrade.protocol) {
      throw new Error("it speaks what nobody asked for");
    }
    const client = this.#client;
    const { body } = new Tunnel(socket, {
      fromCaller: upgrade.bytes,
      watch: this.#watch,
      quietTicksMax: this.#reception.idleTicksMax,
      onClose: () => client && this.#connections.release(client),
    });
    const head = readHead(status, headers);
    this.#resolve({ ...head, length: undefined, body, trailers: NO_TRAILERS });
    this.#finish();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.quietTicks = 0;
    if (this.#source !== undefined) {
      if (!this.#source.push(chunk)) controller.pause();
      return;
    }
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes <= WHOLE_BYTES_MAX) return;
    this.abandon(new Error(`the upstream's answer has more than ${WHOLE_BYTES_MAX} bytes`));
  }

  onResponseEnd(_controller: Dispatcher.DispatchController, trailers: IncomingHttpHeaders): void {
    const after = isEmpty(trailers) ? NO_TRAILERS : readTrailers(trailers);
    const head = this.#head;
    if (this.#source !== undefined) this.#source.end(after);
    else if (head !== undefined) {
      this.#resolve({ ...head, body: wholeBody(head.type, this.#chunks), trailers: after });
    }
    this.#finish();
    if (this.#client !== undefined) this.#connections.release(this.#client);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#over) return;
    const client = this.#client;
    const isNew = this.#controller === undefined;
    const isBug =
      error instanceof errors.InvalidArgumentError || error instanceof errors.NotSupportedError;
    if (isNew && !isBug && !this.#retried && this.#abandoned === undefined) {
      this.#retried = IDEMPOTENT.has(this.#request.method);
      if (this.#retried && client !== undefined) {
        // The client is in the middle of telling, and takes nothing new until it has.
        queueMicrotask(() => this.board(client));
        return;
      }
    }
    if (this.#abandoned !== undefined) this.#end(this.#abandoned.reason);
    else if (isBug) this.#end(error);
    else this.#end(this.#body?.failure ?? new UpstreamFailure(this.#phase, error));
    if (client !== undefined) queueMicrotask(() => this.#connections.release(client));
  }

  /** From here on whoever waits takes what comes as it comes. */
  #handOn(): void {
    const head = this.#head;
    if (this.#over || this.#source !== undefined || head === undefined) return;
    const source = new ArrivingBody(this);
    this.#source = source;
    for (const chunk of this.#chunks) if (!source.push(chunk)) this.#controller?.pause();
    this.#chunks = [];
    this.#resolve({ ...head, body: source, trailers: NO_TRAILERS });
  }

  get #phase(): "connect" | "head" | "body" {
    if (this.#controller === undefined) return "connect";
    return this.#head === undefined ? "head" : "body";
  }

  #end(error: unknown): void {
    this.#finish();
    if (this.#source !== undefined) this.#source.fail(error);
    else this.#reject(error);
  }

  #finish(): void {
    this.#over = true;
    this.#chunks = [];
    this.#watch.delete(this);
    this.#body?.stop();
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

function isEmpty(object: object): boolean {
  for (const _ in object) return false;
  return true;
}
