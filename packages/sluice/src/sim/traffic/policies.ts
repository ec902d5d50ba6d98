// How other people's clients go on after a failure, by their defaults: as data, and one loop that follows it.

import type { Clock, Random } from "../../base/index.ts";
import { headerIn } from "../../contract/index.ts";
import type { Answer } from "../../gate/index.ts";
import type { PolicyName } from "../scenario.ts";
import type { Leaving } from "./leaving.ts";
import type { Heard } from "./sim-transport.ts";

export interface RetryPolicy {
  readonly attempts: number;
  /** Before the so-manieth retry, from 0. */
  readonly delayMs: (retry: number, random: Random, isThrottled: boolean) => number;
  /** Whether a POST is sent again: never, after failures of the connection only, or always. */
  readonly repeatsPost: "never" | "connection" | "always";
  /** What becomes of a `Retry-After`, given what would have been waited. */
  readonly waitMs: (retryAfterMs: number, delayMs: number) => number;
}

const RETRIED = new Set([408, 409, 413, 429, 500, 502, 503, 504]);

/** Named after the packages whose versions they follow: openai 7.57, ky 2.1, p-retry 9, axios-retry 4.5, @smithy/core 3.41. */
const POLICIES: Readonly<Record<Exclude<PolicyName, "sluice">, RetryPolicy>> = {
  none: { attempts: 1, delayMs: () => 0, repeatsPost: "never", waitMs: (_, delayMs) => delayMs },
  openai: {
    attempts: 3,
    delayMs: (retry, random) => Math.min(500 * 2 ** retry, 8_000) * (1 - random.float() / 4),
    repeatsPost: "always",
    waitMs: (retryAfterMs, delayMs) => (retryAfterMs <= 60_000 ? retryAfterMs : delayMs),
  },
  ky: {
    attempts: 3,
    delayMs: (retry) => 300 * 2 ** retry,
    repeatsPost: "never",
    waitMs: (retryAfterMs) => retryAfterMs,
  },
  "p-retry": {
    attempts: 11,
    delayMs: (retry) => 1_000 * 2 ** retry,
    repeatsPost: "always",
    waitMs: (_, delayMs) => delayMs,
  },
  "axios-retry": {
    attempts: 4,
    delayMs: () => 0,
    repeatsPost: "connection",
    waitMs: (retryAfterMs) => retryAfterMs,
  },
  aws: {
    attempts: 3,
    delayMs: (retry, random, isThrottled) =>
      random.float() * Math.min((isThrottled ? 1_000 : 50) * 2 ** retry, 20_000),
    repeatsPost: "always",
    waitMs: (retryAfterMs, delayMs) => Math.max(delayMs, Math.min(retryAfterMs, delayMs + 5_000)),
  },
};

export function policyOf(name: Exclude<PolicyName, "sluice">): RetryPolicy {
  return POLICIES[name];
}

/** Tries as often as the policy says; the answer, where it was done in the end. */
export async function tryWith(
  policy: RetryPolicy,
  method: string,
  send: () => Promise<Heard>,
  { clock, random, leaving }: { clock: Clock; random: Random; leaving: Leaving },
): Promise<Heard | undefined> {
  for (let retry = 0; ; retry++) {
    const answer = await send().catch(() => undefined);
    if (answer !== undefined && answer.status < 400) return answer;
    if (retry + 1 >= policy.attempts || !mayRepeat(policy, method, answer)) return undefined;
    const delayMs = policy.delayMs(retry, random, answer?.status === 429);
    const retryAfter = answer && headerIn(answer.headers, "retry-after");
    const told = retryAfter === undefined ? undefined : Number(retryAfter) * 1_000;
    const waitMs = told === undefined ? delayMs : policy.waitMs(told, delayMs);
    await clock.sleep(waitMs, leaving.signal).catch(() => undefined);
    if (leaving.hasLeft) return undefined;
  }
}

function mayRepeat(policy: RetryPolicy, method: string, answer: Answer | undefined): boolean {
  if (answer !== undefined && !RETRIED.has(answer.status)) return false;
  if (method !== "POST" || policy.repeatsPost === "always") return true;
  return policy.repeatsPost === "connection" && answer === undefined;
}
