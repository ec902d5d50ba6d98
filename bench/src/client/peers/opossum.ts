/** opossum's breaker with its defaults inside p-retry's; alone where breakers are compared. */
import CircuitBreaker from "opossum";
import pRetry from "p-retry";
import { type AnyFetch, type Call, initOf, type Peer, readWhole, urlOf } from "../peer.ts";

export const opossum: Peer = {
  name: "opossum + p-retry",
  knows: "nothing",
  open({ fetch, deadlineMs }) {
    const breaker = breakerOf(fetch);
    const limits = deadlineMs === undefined ? {} : { maxRetryTime: deadlineMs };
    return {
      send: (call) => pRetry(() => breaker.fire(call), limits),
      close: () => breaker.shutdown(),
    };
  },
};

export const opossumBreaker: Peer = {
  ...opossum,
  name: "opossum",
  open({ fetch }) {
    const breaker = breakerOf(fetch);
    return { send: (call) => breaker.fire(call), close: () => breaker.shutdown() };
  },
};

function breakerOf(fetch: AnyFetch) {
  return new CircuitBreaker(async (call: Call) =>
    readWhole(await fetch(urlOf(call), initOf(call))),
  );
}
