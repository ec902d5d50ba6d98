/** An `Answer` as a web `Response`. */
import { type Answer, isAnswerStream } from "../gate/index.ts";
import { bodyOf } from "./answer-body.ts";

export function responseFrom(answer: Answer, method: string): Response {
  const { status, headers, body } = answer;
  const length = isAnswerStream(body) ? body.length : undefined;
  if (length !== undefined) headers.push("Content-Length", String(length));
  return new Response(bodyOf(answer, method), { status, headers: headersInit(headers) });
}

/** A plain record is what servers turn into bytes fastest; names that repeat need the list. */
function headersInit(headers: readonly string[]): Record<string, string> | [string, string][] {
  const record: Record<string, string> = {};
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i] ?? "";
    if (record[name] !== undefined || isSetCookie(name)) return headerPairs(headers);
    record[name] = headers[i + 1] ?? "";
  }
  return record;
}

/** The one header that servers send several times and nobody may join. */
function isSetCookie(name: string): boolean {
  return name.length === 10 && name.toLowerCase() === "set-cookie";
}

function headerPairs(headers: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) {
    pairs.push([headers[i] ?? "", headers[i + 1] ?? ""]);
  }
  return pairs;
}
