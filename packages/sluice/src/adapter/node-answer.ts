/** An `Answer` on its way out as a `ServerResponse`: whole, with its length, or as a stream. */
import type { ServerResponse } from "node:http";
import { type Answer, isAnswerStream, STATUS_ABANDONED, STATUS_UPGRADED } from "../gate/index.ts";
import { sendStream } from "./node-stream.ts";

/** RFC 9110 §5.5: what a value may have beside characters of ASCII. */
const BEYOND_ASCII = /[\x80-\xff]/;

/** @param mustClose whether the connection cannot be used again. */
export function sendAnswer(response: ServerResponse, answer: Answer, mustClose: boolean): void {
  if (mustClose) response.shouldKeepAlive = false;
  try {
    write(response, answer);
  } catch {
    // The gate lets no answer out that cannot be written; should one come all the same, it costs one
    // connection, not the process.
    abandon(response, answer);
  }
}

function write(response: ServerResponse, answer: Answer): void {
  const { status, headers, body } = answer;
  if (status === STATUS_ABANDONED || response.destroyed) {
    abandon(response, answer);
    return;
  }
  const isStream = isAnswerStream(body);
  if (status === STATUS_UPGRADED && isStream) {
    headers.push("Connection", "Upgrade", "Upgrade", "websocket");
    response.writeHead(status, headers);
    // Node lets a response of this status have no body: what follows is none.
    sendStream(response, body, response.req.socket);
    return;
  }
  if (status === 204 || status === 304 || (isStream && response.req.method === "HEAD")) {
    if (isStream) body.cancel();
    response.writeHead(status, headers).end();
    return;
  }
  if (isStream) {
    if (body.length !== undefined) headers.push("Content-Length", String(body.length));
    response.writeHead(status, headers);
    sendStream(response, body);
    return;
  }
  const length = Buffer.byteLength(body);
  headers.push("Content-Length", String(length));
  response.writeHead(status, headers);
  if (typeof body !== "string") response.end(body);
  // Node writes a head together with text, and headers are bytes: where both are one byte a character, so is what is written.
  else if (length === body.length) response.end(body, "latin1");
  else response.end(hasBytes(headers) ? Buffer.from(body) : body);
}

function hasBytes(headers: readonly string[]): boolean {
  for (let i = 1; i < headers.length; i += 2) if (BEYOND_ASCII.test(headers[i] ?? "")) return true;
  return false;
}

function abandon(response: ServerResponse, { body }: Answer): void {
  response.destroy();
  if (isAnswerStream(body)) body.cancel();
}
