/** Bytes that are no HTTP request, and the answer to them, read by hand. */
import { connect as connectPlain } from "node:net";
import { connect as connectSecure } from "node:tls";
import type { CheckAnswer } from "./exchange.ts";

export function sendRaw(
  url: URL,
  bytes: string,
  timeoutMs: number,
  answerBytesMax: number,
): Promise<CheckAnswer> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isSecure = url.protocol === "https:";
  const port = Number(url.port || (isSecure ? 443 : 80));
  const socket = isSecure
    ? connectSecure({ host, port, servername: host })
    : connectPlain({ host, port });
  return new Promise((resolve, reject) => {
    let text = "";
    const end = (reason: string): void => {
      clearTimeout(timer);
      socket.destroy();
      const answer = answerIn(text);
      if (answer === undefined) reject(new Error(text === "" ? reason : "bytes that are no HTTP"));
      else resolve(answer);
    };
    const timer = setTimeout(() => end(`none within ${timeoutMs} ms`), timeoutMs);
    socket.setEncoding("latin1");
    socket.on("data", (data: string) => {
      text += data;
      if (text.length > answerBytesMax || isWhole(text)) end("");
    });
    socket.on("error", (error) => end(error.message));
    socket.on("close", () => end("the connection was closed"));
    socket.write(bytes);
  });
}

function isWhole(text: string): boolean {
  const headEnd = text.indexOf("\r\n\r\n");
  if (headEnd < 0) return false;
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, headEnd)) ?? [];
  return length !== undefined && text.length >= headEnd + 4 + Number(length);
}

function answerIn(text: string): CheckAnswer | undefined {
  const headEnd = text.indexOf("\r\n\r\n");
  const [, status] = /^HTTP\/1\.[01] (\d{3})/.exec(text) ?? [];
  if (status === undefined || headEnd < 0) return undefined;
  const headers = text
    .slice(0, headEnd)
    .split("\r\n")
    .slice(1)
    .flatMap((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    });
  const body = Buffer.from(text.slice(headEnd + 4), "latin1").toString();
  return { status: Number(status), headers, body };
}
