/**
 * An answer that streams, on its way from the upstream to the caller: each event is passed on as it came, the
 * completion event only once the call is settled. However it ends (well, by a failure, at the deadline, or because
 * the caller leaves), it ends once.
 */
import { assert } from "../../base/index.ts";
import {
  COST_COMMENT,
  ERROR_EVENT,
  EVENT_BYTES_MAX,
  EventSplitter,
  type EventStream,
  isCompletion,
  isRefusal,
  type Refusal,
  refuse,
  type StreamEvent,
  writeEvent,
} from "../../contract/index.ts";
import type { AnswerStream } from "../call.ts";
import type { Ending } from "../steps/respond.ts";
import { DeadlineError } from "../upstream/running.ts";
import type { Streaming, Visit } from "../visit.ts";
import { Meter } from "./meter.ts";

/** What is left of the order when the events have come. */
export interface RestOfTheOrder {
  /** Charges `visit.metered`. */
  settle(): Promise<Ending>;
  /** Gives back what is still taken and writes the row; the body of the error event, where there must be one. */
  end(ending: Ending): Promise<string | undefined>;
  /** What an upstream's own `error` event comes to. */
  fold(data: string | undefined): Refusal;
  /** What was thrown is told to the operator. */
  fault(error: unknown): Refusal;
}

export class Relay implements AnswerStream {
  readonly #visit: Visit;
  readonly #stream: Streaming;
  readonly #rest: RestOfTheOrder;
  readonly #completion: EventStream["completion"];
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #splitter = new EventSplitter(EVENT_BYTES_MAX);
  readonly #meter: Meter;
  readonly #waiting: StreamEvent[] = [];
  /** Whether any event has left, the completion event may leave, and the ledger is being asked. */
  #began = false;
  #completed = false;
  #settling = false;
  /** Once it is over: the last piece, taken by whoever asks first. */
  #over: Promise<Uint8Array | undefined> | undefined;
  readonly #onAbort = () => this.#stop();

  constructor(visit: Visit, stream: Streaming, rest: RestOfTheOrder) {
    const declared = visit.settled.wire.stream;
    assert(declared !== undefined, "only an operation that declares a stream can have one");
    this.#visit = visit;
    this.#stream = stream;
    this.#rest = rest;
    this.#completion = declared.completion;
    this.#reader = stream.body.getReader();
    this.#meter = new Meter(visit.settled.server.price, visit.hold?.amount ?? 0);
    const { signal } = stream.running.work;
    stream.running.keepDeadline();
    if (signal.aborted) this.#stop();
    else signal.addEventListener("abort", this.#onAbort);
  }

  async next(): Promise<Uint8Array | undefined> {
    while (this.#over === undefined) {
      const piece = await this.#step();
      if (piece !== undefined) return piece;
    }
    const last = this.#over;
    this.#over = Promise.resolve(undefined);
    return last;
  }

  cancel(): void {
    if (!this.#settling) void this.#finish(this.#completed ? "done" : "abandoned");
  }

  /** One event, or one read; undefined where nothing came of it. */
  async #step(): Promise<Uint8Array | undefined> {
    try {
      const event = this.#waiting.shift();
      if (event !== undefined) return await this.#take(event);
      const { done, value } = await this.#reader.read();
      // The deadline may have come meanwhile, or the caller may have gone.
      if (this.#over !== undefined) return undefined;
      if (value !== undefined) this.#waiting.push(...this.#splitter.push(value));
      if (done) {
        assert(this.#completed, "the stream ended without its completion event");
        await this.#finish("done");
      }
    } catch (error) {
      if (this.#over === undefined) {
        await this.#finish(this.#completed ? "done" : this.#rest.fault(error));
      }
    }
    return undefined;
  }

  async #take(event: StreamEvent): Promise<Uint8Array | undefined> {
    this.#meter.note(event);
    if (event.name === ERROR_EVENT) {
      await this.#finish(this.#rest.fold(event.data));
      return undefined;
    }
    const completes = !this.#completed && isCompletion(this.#completion, event);
    if (completes && !(await this.#settle())) return undefined;
    const bytes = withoutCosts(event);
    if (bytes !== undefined) this.#began = true;
    return bytes;
  }

  /** Whether the completion event may leave. Neither the clock nor the caller can end it in between. */
  async #settle(): Promise<boolean> {
    this.#settling = true;
    this.#visit.metered = this.#meter.whole;
    const settled = await this.#rest.settle();
    this.#settling = false;
    if (isRefusal(settled)) {
      await this.#finish(settled);
      return false;
    }
    this.#completed = true;
    if (this.#stream.running.work.signal.aborted) await this.#finish("done");
    return true;
  }

  /** The work's signal: its deadline has come, or the caller has gone. */
  #stop(): void {
    if (this.#settling) return;
    if (this.#completed) {
      void this.#finish("done");
      return;
    }
    const isLate = this.#stream.running.work.signal.reason instanceof DeadlineError;
    void this.#finish(isLate ? refuse("upstream_timeout") : "abandoned");
  }

  #finish(ending: Ending): Promise<Uint8Array | undefined> {
    this.#over ??= this.#wrapUp(ending);
    return this.#over;
  }

  async #wrapUp(ending: Ending): Promise<Uint8Array | undefined> {
    const { running } = this.#stream;
    running.work.signal.removeEventListener("abort", this.#onAbort);
    running.close();
    this.#waiting.length = 0;
    // Its source must not go on for nobody; whether it hears of it is its own affair.
    void this.#reader.cancel(ending).catch(() => undefined);
    if (ending === "abandoned" && this.#began) {
      this.#visit.metered = this.#meter.soFar;
      await this.#rest.settle();
    }
    const body = await this.#rest.end(ending);
    return body === undefined ? undefined : writeEvent(ERROR_EVENT, body);
  }
}

const LINE_ENDS = [10, 13];
const COST_START = new TextEncoder().encode(`: ${COST_COMMENT} `);

/** What is told to the gate stays with it; undefined where nothing else was said. */
function withoutCosts({ bytes, name, data, comments }: StreamEvent): Uint8Array | undefined {
  const costs = comments.filter((comment) => comment.startsWith(`${COST_COMMENT} `)).length;
  if (costs === 0) return bytes;
  if (name === undefined && data === undefined && costs === comments.length) return undefined;
  const kept = bytes.slice();
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    const next = nextLine(bytes, at);
    if (!isCost(bytes, at)) {
      kept.set(bytes.subarray(at, next), length);
      length += next - at;
    }
    at = next;
  }
  return kept.subarray(0, length);
}

function nextLine(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && !LINE_ENDS.includes(bytes[at] ?? 0)) at++;
  return bytes[at] === 13 && bytes[at + 1] === 10 ? at + 2 : at + 1;
}

/** Written with a space behind the colon, as it is documented, or without. */
function isCost(bytes: Uint8Array, from: number): boolean {
  const skipped = bytes[from + 1] === 0x20 ? 0 : 1;
  if (bytes[from] !== COST_START[0]) return false;
  for (let i = 1 + skipped; i < COST_START.length; i++) {
    if (bytes[from + i - skipped] !== COST_START[i]) return false;
  }
  return true;
}
