/** An answer's body for hosts that hand on what is thrown: what breaks it off is our error, in place of a word of the wire. */
import type { LogicalCall } from "./call/logical-call.ts";
import type { Delivered } from "./ended.ts";
import { failureOfThrown } from "./failure/connection-failure.ts";
import { isEventStream } from "./first-event.ts";
import type { ClientSettings } from "./settings.ts";
import { brokenOff, eventsOrThrow } from "./stream.ts";

/** The same bytes, of a stream of events event by event; without the event that says that it failed. */
export function bodyOrThrow(
  call: LogicalCall,
  delivered: Delivered,
  client: ClientSettings,
): ReadableStream<Uint8Array> | null {
  const { answer } = delivered;
  if (answer.stream === null) return null;
  const pieces = isEventStream(answer)
    ? bytesOfEvents(call, delivered, client)
    : piecesOf(answer.stream, call, delivered, client);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await pieces.return();
      },
    },
    { highWaterMark: 0 },
  );
}

async function* bytesOfEvents(
  call: LogicalCall,
  delivered: Delivered,
  client: ClientSettings,
): AsyncGenerator<Uint8Array, void> {
  for await (const { bytes } of eventsOrThrow(call, delivered, client)) yield bytes;
}

async function* piecesOf(
  stream: ReadableStream<Uint8Array>,
  call: LogicalCall,
  delivered: Delivered,
  client: ClientSettings,
): AsyncGenerator<Uint8Array, void> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    throw brokenOff(failureOfThrown(error, client.secret), call, delivered, client, "");
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
