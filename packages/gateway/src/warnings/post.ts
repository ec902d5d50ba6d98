// One attempt to hand a warning over, through our own client: bounded in time and in what is read, never redirected.

import type { Clock, Random } from "sluice/base";
import {
  type Client,
  createClient,
  isApiError,
  type UndiciLike,
  undiciTransport,
} from "sluice/client";
import { Agent, request } from "undici";
import { publicLookup, type Resolve, receiverComplaint } from "./receivers.ts";

/** What came of an attempt: an answer's status, or why there was none. */
export interface Posted {
  readonly status: number | undefined;
  /** In a few words: nothing of what the receiver said. */
  readonly error: string | undefined;
  /** How long it wants not to be asked again. */
  readonly retryAfterMs: number | undefined;
  readonly durationMs: number;
}

export interface Post {
  (url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Posted>;
  /** Ends what is under way. */
  close(): Promise<void>;
}

export interface PostOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Whether receivers may be in our own network, and without TLS. */
  readonly allowPrivate: boolean;
  /** @default the system's */
  readonly resolve?: Resolve;
}

/** For the connection, the answer and all. */
export const POST_TIMEOUT_MS = 10_000;
const HEADER_BYTES_MAX = 16_384;

export function createPost({ clock, random, allowPrivate, resolve }: PostOptions): Post {
  const agent = new Agent({
    connect: {
      timeout: POST_TIMEOUT_MS,
      ...(!allowPrivate && { lookup: publicLookup(resolve) as never }),
    },
    // One request each: a receiver hears from us a few times a month.
    pipelining: 0,
    maxHeaderSize: HEADER_BYTES_MAX,
  });
  const post = async (url: string, headers: Readonly<Record<string, string>>, body: string) => {
    const complaint = receiverComplaint(url, allowPrivate);
    if (complaint !== undefined) return failed(`not sent: ${complaint}`, 0);
    let thrown: unknown;
    const send = (...[to, options]: Parameters<UndiciLike["request"]>) =>
      request(to, { ...options, dispatcher: agent } as never).catch((error: unknown) => {
        // The client's own error shows no cause.
        thrown = error;
        throw error;
      });
    const client = clientOver({ request: send as never }, clock, random);
    const startedMs = clock.monotonicMs();
    const tookMs = () => clock.monotonicMs() - startedMs;
    try {
      const sent = { "content-type": "application/json", "user-agent": "sluice", ...headers };
      const answer = await client.fetch(url, { method: "POST", headers: sent, body });
      // What it says beside its status is of no interest, however long it is.
      await answer.body?.cancel().catch(() => undefined);
      const retryAfterMs = retryAfterOf(answer, clock.wallMs());
      return { status: answer.status, error: undefined, retryAfterMs, durationMs: tookMs() };
    } catch (error) {
      const isLate = isApiError(error) && error.code === "timeout";
      return failed(isLate ? LATE : wordsFor(thrown), tookMs());
    }
  };
  return Object.assign(post, {
    close: () => agent.destroy(),
  });
}

function clientOver(undici: UndiciLike, clock: Clock, random: Random): Client {
  return createClient(undefined, {
    // Receivers are no API of ours: no key is ever added, since none of them is below this address.
    apiKey: "none-of-ours",
    baseUrl: "https://receivers.invalid",
    transport: undiciTransport(undici),
    // Tried again by a schedule of hours, which outlives this process.
    attempts: 1,
    deadline: { totalMs: POST_TIMEOUT_MS, attemptMs: POST_TIMEOUT_MS },
    ...{ breaker: false, budget: false, pacing: false, clock, random },
    onEvent: () => undefined,
  });
}

function failed(error: string, durationMs: number): Posted {
  return { status: undefined, error, retryAfterMs: undefined, durationMs };
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function retryAfterOf({ headers }: Response, nowMs: number): number | undefined {
  const text = headers.get("retry-after")?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const atMs = text === "" ? Number.NaN : Date.parse(text);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection broke off",
  ENOTFOUND: "its name was not found",
  EAI_AGAIN: "its name could not be looked up",
  ERECEIVERNOTPUBLIC: "not sent: its name stands for no address of the public internet",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time",
  UND_ERR_SOCKET: "the connection broke off",
  UND_ERR_HEADERS_OVERFLOW: "its answer's headers are too long",
};
const LATE = `no answer within ${POST_TIMEOUT_MS / 1_000} s`;
const CHAIN_MAX = 8;

/** Our own words, by code: messages may repeat what the receiver sent. */
function wordsFor(error: unknown): string {
  let link: unknown = error;
  for (let depth = 0; depth < CHAIN_MAX && link instanceof Error; depth++) {
    const { code } = link as { readonly code?: unknown };
    if (typeof code === "string" && code in REASONS) return REASONS[code] as string;
    if (typeof code === "string" && /CERT|^UNABLE_TO_/.test(code)) {
      return "its certificate cannot be trusted";
    }
    if (link.name === "HTTPParserError") return "its answer is no HTTP";
    link = link.cause ?? (link instanceof AggregateError ? link.errors[0] : undefined);
  }
  return "the connection failed";
}
