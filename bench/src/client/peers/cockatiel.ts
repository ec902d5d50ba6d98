/** cockatiel as its page begins: a retry with exponential backoff around a breaker of five failures in a row. */
import {
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleAll,
  type IPolicy,
  retry,
  SamplingBreaker,
  TimeoutStrategy,
  timeout,
  wrap,
} from "cockatiel";
import { type AnyFetch, type Call, initOf, type Peer, readWhole, urlOf } from "../peer.ts";

const HALF_OPEN_MS = 10_000;

export const cockatiel: Peer = {
  name: "cockatiel",
  knows: "nothing",
  hasQueue: true,
  open({ fetch, deadlineMs, room }) {
    const policies: IPolicy[] = [
      retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() }),
      circuitBreaker(handleAll, {
        halfOpenAfter: HALF_OPEN_MS,
        breaker: new ConsecutiveBreaker(5),
      }),
    ];
    if (deadlineMs !== undefined) {
      policies.unshift(timeout(deadlineMs, TimeoutStrategy.Aggressive));
    }
    if (room !== undefined) policies.push(bulkhead(room.running, room.waiting));
    return sender(wrap(...policies), fetch);
  },
};

function breakerAlone(name: string, breaker: () => ConsecutiveBreaker | SamplingBreaker): Peer {
  return {
    ...cockatiel,
    name,
    open: ({ fetch }) =>
      sender(circuitBreaker(handleAll, { halfOpenAfter: HALF_OPEN_MS, breaker: breaker() }), fetch),
  };
}

export const cockatielBreakers: readonly Peer[] = [
  breakerAlone("cockatiel, 5 in a row", () => new ConsecutiveBreaker(5)),
  breakerAlone(
    "cockatiel, half of 5 s",
    () => new SamplingBreaker({ threshold: 0.5, duration: 5_000 }),
  ),
];

function sender(policy: IPolicy, fetch: AnyFetch) {
  return {
    send: (call: Call) =>
      policy.execute(async ({ signal }) =>
        readWhole(await fetch(urlOf(call), { ...initOf(call), signal })),
      ),
  };
}
