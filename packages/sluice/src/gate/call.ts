/**
 * The small objects on both sides of the gate. A framework is translated to a `Call` and from an `Answer`; the
 * gate itself knows neither `Request` nor `IncomingMessage`, so nobody pays for the other's wrapping.
 */
import type { Awaitable } from "../base/index.ts";
import type { UpgradeProtocol } from "../contract/index.ts";

/** One request, as the gate sees it. */
export interface Call {
  readonly method: string;
  /** Path and query as on the request line, without the place where the API is mounted. */
  readonly target: string;
  /** The address of the socket's other end. */
  readonly address: string;
  /** The value of a header by its lower-case name; several of one name joined by ", ". */
  header(name: string): string | undefined;
  /** Every header, lower-case names; for the upstream. */
  headers(): Iterable<readonly [string, string]>;
  /** Reads the body once, up to a number of bytes. */
  readBody(bytesMax: number): Awaitable<BodyRead>;
  /** The body as it comes, in place of `readBody`, for operations that pass it on unread. */
  openBody(): PassedBody;
  /** Where the caller offers to upgrade the connection, and the adapter can; it changes with an answer of 101. @default none */
  readonly upgrade?: Upgrade | undefined;
  /** Whether the caller has gone. */
  readonly aborted: boolean;
  /** Calls back once when the caller goes; returns the way to stop listening. */
  onAbort(listener: () => void): () => void;
}

export type BodyRead =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "too_large" }
  | { readonly kind: "aborted" };

/** Bytes that come piece by piece: the next one is asked for when there is room for it. */
export interface ByteSource {
  /** The next piece; undefined at the end. Rejects where the source breaks off. One at a time. */
  next(): Promise<Uint8Array | undefined>;
  /** Nobody wants the rest: a `next` that waits ends, either way. Safe at any time, also twice. */
  cancel(reason?: unknown): void;
  /** What came behind the last piece: a flat list of lower-case name and value. @default none */
  readonly trailers?: readonly string[];
}

/** A request's body on its way to the upstream. */
export interface PassedBody extends ByteSource {
  /** Bytes, where the caller said how many will come. */
  readonly length: number | undefined;
}

/** Another protocol that a caller offers to speak on its connection (RFC 9110 §7.8). */
export interface Upgrade {
  readonly protocol: UpgradeProtocol;
  /** What the caller sends behind its request, in that protocol. */
  readonly bytes: ByteSource;
}

/** The status of an answer that takes up an offer: its body is what comes back in the other protocol, until its end. */
export const STATUS_UPGRADED = 101;

/** What to send back. */
export interface Answer {
  readonly status: number;
  /** A flat list: name, value, name, value. Without framing headers: the adapter adds its own. */
  readonly headers: string[];
  readonly body: string | Uint8Array | AnswerStream;
}

/**
 * A body that comes piece by piece. The adapter takes the next piece when the last one is on its way, sends each at
 * once, and never collects them.
 */
export interface AnswerStream {
  /** Bytes, where it is known how many will come. */
  readonly length?: number | undefined;
  /** Once it has ended: whether something is missing, so that the connection must break for the caller to know. */
  readonly broken?: boolean;
  /** The next piece; undefined at the end. Never rejects: among events, a failure is one like any other. */
  next(): Promise<Uint8Array | undefined>;
  /** The caller has gone. What was done until now is settled. Safe at any time, also twice. */
  cancel(): void;
}

export function isAnswerStream(body: Answer["body"]): body is AnswerStream {
  return typeof body === "object" && "next" in body;
}

/** An answer to a caller who has gone: logged, never sent. */
export const STATUS_ABANDONED = 499;
