/**
 * The first event of a stream, looked at before anybody else sees it: one that says that the call failed is a failure
 * like any other, and the call can still be sent again, since nothing has been handed on. And the last one: whoever takes the
 * beginning of a stream for the whole does not know it.
 */
import {
  type Completion,
  ERROR_EVENT,
  EVENT_BYTES_MAX,
  EventSplitter,
  isCompletion,
  type StreamEvent,
} from "../contract/index.ts";
import type { Failure } from "./failure/failure.ts";
import { readEventFailure } from "./failure/read-failure.ts";
import type { ClientSettings } from "./settings.ts";
import type { TransportAnswer } from "./transport/transport.ts";

export function isEventStream(answer: TransportAnswer): boolean {
  return /^text\/event-stream\s*(;|$)/i.test(answer.header("content-type") ?? "");
}

/** A stream that began with its error: why, and the event's data. */
export interface FailedAtOnce {
  readonly failure: Failure;
  readonly data: string;
}

/** Turned away before any work: a first event that says so proves it. */
const AT_THE_DOOR = /overload|rate_limit/;

/**
 * The same answer, with a stream that begins where this one began; or why it is none.
 * @param completion the event that ends it, where the contract says: one that ends without it breaks off.
 */
export async function openStream(
  answer: TransportAnswer,
  { wire }: Pick<ClientSettings, "wire">,
  completion: Completion | undefined,
): Promise<TransportAnswer | FailedAtOnce> {
  const reader = answer.stream?.getReader();
  if (reader === undefined) return answer;
  const ending = new Ending(completion);
  const pieces: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    const [first] = ending.pass(value);
    if (first === undefined) continue;
    if (first.name !== ERROR_EVENT) break;
    await reader.cancel().catch(() => undefined);
    const data = first.data ?? "";
    const failure = readEventFailure(data, wire, answer.header);
    const isAtTheDoor = AT_THE_DOOR.test(`${failure.code} ${failure.type}`);
    return { failure: isAtTheDoor ? { ...failure, processed: "no" } : failure, data };
  }
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const kept = pieces.shift();
        if (kept !== undefined) {
          controller.enqueue(kept);
          return;
        }
        const { done, value } = await reader.read();
        if (!done) {
          ending.pass(value);
          controller.enqueue(value);
        } else if (ending.isReached) controller.close();
        else controller.error(new Error("terminated: the stream ended without its last event"));
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return { ...answer, stream, text: undefined };
}

/** Whether the event has come that says that nothing is missing; an error says so, too. */
class Ending {
  readonly #completion: Completion | undefined;
  readonly #splitter = new EventSplitter(EVENT_BYTES_MAX);
  isReached: boolean;
  #hasBegun = false;

  constructor(completion: Completion | undefined) {
    this.#completion = completion;
    // Without a contract nobody knows how a stream ends.
    this.isReached = completion === undefined;
  }

  /** The events that are whole with this piece; none once there is nothing to be known. */
  pass(piece: Uint8Array): readonly StreamEvent[] {
    if (this.#hasBegun && this.isReached) return [];
    const events = this.#splitter.push(piece);
    this.#hasBegun ||= events.length > 0;
    for (const event of events) {
      const isLast = this.#completion !== undefined && isCompletion(this.#completion, event);
      this.isReached ||= isLast || event.name === ERROR_EVENT;
    }
    return events;
  }
}
