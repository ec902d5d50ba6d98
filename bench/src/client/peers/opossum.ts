/** opossum's breaker with its defaults inside p-retry's; alone where breakers are compared. */
import CircuitBreaker from "opossum";
import pRetry, { type Options } from "p-retry";
import {
  AnswerError,
  type AnyFetch,
  type Call,
  initOf,
  isTransient,
  mayRepeat,
  type Peer,
  readWhole,
  urlOf,
} from "../peer.ts";
import { waitAsTold } from "./p-retry.ts";

const BREAKER = { volumeThreshold: 10, errorThresholdPercentage: 50, resetTimeout: 10_000 };
const RETRY = { retries: 4, minTimeout: 500, maxTimeout: 8_000, randomize: true };

export const opossum: Peer = opossumWith("opossum + p-retry", {}, () => ({}));

/** A refusal is no failure of the server, and a breaker that is open is not asked again. */
export const opossumTuned: Peer = {
  ...opossumWith(
    "opossum + p-retry, tuned",
    {
      ...BREAKER,
      errorFilter: (error: unknown) => error instanceof AnswerError && error.status < 500,
    },
    (call) => ({
      ...RETRY,
      shouldRetry: ({ error }) => isTransient(error) && mayRepeat(call),
      onFailedAttempt: waitAsTold,
    }),
  ),
  tuning: {
    breaker: { ...BREAKER, errorFilter: "below 500" },
    retry: {
      ...RETRY,
      shouldRetry: "no answer, 408, 429, 5xx, of what may be repeated",
      onFailedAttempt: "waits for Retry-After",
    },
  },
};

export const opossumBreaker: Peer = {
  ...opossum,
  name: "opossum",
  open({ fetch }) {
    const breaker = breakerOf(fetch, {});
    return { send: (call) => breaker.fire(call), close: () => breaker.shutdown() };
  },
};

function opossumWith(
  name: string,
  options: CircuitBreaker.Options,
  optionsFor: (call: Call) => Options,
): Peer {
  return {
    name,
    knows: "nothing",
    open({ fetch, deadlineMs }) {
      const breaker = breakerOf(fetch, options);
      const limits = deadlineMs === undefined ? {} : { maxRetryTime: deadlineMs };
      return {
        send: (call) => pRetry(() => breaker.fire(call), { ...optionsFor(call), ...limits }),
        close: () => breaker.shutdown(),
      };
    },
  };
}

function breakerOf(fetch: AnyFetch, options: CircuitBreaker.Options) {
  return new CircuitBreaker(
    async (call: Call) => readWhole(await fetch(urlOf(call), initOf(call))),
    options,
  );
}
