// Bytes as text, and streams of them read whole within a bound: nothing that arrives may decide how much memory it takes.

/** All bytes of a stream, or undefined as soon as there are more than `bytesMax`; then the rest is cancelled. */
export async function readBytes(
  stream: ReadableStream<Uint8Array> | null,
  bytesMax: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream?.getReader();
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > bytesMax) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
  return joinBytes(chunks);
}

/** One after the other, copied. */
export function joinBytes(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** Two digits a byte. */
export function toHex(bytes: Uint8Array): string {
  let hex = "";
  for (let at = 0; at < bytes.length; at++) hex += PAIRS[bytes[at] as number];
  return hex;
}

/** A whole number below 2^32 as eight digits. */
export function wordToHex(word: number): string {
  return (
    (PAIRS[word >>> 24] as string) +
    (PAIRS[(word >>> 16) & 0xff] as string) +
    (PAIRS[(word >>> 8) & 0xff] as string) +
    (PAIRS[word & 0xff] as string)
  );
}

const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);
