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
  /** Thrown in place of an answer. */
  readonly throws?: Error;
}

export interface Scripted {
  readonly fetch: AnyFetch;
  readonly arrivals: readonly Arrival[];
}

const WAY_MS = 5;
const JITTER_MS = 20;

/** Every way takes 5 to 25 ms, by a seed: so calls overtake each other, for each library in the same way. */
export function scriptedFetch(
  clock: VirtualClock,
  script: (arrival: Arrival, number: number) => Answer,
): Scripted {
  const random = seededRandom("ways");
  const wayMs = () => WAY_MS + random.float() * JITTER_MS;
  const arrivals: Arrival[] = [];
  const fetch: AnyFetch = async (input, init) => {
    const request = input instanceof Request ? input : undefined;
    const signal = init?.signal ?? request?.signal;
    await clock.sleep(wayMs(), signal);
    const arrival = {
      atMs: clock.monotonicMs(),
      method: init?.method ?? request?.method ?? "GET",
      headers: new Headers(init?.headers ?? request?.headers),
    };
    const { status, headers, throws } = script(arrival, arrivals.push(arrival));
    await clock.sleep(wayMs(), signal);
    if (throws !== undefined) throw throws;
    return answer(status, headers);
  };
  return { fetch, arrivals };
}

export function answer(status: number, headers?: Readonly<Record<string, string>>): Response {
  return new Response("{}", {
    status,
    headers: { "content-type": "application/json", ...headers },
  });
}

/** As the platform's `fetch` rejects where nobody answers, or the answer got lost. */
export function connectionFailure(code: string): Error {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
}
