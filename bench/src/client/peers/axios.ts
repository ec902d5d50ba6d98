/** axios on its own adapter for `fetch`, with axios-retry: with its defaults, and set with care. */
import axiosDefault from "axios";
import axiosRetry, {
  exponentialDelay,
  type IAxiosRetryConfig,
  isNetworkError,
  isRetryableError,
} from "axios-retry";
import { initOf, type Peer, urlOf } from "../peer.ts";

/** Its own delay obeys Retry-After and adds up to a fifth; a timeout is for one attempt. */
const TUNING = {
  retries: 4,
  shouldResetTimeout: true,
  retryDelay: (count, error) => exponentialDelay(count, error, 500),
  retryCondition: (error) => {
    const { method, headers } = error.config ?? {};
    const mayRepeat = method?.toUpperCase() === "GET" || Boolean(headers?.["idempotency-key"]);
    return mayRepeat && (isNetworkError(error) || isRetryableError(error));
  },
} satisfies IAxiosRetryConfig;

export const axios: Peer = axiosWith("axios + axios-retry");

export const axiosTuned: Peer = {
  ...axiosWith("axios + axios-retry, tuned", TUNING),
  tuning: {
    ...TUNING,
    retryDelay: "exponentialDelay(count, error, 500)",
    retryCondition: "no answer, 429, 5xx, of what may be repeated",
  },
};

function axiosWith(name: string, options?: IAxiosRetryConfig): Peer {
  return {
    name,
    knows: "nothing",
    open({ fetch, deadlineMs }) {
      const own = axiosDefault.create({
        adapter: "fetch",
        env: { fetch: fetch as typeof globalThis.fetch },
        ...(deadlineMs !== undefined && { timeout: deadlineMs }),
      });
      axiosRetry(own, options);
      return {
        send(call) {
          const { headers, body } = initOf(call);
          return own.request({
            url: urlOf(call),
            method: call.method,
            headers: headers as Record<string, string>,
            ...(body !== undefined && { data: body }),
          });
        },
      };
    },
  };
}
