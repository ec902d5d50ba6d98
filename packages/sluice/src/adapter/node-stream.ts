/**
 * A body that comes piece by piece, on a `ServerResponse`: each piece leaves as soon as it is there, the next one
 * is asked for only while the connection takes more, and a caller who goes ends it.
 */
import type { ServerResponse } from "node:http";
import type { Writable } from "node:stream";
import type { AnswerStream } from "../gate/index.ts";
import { onDeparture } from "./node-departure.ts";

const NOTHING = new Uint8Array(0);

/**
 * Sends the head, which is written already, and then whatever comes.
 * @param sink where it goes. @default the response
 */
export function sendStream(
  response: ServerResponse,
  body: AnswerStream,
  sink: Writable = response,
): void {
  // The caller learns at once that events will come, however long the first one takes. `flushHeaders` would write them in
  // UTF-8, and headers are bytes; but where another protocol follows, nothing else writes them.
  if (sink === response) response.write(NOTHING);
  else response.flushHeaders();
  // A connection stands still while a request's body is not read, and would not tell that its caller has gone.
  response.req.resume();
  // A stream never rejects; should one do so all the same, it costs one connection, not the process.
  pump(response, body, sink).catch(() => response.destroy());
}

async function pump(response: ServerResponse, body: AnswerStream, sink: Writable): Promise<void> {
  let goOn = () => {};
  let isGone = false;
  const onDrain = () => goOn();
  const stopListening = onDeparture(response, () => {
    isGone = true;
    response.off("drain", onDrain);
    body.cancel();
    goOn();
  });
  response.on("drain", onDrain);
  while (!isGone) {
    const piece = await body.next();
    if (isGone) return;
    if (piece === undefined) {
      stopListening();
      response.off("drain", onDrain);
      if (body.broken) response.destroy();
      else sink.end();
      return;
    }
    if (sink.write(piece)) continue;
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
  }
}
