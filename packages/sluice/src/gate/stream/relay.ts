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
  type StreamEvent,
  writeEvent,
} from "../../contract/index.ts";
import type { AnswerStream, ByteSource } from "../call.ts";
import type { Streaming, Visit } from "../visit.ts";
import { type RestOfTheOrder, StreamEnd } from "./stream-end.ts";

export class Relay implements AnswerStream {
  readonly #source: ByteSource;
  readonly #rest: RestOfTheOrder;
  readonly #end: StreamEnd;
  readonly #completion: EventStream["completion"];
  readonly #splitter = new EventSplitter(EVENT_BYTES_MAX);
  readonly #waiting: StreamEvent[] = [];
  /** Whether somebody has taken the error event, after which there is nothing. */
  #isTold = false;

  constructor(visit: Visit, stream: Streaming, rest: RestOfTheOrder) {
    const declared = visit.settled.wire.stream;
    assert(declared !== undefined, "only an operation that declares a stream can have one");
    this.#completion = declared.completion;
    this.#source = stream.source;
    this.#rest = rest;
    this.#end = new StreamEnd(visit, stream, rest);
  }

  async next(): Promise<Uint8Array | undefined> {
    while (this.#end.over === undefined) {
      const piece = await this.#step();
      if (piece !== undefined) return piece;
    }
    if (this.#isTold) return undefined;
    this.#isTold = true;
    const error = await this.#end.over;
    return error === undefined ? undefined : writeEvent(ERROR_EVENT, error);
  }

  cancel(): void {
    this.#end.leave();
  }

  /** One event, or one read; undefined where nothing came of it. */
  async #step(): Promise<Uint8Array | undefined> {
    try {
      const event = this.#waiting.shift();
      if (event !== undefined) return await this.#take(event);
      const piece = await this.#source.next();
      // The deadline may have come meanwhile, or the caller may have gone.
      if (this.#end.over !== undefined) return undefined;
      if (piece !== undefined) this.#waiting.push(...this.#splitter.push(piece));
      else {
        assert(this.#end.completed, "the stream ended without its completion event");
        await this.#end.finish("done");
      }
    } catch (error) {
      await this.#end.fail(error);
    }
    return undefined;
  }

  async #take(event: StreamEvent): Promise<Uint8Array | undefined> {
    const end = this.#end;
    end.meter.note(event);
    if (event.name === ERROR_EVENT) {
      await end.finish(this.#rest.fold(event.data));
      return undefined;
    }
    const completes = !end.completed && isCompletion(this.#completion, event);
    if (completes && !(await end.complete())) return undefined;
    const bytes = withoutCosts(event);
    if (bytes !== undefined) end.began = true;
    return bytes;
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
