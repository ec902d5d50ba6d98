/** Effect's HTTP client with limiter, retry and breaker, in the order that its pages recommend. */
import { Effect, Layer, ManagedRuntime, Schedule, Scope } from "effect";
import { FetchHttpClient, HttpClient, HttpClientRequest } from "effect/http";
import { CircuitBreaker, RateLimiter } from "effect/persistence";
import {
  type Call,
  initOf,
  mayRepeat,
  type Needs,
  type Peer,
  type Sender,
  urlOf,
} from "../peer.ts";

/** What no row here reaches. */
const NO_LIMIT = { limit: 1_000_000, windowMs: 1_000 };

const TUNING = {
  retryTransient: { times: 4, exponentialMs: 200, jittered: true },
  breaker: { threshold: 0.5, size: 40, minimumCalls: 10, openDuration: "10 seconds" },
} as const;

export const effect: Peer = {
  name: "Effect",
  knows: "limit and headers",
  open: (needs) => openEffect(needs, true),
};

export const effectTuned: Peer = {
  ...effect,
  name: "Effect, tuned",
  tuning: { ...TUNING, retried: "what may be repeated" },
  async open(needs) {
    const [again, once] = [
      await openEffect(needs, true, TUNING),
      await openEffect(needs, false, TUNING),
    ];
    return { send: (call) => (mayRepeat(call) ? again : once).send(call) };
  },
};

export const effectBreaker: Peer = {
  ...effect,
  name: "Effect, 5 in a row",
  open: (needs) => openEffect(needs, false),
};

async function openEffect(
  { fetch, rate: allowed = NO_LIMIT, deadlineMs }: Needs,
  retries: boolean,
  tuning?: typeof TUNING,
): Promise<Sender> {
  const { breaker: rate, retryTransient } = tuning ?? {};
  const schedule = Schedule.exponential(retryTransient?.exponentialMs ?? 500);
  const runtime = ManagedRuntime.make(
    Layer.mergeAll(
      FetchHttpClient.layer,
      CircuitBreaker.layerStoreMemory(),
      RateLimiter.layer.pipe(Layer.provide(RateLimiter.layerStoreMemory)),
      Layer.succeed(FetchHttpClient.Fetch, fetch as typeof globalThis.fetch),
    ),
  );
  const client = await runtime.runPromise(
    Effect.gen(function* () {
      const base = yield* HttpClient.HttpClient;
      const limiter = yield* RateLimiter.RateLimiter;
      const scope = yield* Scope.make();
      const breaker = yield* CircuitBreaker.make({
        tripPolicy: rate ? CircuitBreaker.rate(rate) : CircuitBreaker.consecutive(5),
        openDuration: rate?.openDuration ?? "30 seconds",
      }).pipe(Scope.provide(scope));
      const { limit, windowMs: window } = allowed;
      if (!retries) {
        return base.pipe(HttpClient.withCircuitBreaker({ breaker }), HttpClient.filterStatusOk);
      }
      return base.pipe(
        HttpClient.withRateLimiter({ limiter, key: "api", limit, window }),
        HttpClient.retryTransient({
          times: retryTransient?.times ?? 3,
          schedule: retryTransient?.jittered ? Schedule.jittered(schedule) : schedule,
        }),
        HttpClient.withCircuitBreaker({ breaker }),
        HttpClient.filterStatusOk,
      );
    }),
  );
  const whole = (call: Call) => {
    const request = HttpClientRequest.make(call.method)(urlOf(call), {
      headers: initOf(call).headers as Record<string, string>,
    });
    const answered = client.execute(request).pipe(Effect.flatMap((response) => response.text));
    return deadlineMs === undefined ? answered : Effect.timeout(answered, deadlineMs);
  };
  return { send: (call) => runtime.runPromise(whole(call)) };
}
