// The head of an upstream's answer as undici hands it over: what goes on, what belongs to this hop, and what is for us.

import type { IncomingHttpHeaders } from "node:http";

export interface AnswerHead {
  readonly status: number;
  /** A flat list of lower-case name and value; several of one name joined, but for cookies. */
  readonly headers: string[];
  /** Bytes of the body, where it said. */
  readonly length: number | undefined;
  readonly type: string;
}

/** RFC 9110 §7.6.1: of one connection only, and so are those that `Connection` names. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authentication-info",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  // Each hop writes its own framing.
  "content-length",
]);

export function readHead(status: number, received: IncomingHttpHeaders): AnswerHead {
  const headers: string[] = [];
  const named = namesIn(received.connection);
  for (const name in received) {
    if (HOP_BY_HOP.has(name) || named?.has(name)) continue;
    const value = received[name];
    if (typeof value === "string") headers.push(name, trimmed(value));
    else if (value !== undefined) pushSeveral(headers, name, value.map(trimmed));
  }
  const length = received["content-length"];
  return {
    status,
    headers,
    length: length === undefined ? undefined : Number(length),
    type: String(received["content-type"] ?? ""),
  };
}

/** Fields that follow the body; framing and what belongs to the hop have no place there (RFC 9110 §6.5.1). */
export function readTrailers(received: IncomingHttpHeaders): string[] {
  return readHead(0, received).headers;
}

/** What a `Connection` header names beside itself. */
export function namesIn(connection: string | undefined): ReadonlySet<string> | undefined {
  if (connection === undefined || connection === "keep-alive" || connection === "close") {
    return undefined;
  }
  return new Set(connection.split(",").map((name) => name.trim().toLowerCase()));
}

/** The parser leaves the space behind a value, which is no part of it (RFC 9110 §5.5). */
function trimmed(value: string): string {
  let end = value.length;
  while (end > 0 && isSpace(value.charCodeAt(end - 1))) end--;
  return end === value.length ? value : value.slice(0, end);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** A cookie has commas of its own (RFC 9110 §5.3). */
function pushSeveral(headers: string[], name: string, values: readonly string[]): void {
  if (name !== "set-cookie") headers.push(name, values.join(", "));
  else for (const value of values) headers.push(name, value);
}

export function headerIn(headers: readonly string[], name: string): string | undefined {
  for (let i = 0; i + 1 < headers.length; i += 2) {
    if (headers[i] === name) return headers[i + 1];
  }
  return undefined;
}
