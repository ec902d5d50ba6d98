/** When a call that failed is worth making again, for whoever makes it: a queue of jobs, a cache of queries. */
import { type Clock, type Random, systemClock, systemRandom } from "../../base/index.ts";
import { createBackoff, spread } from "../decide/backoff.ts";
import { apiErrorIn } from "./guards.ts";

export interface WaitOptions {
  /** How often the call has failed by now, each time with all its attempts. @default 1 */
  readonly failures?: number;
  readonly clock?: Clock;
  readonly random?: Random;
}

const backoff = createBackoff();

/**
 * Milliseconds until the same call is worth making once more: to `retryAt` where it is known and to come, a little later for
 * each caller; else longer with each failure, from half a second up to 30 seconds. Undefined where it must not be made
 * again: it cannot succeed (money, a wrong request), it may be done and charged twice, or it is no error of ours.
 * @param thrown what `call` or `fetchOrThrow` threw, or what a host made of it.
 * @example
 * const waitMs = waitMsOf(error);
 * if (waitMs !== undefined) await job.moveToDelayed(Date.now() + waitMs);
 */
export function waitMsOf(thrown: unknown, options: WaitOptions = {}): number | undefined {
  const { failures = 1, clock = systemClock, random = systemRandom } = options;
  const error = apiErrorIn(thrown);
  if (!error?.retryable || !error.repeatable) return undefined;
  const toldMs = (error.retryAt?.getTime() ?? 0) - clock.wallMs();
  // A moment that is here names no wait: callers must still spread.
  return toldMs > 0 ? spread(toldMs, random) : backoff.throttledMs(failures, random);
}
