/** What a `ServerResponse` is told, in every form that Node takes it in. */
import type { ServerResponse } from "node:http";

export type Callback = () => void;

export function callbackIn(told: readonly unknown[]): Callback | undefined {
  const callback = told.find((one) => typeof one === "function");
  return callback as Callback | undefined;
}

export function bytesOf(chunk: unknown, encoding: unknown): Uint8Array {
  if (typeof chunk !== "string") return chunk as Uint8Array;
  return Buffer.from(chunk, typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8");
}

/** Text stays text where it leaves in UTF-8, as nearly always. */
export function contentOf(chunk: string | Uint8Array, encoding: unknown): string | Uint8Array {
  const isOther = typeof encoding === "string" && encoding !== "utf8" && encoding !== "utf-8";
  return isOther ? bytesOf(chunk, encoding) : chunk;
}

type Pair = readonly [name: string, value: string | readonly string[]];

/** The headers that `writeHead` is given: an object, a flat list, or a list of pairs. */
export function headerPairs(headers: unknown): readonly Pair[] {
  if (typeof headers !== "object" || headers === null) return [];
  if (!Array.isArray(headers)) return Object.entries(headers).map(pairOf);
  if (headers.length === 0 || Array.isArray(headers[0])) return headers.map(pairOf);
  const pairs: Pair[] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) pairs.push(pairOf([headers[i], headers[i + 1]]));
  return pairs;
}

function pairOf([name, value]: readonly [unknown, unknown]): Pair {
  return [String(name), Array.isArray(value) ? value.map(String) : String(value)];
}

/** What was set, as a flat list: a name that has several values comes several times. */
export function flatHeaders(response: ServerResponse): string[] {
  const headers: string[] = [];
  for (const name of response.getHeaderNames()) {
    const value = response.getHeader(name) ?? "";
    for (const one of Array.isArray(value) ? value : [value]) headers.push(name, String(one));
  }
  return headers;
}
