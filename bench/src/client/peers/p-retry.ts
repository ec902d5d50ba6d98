/** p-retry in a p-queue, as their pages show them together; the queue is told the limit where there is one. */
import PQueue from "p-queue";
import pRetry, { type Options, type RetryContext } from "p-retry";
import {
  AnswerError,
  type Call,
  initOf,
  isTransient,
  mayRepeat,
  type Peer,
  readWhole,
  urlOf,
} from "../peer.ts";

const RETRY = { retries: 4, minTimeout: 500, maxTimeout: 8_000, randomize: true };

export const pRetryInQueue: Peer = pRetryWith("p-retry + p-queue", {}, () => ({}));

/** What their pages say to write by hand: what is worth a retry, and what the server says to wait. */
export const pRetryTuned: Peer = {
  ...pRetryWith("p-retry + p-queue, tuned", { strict: true }, (call) => ({
    ...RETRY,
    shouldRetry: ({ error }) => isTransient(error) && mayRepeat(call),
    onFailedAttempt: waitAsTold,
  })),
  tuning: {
    ...RETRY,
    shouldRetry: "no answer, 408, 429, 5xx, of what may be repeated",
    onFailedAttempt: "waits for Retry-After",
    queue: { strict: true },
  },
};

function pRetryWith(
  name: string,
  queueOptions: { readonly strict?: boolean },
  optionsFor: (call: Call) => Options,
): Peer {
  return {
    name,
    knows: "the limit",
    hasQueue: true,
    open({ fetch, deadlineMs, rate, room }) {
      const queue = new PQueue({
        ...(rate && { ...queueOptions, intervalCap: rate.limit, interval: rate.windowMs }),
        ...(room && { concurrency: room.running }),
      });
      const limits = deadlineMs === undefined ? {} : { maxRetryTime: deadlineMs };
      return {
        send: (call) =>
          queue.add(() =>
            pRetry(async () => readWhole(await fetch(urlOf(call), initOf(call))), {
              ...optionsFor(call),
              ...limits,
            }),
          ),
        close: () => queue.clear(),
      };
    },
  };
}

/** Its own backoff comes on top. */
export async function waitAsTold({ error, retriesLeft }: RetryContext): Promise<void> {
  const toldMs = error instanceof AnswerError && retriesLeft > 0 ? error.toldMs : undefined;
  if (toldMs) await new Promise((resolve) => setTimeout(resolve, toldMs));
}
