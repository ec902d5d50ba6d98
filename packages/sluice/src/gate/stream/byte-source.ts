/** What comes piece by piece, whatever form it came in: web streams are read as sources of bytes. */
import { assert } from "../../base/index.ts";
import { headerIn, isEventStreamType } from "../../contract/index.ts";
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

const encoder = new TextEncoder();

/** What is there already, in the form of what comes piece by piece. */
export function sourceOfOne(body: string | Uint8Array): ByteSource {
  const bytes = typeof body === "string" ? encoder.encode(body) : body;
  let rest: Uint8Array | undefined = bytes.length === 0 ? undefined : bytes;
  return {
    async next() {
      const piece = rest;
      rest = undefined;
      return piece;
    },
    cancel() {
      rest = undefined;
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
  return isEventStreamType(headerIn(headers, "content-type") ?? "");
}
