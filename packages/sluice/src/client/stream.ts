/**
 * An answer that streams, on the caller's side: an error event is a failure like any other, a stream that stands still
 * too long is broken off, and what was received is kept.
 */
import { type Completion, ERROR_EVENT, type StreamEvent } from "../contract/index.ts";
import { completionOf, type LogicalCall } from "./call/logical-call.ts";
import { withinChunkTime } from "./chunk-time.ts";
import type { Delivered } from "./ended.ts";
import { Ending, endedEarly } from "./ending.ts";
import type { ApiError } from "./errors/api-error.ts";
import { errorOf } from "./errors/error-of.ts";
import { failureOfThrown } from "./failure/connection-failure.ts";
import type { Failure } from "./failure/failure.ts";
import { readEventFailure } from "./failure/read-failure.ts";
import type { ClientSettings } from "./settings.ts";

const RECEIVED_MAX = 65_536;

/** Each event as it comes; what breaks the stream is thrown, with what had come. */
export async function* eventsOrThrow(
  call: LogicalCall,
  delivered: Delivered,
  client: ClientSettings,
): AsyncGenerator<StreamEvent, void> {
  let received = "";
  for await (const event of readEvents(delivered, completionOf(call, client), client)) {
    if ("failure" in event) throw brokenOff(event.failure, call, delivered, client, received);
    const { data = "[DONE]" } = event;
    if (data !== "[DONE]" && received.length < RECEIVED_MAX) received += `${data}\n`;
    yield event;
  }
}

/** What a body ends with that broke off: our error, unless its caller has left, whose own reason it then is. */
export function brokenOff(
  failure: Failure,
  call: LogicalCall,
  { attempts }: Delivered,
  client: ClientSettings,
  received: string,
): ApiError {
  if (call.signal?.aborted) throw call.signal.reason;
  const why = ["the answer had begun: what came is kept, and not asked for again"];
  return errorOf(call, { failure, attempts, why, retryAfterMs: undefined, received }, client);
}

/** The last thing may be a failure. */
async function* readEvents(
  { answer, abort }: Delivered,
  completion: Completion | undefined,
  client: ClientSettings,
): AsyncGenerator<StreamEvent | { readonly failure: Failure }, void> {
  const ending = new Ending(completion);
  const reader = answer.stream?.getReader();
  try {
    while (reader !== undefined) {
      const { done, value } = await withinChunkTime(reader.read(), abort, client);
      if (done) {
        if (ending.isReached) return;
        throw endedEarly();
      }
      for (const event of ending.read(value)) {
        if (event.name !== ERROR_EVENT) {
          yield event;
          continue;
        }
        yield { failure: readEventFailure(event.data ?? "", client.wire, answer.header) };
        return;
      }
    }
  } catch (error) {
    yield { failure: { ...failureOfThrown(error, client.secret), source: "stream" } };
  } finally {
    await reader?.cancel().catch(() => undefined);
  }
}
