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
  /** What it knows of the server's limit. */
  readonly knows: "nothing" | "the headers" | "the limit" | "limit and headers";
  /** Whether calls wait in it for others to end. */
  readonly hasQueue?: boolean;
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

/** What one writes around a `fetch`: an answer that is no success is an error. */
export async function readWhole(response: Response): Promise<string> {
  const text = await response.text();
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return text;
}
