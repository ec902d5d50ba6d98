/** The body of an `Answer` as a web `Response` takes it. */
import { type Answer, type AnswerStream, isAnswerStream } from "../gate/index.ts";

/** `null` where HTTP allows no body: then a stream ends before it begins. */
export function bodyOf(
  { status, headers, body }: Answer,
  method: string,
): string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null {
  const isBodiless = method === "HEAD" || status === 204 || status === 304;
  if (isAnswerStream(body)) {
    if (!isBodiless) return readable(body);
    body.cancel();
    return null;
  }
  return isBodiless ? null : contentOf(body, headers);
}

/** Nothing is read before it is asked for: a piece that waits here would be one that the caller does not see. */
function readable(body: AnswerStream): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(controller) {
        const piece = await body.next();
        if (piece !== undefined) controller.enqueue(piece);
        else if (body.broken) controller.error(new Error("the answer broke off"));
        else controller.close();
      },
      cancel: () => body.cancel(),
    },
    { highWaterMark: 0 },
  );
}

const TYPE = "content-type";

/** Text that has no type must go as bytes: `Response` would give it one. */
function contentOf(
  body: string | Uint8Array,
  headers: readonly string[],
): string | Uint8Array<ArrayBuffer> {
  if (typeof body !== "string") return Uint8Array.from(body);
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? "";
    if (name.length === TYPE.length && name.toLowerCase() === TYPE) return body;
  }
  return new TextEncoder().encode(body);
}
