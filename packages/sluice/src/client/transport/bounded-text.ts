/** A body as text, and no more of it than anybody needs: what arrives must not decide how much memory it takes. */
import type { TransportAnswer } from "./transport.ts";

/** The text's beginning; what comes after `bytesMax` is not read. */
export async function boundedText({ stream }: TransportAnswer, bytesMax: number): Promise<string> {
  const reader = stream?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let length = 0; reader !== undefined && length < bytesMax; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.length;
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel().catch(() => undefined);
  return text.slice(0, bytesMax);
}
