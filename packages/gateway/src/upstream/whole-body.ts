// A body that has come whole: as text where it is text, since that is read and written soonest, and else as bytes.

import { isUtf8 } from "node:buffer";

const TEXT = /json|^text\//;
/** The first byte of a byte order mark, which no reader of JSON takes in a text. */
const MARK = 0xef;

/** Every byte stays as it is: what does not decode to the same bytes again is not decoded. */
export function wholeBody(type: string, chunks: readonly Buffer[]): string | Uint8Array {
  const [first, ...more] = chunks;
  if (first === undefined) return "";
  const bytes = more.length === 0 ? first : Buffer.concat(chunks);
  if (!TEXT.test(type) || bytes[0] === MARK || !isUtf8(bytes)) return bytes;
  return bytes.toString("utf8");
}
