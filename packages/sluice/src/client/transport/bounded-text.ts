/** A body as text, and no more of it than anybody needs: what arrives must not decide how much memory it takes. */
import { type TransportAnswer, untouched } from "./transport.ts";

/** The text's beginning; what comes after `bytesMax` is not read. */
export async function boundedText(answer: TransportAnswer, bytesMax: number): Promise<string> {
  if (answer.text !== undefined) return answer.text(bytesMax);
  const response = isShort(answer, bytesMax) ? untouched(answer) : undefined;
  if (response !== undefined) return response.text();
  const reader = answer.stream?.getReader();
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

/** Known beforehand; of a body that is packed, the length says nothing of what comes out of it. */
function isShort({ header }: TransportAnswer, bytesMax: number): boolean {
  const length = header("content-length");
  return length !== null && Number(length) <= bytesMax && header("content-encoding") === null;
}
