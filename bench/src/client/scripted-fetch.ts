/** A `fetch` that reaches a server by script, in virtual time: a way there, an answer, a way back. */
import { seededRandom, type VirtualClock } from "sluice/base";
import type { AnyFetch } from "./peer.ts";

export interface Arrival {
  readonly atMs: number;
  readonly method: string;
  readonly headers: Headers;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | ReadableStream<Uint8Array>;
  /** How long the server takes. @default nothing */
  readonly afterMs?: number;
  /** Thrown in place of an answer. */
  readonly throws?: Error;
}

export interface Scripted {
  readonly fetch: AnyFetch;
  readonly arrivals: readonly Arrival[];
}

/** A way takes so long at least, and up to so much longer. */
export const WAY_MS = 5;
export const JITTER_MS = 20;

export interface Ways {
  /** After which `fetch` itself gives up on an answer, as that of every platform does some time. */
  readonly timeoutMs?: number;
  readonly seed?: string;
}

/** What a server does about the arrival that is the so-manieth. */
export type Script = (arrival: Arrival, number: number) => Answer;

/** Every way takes 5 to 25 ms, by a seed: so calls overtake each other, for each library in the same way. */
export function scriptedFetch(
  clock: VirtualClock,
  script: Script,
  { timeoutMs = Number.POSITIVE_INFINITY, seed = "ways" }: Ways = {},
): Scripted {
  const random = seededRandom(seed);
  const wayMs = () => WAY_MS + random.float() * JITTER_MS;
  const arrivals: Arrival[] = [];
  const fetch: AnyFetch = async (input, init) => {
    const request = input instanceof Request ? input : undefined;
    const signal = init?.signal ?? request?.signal;
    const thereMs = wayMs();
    await clock.sleep(thereMs, signal);
    const arrival = {
      atMs: clock.monotonicMs(),
      method: init?.method ?? request?.method ?? "GET",
      headers: new Headers(init?.headers ?? request?.headers),
    };
    const given = script(arrival, arrivals.push(arrival));
    const backMs = (given.afterMs ?? 0) + wayMs();
    if (thereMs + backMs > timeoutMs) {
      await clock.sleep(timeoutMs - thereMs, signal);
      throw connectionFailure("UND_ERR_HEADERS_TIMEOUT");
    }
    await clock.sleep(backMs, signal);
    if (given.throws !== undefined) throw given.throws;
    return answer(given.status, given.headers, given.body);
  };
  return { fetch, arrivals };
}

export function answer(
  status: number,
  headers?: Readonly<Record<string, string>>,
  body: string | ReadableStream<Uint8Array> = "{}",
): Response {
  return new Response(body, {
    status,
    headers: { "content-type": "application/json", ...headers },
  });
}

/** As the platform's `fetch` rejects where nobody answers, or the answer got lost. */
export function connectionFailure(code: string): Error {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
}
