/** A library that is compared: how it sends a call, and what it is told beforehand. */
import type { Rate } from "./rate-servers.ts";

export type AnyFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

export interface Call {
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
}

export interface Needs {
  readonly fetch: AnyFetch;
  /** For those that have a deadline of their own; each has its default otherwise. */
  readonly deadlineMs?: number;
  /** For those that must be told the server's limit. */
  readonly rate?: Rate;
  /** For those that queue: how many run at once, and how many more may wait. */
  readonly room?: { readonly running: number; readonly waiting: number };
}

export interface Sender {
  /** Resolves once the answer has been read; rejects with whatever the library's user gets to see. */
  send(call: Call): Promise<unknown>;
  close?(): void;
}

export interface Peer {
  readonly name: string;
  readonly isOurs?: boolean;
  /** A floor or a ceiling, and no library. */
  readonly isBound?: boolean;
  /** Compared with ours of the same league. @default one for the whole table */
  readonly league?: string;
  /** What it knows of the server's limit. */
  readonly knows: "nothing" | "the headers" | "the limit" | "limit and headers";
  /** Whether calls wait in it for others to end. */
  readonly hasQueue?: boolean;
  /** What was changed of its defaults, by hand: printed beside what it reached. */
  readonly tuning?: Readonly<Record<string, unknown>>;
  open(needs: Needs): Sender | Promise<Sender>;
}

export const BASE = "https://api.acme.test/v1";
export const KEY = `mvra_live_${"canary7".repeat(5).slice(0, 32)}`;

/** Of the call that all rows make. */
export const PATHS = { GET: "/workspaces", POST: "/responses" } as const;

export function urlOf({ method }: Call): string {
  return BASE + PATHS[method];
}

/** What is sent by hand, with the key; a body where the method has one. */
export function initOf({ method, headers }: Call): RequestInit {
  return {
    method,
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json", ...headers },
    ...(method === "POST" && { body: "{}" }),
  };
}

/** What one throws by hand for an answer that is no success. */
export class AnswerError extends Error {
  readonly status: number;
  /** What `Retry-After` said. */
  readonly toldMs: number | undefined;

  constructor({ status, headers }: Response) {
    super(`HTTP ${status}`);
    this.status = status;
    const said = headers.get("retry-after") ?? "";
    const ms = /^\d+$/.test(said) ? Number(said) * 1_000 : Date.parse(said) - Date.now();
    this.toldMs = ms >= 0 ? ms : undefined;
  }
}

/** What one writes around a `fetch`: an answer that is no success is an error. */
export async function readWhole(response: Response): Promise<string> {
  const text = await response.text();
  if (!response.ok) throw new AnswerError(response);
  return text;
}

/** For tuning by hand: no answer at all, or one that says to come back. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof AnswerError)) return error instanceof Error && "cause" in error;
  return [408, 429, 500, 502, 503, 504].includes(error.status);
}

/** For tuning by hand: whoever wrote the server has thought of a call that comes twice. */
export function mayRepeat({ method, headers }: Call): boolean {
  return method === "GET" || headers["idempotency-key"] !== undefined;
}

/** For tuning by hand: what the server said, or full jitter below what doubles. */
export function waitMs(error: unknown, failures: number): number {
  const toldMs = error instanceof AnswerError ? error.toldMs : undefined;
  return toldMs ?? Math.random() * Math.min(8_000, 500 * 2 ** (failures - 1));
}
