/** A handler's answer as server-sent events, for operations that declare a stream. */
import { COST_COMMENT, writeEvent } from "../../contract/index.ts";
import type { WorkDone } from "./upstream.ts";

export interface ReplyEvent {
  /** @default none: readers take it for a `message` */
  readonly name?: string;
  /** Text as it is; anything else as JSON. */
  readonly data: unknown;
  /** Credits that the work has cost until now: what a caller pays who leaves after this event. Not passed on. */
  readonly costSoFar?: number;
}

const HEADERS: readonly string[] = [
  "Content-Type",
  "text/event-stream",
  "Cache-Control",
  "no-cache",
];

/**
 * Events are made one by one, as fast as the caller takes them. When the caller leaves, or the deadline passes,
 * the generator is ended where it stands: its `finally` runs.
 *
 * @example
 * async function* words(text: string) {
 *   for (const word of text.split(" ")) yield { name: "word", data: word };
 *   yield { name: "done", data: { credits: 3 } };
 * }
 * const upstream = handlers(api, { tell: ({ body }) => replyEvents(words(body.text)) });
 */
export function replyEvents(events: AsyncIterable<ReplyEvent>): WorkDone {
  const iterator = events[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(bytesOf(value));
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    // Nothing is made before it is asked for: what nobody hears need not be paid for.
    { highWaterMark: 0 },
  );
  return { status: 200, headers: HEADERS, body };
}

const encoder = new TextEncoder();

function bytesOf({ name, data, costSoFar }: ReplyEvent): Uint8Array {
  const event = writeEvent(name, typeof data === "string" ? data : JSON.stringify(data));
  if (costSoFar === undefined) return event;
  const cost = encoder.encode(`: ${COST_COMMENT} ${costSoFar}\n`);
  const whole = new Uint8Array(cost.length + event.length);
  whole.set(cost);
  whole.set(event, cost.length);
  return whole;
}
