/** What comes piece by piece, whatever form it came in: web streams are read as sources of bytes. */
import { assert } from "../../base/index.ts";
import { isEventStreamType } from "../../contract/index.ts";
import type { ByteSource } from "../call.ts";
import type { Pieces } from "../upstream/upstream.ts";

export function sourceOf(body: Pieces): ByteSource {
  if (!("getReader" in body)) return body;
  assert(!body.locked, "somebody else reads the stream already");
  const reader = body.getReader();
  return {
    async next() {
      const { value } = await reader.read();
      return value;
    },
    cancel(reason) {
      // Whether its source hears of it is its own affair.
      void reader.cancel(reason).catch(() => undefined);
    },
  };
}

/** What was read of a stream before it was known to be long, and then the rest of it. */
export function continued(first: readonly Uint8Array[], rest: ByteSource): ByteSource {
  const waiting = [...first];
  return {
    async next() {
      return waiting.shift() ?? rest.next();
    },
    cancel(reason) {
      waiting.length = 0;
      rest.cancel(reason);
    },
    get trailers() {
      return rest.trailers ?? [];
    },
  };
}

/** Whether an answer says that it is server-sent events; its headers as a flat list. */
export function isEventStream(headers: readonly string[]): boolean {
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const isType = headers[i]?.toLowerCase() === "content-type";
    if (isType) return isEventStreamType(headers[i + 1] ?? "");
  }
  return false;
}
