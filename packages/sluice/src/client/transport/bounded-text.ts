/** A body as text, and no more of it than anybody needs: what arrives must not decide how much memory it takes. */
import { type TransportAnswer, untouched } from "./transport.ts";

/** The text's beginning; what comes after `bytesMax` is not read. */
export async function boundedText(answer: TransportAnswer, bytesMax: number): Promise<string> {
  const text = isShort(answer, bytesMax) ? quick(answer) : undefined;
  if (text !== undefined) return text;
  const reader = answer.stream?.getReader();
  const decoder = new TextDecoder();
  let read = "";
  for (let length = 0; reader !== undefined && length < bytesMax; ) {
    const { done, value } = await reader.read();
    if (done) return read + decoder.decode();
    length += value.length;
    read += decoder.decode(value, { stream: true });
  }
  await reader?.cancel().catch(() => undefined);
  return read.slice(0, bytesMax);
}

function quick(answer: TransportAnswer): Promise<string> | undefined {
  return untouched(answer)?.text() ?? answer.text?.();
}

/** Known beforehand; of a body that is packed, the length says nothing of what comes out of it. */
function isShort({ header }: TransportAnswer, bytesMax: number): boolean {
  const length = header("content-length");
  return length !== null && Number(length) <= bytesMax && header("content-encoding") === null;
}
