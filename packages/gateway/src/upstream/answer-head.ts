// The head of an upstream's answer as undici hands it over: what goes on, what belongs to this hop, and what is for us.

import type { IncomingHttpHeaders } from "node:http";
import { HOP_BY_HOP, namedByConnection } from "sluice";

export interface AnswerHead {
  readonly status: number;
  /** A flat list of lower-case name and value; several of one name joined, but for cookies. */
  readonly headers: string[];
  /** Bytes of the body, where it said. */
  readonly length: number | undefined;
  readonly type: string;
}

export function readHead(status: number, received: IncomingHttpHeaders): AnswerHead {
  const headers: string[] = [];
  const named = namedByConnection(received.connection);
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
