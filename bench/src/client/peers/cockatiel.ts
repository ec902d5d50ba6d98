/** cockatiel as its page begins: a retry with exponential backoff around a breaker of five failures in a row. */
import {
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  ExponentialBackoff,
  handleAll,
  handleWhen,
  type IPolicy,
  type IRetryBackoffContext,
  retry,
  SamplingBreaker,
  TimeoutStrategy,
  timeout,
  wrap,
} from "cockatiel";
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
  waitMs,
} from "../peer.ts";

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

const TUNING = {
  retry: { maxAttempts: 4 },
  breaker: { threshold: 0.5, duration: 30_000, minimumRps: 0.3 },
} as const;

/** Waits as the server says, retries what is worth it, and has a breaker that one failure does not open. */
export const cockatielTuned: Peer = {
  ...cockatiel,
  name: "cockatiel, tuned",
  tuning: {
    retry: {
      ...TUNING.retry,
      when: "no answer, 408, 429, 5xx, of what may be repeated",
      backoff: "Retry-After, or full jitter below 8 s",
    },
    breaker: { ...TUNING.breaker, when: "no answer or 5xx", halfOpenAfter: HALF_OPEN_MS },
  },
  open({ fetch, deadlineMs, room }) {
    const breaker = circuitBreaker(
      handleWhen((error) => !(error instanceof AnswerError && error.status < 500)),
      { halfOpenAfter: HALF_OPEN_MS, breaker: new SamplingBreaker(TUNING.breaker) },
    );
    const inner: IPolicy[] = [breaker];
    if (room !== undefined) inner.push(bulkhead(room.running, room.waiting));
    const backoff = new DelegateBackoff<IRetryBackoffContext<unknown>>((context) =>
      waitMs("error" in context.result ? context.result.error : undefined, context.attempt),
    );
    const policyFor = (repeats: boolean) => {
      const retries = retry(
        handleWhen((error) => repeats && isTransient(error)),
        { ...TUNING.retry, backoff },
      );
      const all = [retries, ...inner];
      if (deadlineMs !== undefined) all.unshift(timeout(deadlineMs, TimeoutStrategy.Aggressive));
      return sender(wrap(...all), fetch);
    };
    const [once, again] = [policyFor(false), policyFor(true)];
    return { send: (call) => (mayRepeat(call) ? again : once).send(call) };
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
