/** One request over node:http as it is written: no redirect is followed, and nothing read beyond its bound. */
import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import type { CheckAnswer, CheckBody, Send } from "./exchange.ts";
import { sendRaw } from "./send-raw.ts";

export interface SendSettings {
  /** Where the contract's base path begins. */
  readonly url: URL;
  /** @default 10,000 */
  readonly timeoutMs?: number;
  /** @default 1 MiB; what comes behind it is not read */
  readonly answerBytesMax?: number;
}

export interface Sender {
  readonly send: Send;
  close(): void;
}

const TIMEOUT_MS = 10_000;
const ANSWER_BYTES_MAX = 1_048_576;
const CHUNK_BYTES = 65_536;
/** Whoever refuses a body by its declared length does so before it comes. */
const DECLARED_WAIT_MS = 1_500;

export function openSender({
  url,
  timeoutMs = TIMEOUT_MS,
  answerBytesMax = ANSWER_BYTES_MAX,
}: SendSettings): Sender {
  const isSecure = url.protocol === "https:";
  const agent = isSecure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const ask = isSecure ? httpsRequest : httpRequest;
  const mount = url.pathname.replace(/\/$/, "");
  const send: Send = (request) =>
    new Promise((resolve, reject) => {
      if (request.raw !== undefined) {
        sendRaw(url, request.raw(mount + request.target), timeoutMs, answerBytesMax).then(
          resolve,
          reject,
        );
        return;
      }
      const asked = ask({
        ...{ protocol: url.protocol, hostname: url.hostname.replace(/^\[|\]$/g, "") },
        port: url.port || (isSecure ? 443 : 80),
        ...{ method: request.method, path: `${mount}${request.target}`, agent },
        headers: {
          Accept: "*/*",
          "User-Agent": "sluice-check",
          ...request.headers,
          ...lengthOf(request.body),
        },
      });
      const timer = setTimeout(
        () => asked.destroy(new Error(`none within ${timeoutMs} ms`)),
        timeoutMs,
      );
      let answered = false;
      asked.on("response", (response) => {
        answered = true;
        read(response, answerBytesMax).then(
          (answer) => {
            clearTimeout(timer);
            // What is still to be sent has been refused.
            if (!asked.writableFinished) asked.destroy();
            resolve(answer);
          },
          (error: unknown) => {
            clearTimeout(timer);
            reject(error);
          },
        );
      });
      asked.on("error", (error) => {
        // An answer that came before a cut-off connection is an answer.
        if (answered) return;
        clearTimeout(timer);
        reject(error);
      });
      sendBody(asked, request.body, () => answered);
    });
  return { send, close: () => agent.destroy() };
}

/** The status of a page's head. A host of documents may lead on to where the page is; no key goes with it. */
export async function askPage(url: string): Promise<number> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(url, { method: "HEAD", redirect: "follow", signal });
  return response.status;
}

function lengthOf(body: CheckBody | undefined): Readonly<Record<string, string>> {
  if (body === undefined) return {};
  if (body.kind === "text") return { "Content-Length": String(Buffer.byteLength(body.text)) };
  if (body.isDeclared) return { "Content-Length": String(body.bytes) };
  return { "Transfer-Encoding": "chunked" };
}

function sendBody(
  asked: ClientRequest,
  body: CheckBody | undefined,
  isAnswered: () => boolean,
): void {
  if (body === undefined) asked.end();
  else if (body.kind === "text") asked.end(body.text);
  else if (body.isDeclared) {
    asked.flushHeaders();
    setTimeout(() => stream(asked, body.bytes, isAnswered), DECLARED_WAIT_MS).unref();
  } else stream(asked, body.bytes, isAnswered);
}

function stream(asked: ClientRequest, bytes: number, isAnswered: () => boolean): void {
  let left = bytes;
  const more = (): void => {
    while (left > 0) {
      if (isAnswered() || asked.destroyed) return;
      // Spaces: a body that is nothing but too long.
      const chunk = Buffer.alloc(Math.min(left, CHUNK_BYTES), 0x20);
      left -= chunk.length;
      if (!asked.write(chunk)) {
        asked.once("drain", more);
        return;
      }
    }
    asked.end();
  };
  more();
}

async function read(response: IncomingMessage, bytesMax: number): Promise<CheckAnswer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let flaw: string | undefined;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > bytesMax) {
        flaw = `more than ${bytesMax} bytes`;
        break;
      }
      chunks.push(chunk);
    }
  } catch (error) {
    flaw = `cut off: ${error instanceof Error ? error.message : error}`;
  }
  const raw = Buffer.concat(chunks);
  const decoded = decode(raw, response.headers["content-encoding"]);
  const found = flaw ?? decoded.flaw;
  return {
    status: response.statusCode ?? 0,
    headers: response.rawHeaders,
    body: decoded.text,
    ...(found !== undefined && { flaw: found }),
  };
}

function decode(raw: Buffer, encoding = "identity"): { text: string; flaw?: string } {
  if (raw.length === 0 || encoding === "identity") return { text: raw.toString() };
  const bound = { maxOutputLength: ANSWER_BYTES_MAX * 8 };
  try {
    if (encoding === "gzip") return { text: gunzipSync(raw, bound).toString() };
    if (encoding === "br") return { text: brotliDecompressSync(raw, bound).toString() };
    if (encoding === "deflate") return { text: inflateSync(raw, bound).toString() };
    return { text: "", flaw: `Content-Encoding: ${encoding}, which nobody asked for` };
  } catch {
    return { text: "", flaw: `a body that is not ${encoding}, as Content-Encoding says` };
  }
}
