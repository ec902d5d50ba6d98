// What a caller sees of an answer, byte by byte, less what each hop writes for itself.

import { type IncomingMessage, request } from "node:http";
import { isSteadyHeader } from "./steady.ts";

export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Bytes, one a character. */
  readonly body?: string | undefined;
}

export interface Seen {
  readonly status: number;
  /** `name: value` as written, by name; lines of one name are one list (RFC 9110 §5.3), cookies apart. */
  readonly headers: readonly string[];
  /** Bytes, one a character. */
  readonly body: string;
  /** Whether the connection broke before the answer's end. */
  readonly isBroken: boolean;
}

/** Sends the request on a connection of its own, and reads the answer until its end. */
export async function see(url: string, asked: Asked): Promise<Seen> {
  const { response, body, isBroken } = await exchange(url, asked);
  const lines = new Map<string, string>();
  for (let i = 0; i + 1 < response.rawHeaders.length; i += 2) {
    const name = response.rawHeaders[i] ?? "";
    const value = response.rawHeaders[i + 1] ?? "";
    if (!isSteadyHeader("memory", name)) continue;
    const before = lines.get(name);
    const between = name.toLowerCase() === "set-cookie" ? "\n" : ", ";
    lines.set(name, before === undefined ? value : `${before}${between}${value}`);
  }
  return {
    status: response.statusCode ?? 0,
    headers: [...lines].map(([name, value]) => `${name}: ${value}`).sort(),
    body: body.toString("latin1"),
    isBroken,
  };
}

export function headerOf({ headers }: Seen, name: string): string | undefined {
  const start = `${name.toLowerCase()}: `;
  return headers.find((line) => line.toLowerCase().startsWith(start))?.slice(start.length);
}

interface Exchanged {
  readonly response: IncomingMessage;
  readonly body: Buffer;
  readonly isBroken: boolean;
}

function exchange(url: string, { method, path, headers, body }: Asked): Promise<Exchanged> {
  const bytes = body === undefined ? undefined : Buffer.from(body, "latin1");
  const lines = headers.flatMap((header) => [...header]);
  if (bytes !== undefined) lines.push("Content-Length", String(bytes.length));
  return new Promise((resolve, reject) => {
    const { host, hostname, port } = new URL(url);
    const options = {
      hostname,
      port,
      method,
      path,
      headers: ["Host", host, ...lines],
      agent: false,
    };
    const outgoing = request(options, (response) => {
      const pieces: Buffer[] = [];
      const end = (isBroken: boolean) =>
        resolve({ response, body: Buffer.concat(pieces), isBroken });
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.once("end", () => end(false));
      response.once("error", () => end(true));
    });
    outgoing.once("error", reject);
    outgoing.end(bytes);
  });
}
