/** An answer that is read before anybody else sees it: one that is cut in its middle can then still be asked for again. */
import type { TransportAnswer } from "./transport/transport.ts";

/** What comes behind is handed on as it comes. */
const HELD_BYTES_MAX = 1_048_576;

/** Whether it is one document, of which a part is of no use to anybody. */
export function isJson(answer: TransportAnswer): boolean {
  return /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(answer.header("content-type") ?? "");
}

/** The same answer, whose body has come, or as much of it as anybody keeps. Rejects where it breaks off before. */
export async function heldBody(answer: TransportAnswer): Promise<TransportAnswer> {
  const reader = answer.stream?.getReader();
  if (reader === undefined) return answer;
  const pieces: Uint8Array[] = [];
  for (let length = 0; length < HELD_BYTES_MAX; ) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    length += value.length;
  }
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // Behind its end a reader says again that it is the end.
        const value = pieces.shift() ?? (await reader.read()).value;
        if (value === undefined) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return { ...answer, stream, text: undefined };
}
