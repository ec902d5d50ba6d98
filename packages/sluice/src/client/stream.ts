/**
 * An answer that streams, on the caller's side: an error event is a failure like any other, a stream that stands still
 * too long is broken off, and what was received is kept.
 */
import { type Completion, ERROR_EVENT, type StreamEvent } from "../contract/index.ts";
import type { Delivered } from "./ended.ts";
import { Ending, endedEarly } from "./ending.ts";
import { failureOfThrown } from "./failure/connection-failure.ts";
import type { Failure } from "./failure/failure.ts";
import { readEventFailure } from "./failure/read-failure.ts";
import type { ClientSettings } from "./settings.ts";

export class ChunkTimeout extends Error {
  override readonly name = "TimeoutError";
}

/** Each event as it comes; the last thing may be a failure. */
export async function* readEvents(
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

/** A server that says nothing for so long will say nothing more. */
async function withinChunkTime<T>(
  read: Promise<T>,
  abort: Delivered["abort"],
  { wheel, deadline }: ClientSettings,
): Promise<T> {
  const timer = wheel.after(deadline.chunkMs, () =>
    abort(new ChunkTimeout(`nothing came for ${deadline.chunkMs} ms`)),
  );
  try {
    return await read;
  } finally {
    timer.cancel();
  }
}
