/**
 * The first event of a stream, looked at before anybody else sees it: one that says that the call failed is a failure
 * like any other, and the call can still be sent again, since nothing has been handed on. And the last one: whoever takes the
 * beginning of a stream for the whole does not know it.
 */
import { type Completion, ERROR_EVENT, isEventStreamType } from "../contract/index.ts";
import { Ending, endedEarly } from "./ending.ts";
import type { Failure } from "./failure/failure.ts";
import { readEventFailure } from "./failure/read-failure.ts";
import type { ClientSettings } from "./settings.ts";
import type { TransportAnswer } from "./transport/transport.ts";

export function isEventStream(answer: TransportAnswer): boolean {
  return isEventStreamType(answer.header("content-type") ?? "");
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
 * @param inTime what bounds the wait for each further piece.
 */
export async function openStream(
  answer: TransportAnswer,
  { wire }: Pick<ClientSettings, "wire">,
  completion: Completion | undefined,
  inTime: <T>(piece: Promise<T>) => Promise<T>,
): Promise<TransportAnswer | FailedAtOnce> {
  const reader = answer.stream?.getReader();
  if (reader === undefined) return answer;
  const ending = new Ending(completion);
  const pieces: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    const [first] = ending.read(value);
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
        const { done, value } = await inTime(reader.read());
        if (!done) {
          if (!ending.isReached) ending.read(value);
          controller.enqueue(value);
        } else if (ending.isReached) controller.close();
        else controller.error(endedEarly());
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return { ...answer, stream, text: undefined };
}
