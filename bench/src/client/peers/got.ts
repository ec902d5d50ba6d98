/** got, whose requests are handed to the same `fetch` as everybody's. */
import { Readable } from "node:stream";
import gotDefault, { type OptionsInit } from "got";
import { type AnyFetch, initOf, type Peer, urlOf } from "../peer.ts";

const RETRY = { limit: 4, backoffLimit: 8_000, noise: 0, maxRetryAfter: 120_000 };

/** Its own jitter is a tenth of a second. */
const TUNING = {
  retry: {
    ...RETRY,
    calculateDelay: ({ computedValue, retryAfter }) =>
      retryAfter === undefined ? computedValue * Math.random() : computedValue,
  },
} satisfies OptionsInit;

export const got: Peer = gotWith("got");

export const gotTuned: Peer = {
  ...gotWith("got, tuned", TUNING),
  tuning: { retry: { ...RETRY, calculateDelay: "full jitter, or Retry-After" } },
};

function gotWith(name: string, options: OptionsInit = {}): Peer {
  return {
    name,
    knows: "the headers",
    open({ fetch, deadlineMs }) {
      const own = gotDefault.extend({
        ...options,
        request: requestBy(fetch),
        ...(deadlineMs !== undefined && { timeout: { request: deadlineMs } }),
      });
      return {
        send(call) {
          const { headers, body } = initOf(call);
          return own(urlOf(call), {
            method: call.method,
            headers: headers as Record<string, string>,
            ...(typeof body === "string" && { body }),
          }).text();
        },
      };
    },
  };
}

/** What got calls in place of `http.request`; it takes what looks like an answer of that. */
function requestBy(fetch: AnyFetch): NonNullable<OptionsInit["request"]> {
  return async (url, { method = "GET", headers }) => {
    const response = await fetch(url, { method, headers: headers as Record<string, string> }).catch(
      (error: Error) => {
        // From a socket the code is on the error itself.
        throw Object.assign(error, error.cause);
      },
    );
    const body = Readable.from([Buffer.from(await response.arrayBuffer())]);
    return Object.assign(body, {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      rawHeaders: [...response.headers].flat(),
      complete: true,
    }) as never;
  };
}
