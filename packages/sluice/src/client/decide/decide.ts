/** After a failure: wait and try again, or stop. One pure function, so that every decision can be asked for its reasons. */
import type { Random } from "../../base/index.ts";
import type { Failure } from "../failure/failure.ts";
import { type Backoff, spread } from "./backoff.ts";

/** Everything that the decision depends on besides the failure. */
export interface Situation {
  /** The one that failed, from 1. */
  readonly attempt: number;
  /** 3, save where the caller wants otherwise; 1 where the body cannot be sent again. */
  readonly attemptsMax: number;
  /** Until the call's deadline. */
  readonly timeLeftMs: number;
  /** A longer wait fails at once, so that the caller can plan with it. */
  readonly waitMaxMs: number;
  /** A safe method, or an `Idempotency-Key` that the server accepts. */
  readonly canRepeat: boolean;
  /** Asked last, and only if everything else says yes: asking spends. */
  readonly takeBudget: (kind: RetryKind) => boolean;
  readonly aborted: boolean;
  /** What the budget holds, for the reasons. */
  readonly budget?: { readonly left: number; readonly tokens: number } | undefined;
}

/** `told`: the server named the wait, so the retry is worth more than a guess. */
export type RetryKind = "transient" | "told";

export type Decision =
  | { readonly kind: "wait"; readonly ms: number; readonly why: readonly string[] }
  | { readonly kind: "stop"; readonly why: readonly string[]; readonly retryAfterMs?: number };

export function decide(
  failure: Failure,
  situation: Situation,
  backoff: Backoff,
  random: Random,
): Decision {
  const { waitMs: toldMs, waitFrom } = failure.hints;
  const { attempt, attemptsMax, timeLeftMs, waitMaxMs } = situation;
  const why = [`${failure.code}: ${failure.advice}`];
  const stop = (reason: string, retryAfterMs = toldMs): Decision => ({
    kind: "stop",
    why: [...why, reason],
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });

  const objection = situation.aborted ? "aborted" : objectionTo(failure, situation.canRepeat);
  if (objection !== undefined) return stop(objection);
  if (attempt >= attemptsMax) return stop(`attempt ${attempt} of ${attemptsMax}`);

  // A wait of zero names no wait, it only says that the time does not matter: callers must still spread.
  const ms = toldMs
    ? spread(toldMs, random)
    : failure.advice === "wait" && toldMs === undefined
      ? backoff.throttledMs(attempt, random)
      : backoff.transientMs(attempt, random);
  // What the server said without our jitter: it alone is what must fit.
  const leastMs = toldMs || ms;
  why.push(
    toldMs === undefined
      ? `backoff ${inWords(ms)}`
      : `${(waitFrom ?? "wait").replace(/\b[a-z]/g, (letter) => letter.toUpperCase())} ${inWords(toldMs)}`,
  );
  if (leastMs > waitMaxMs) return stop(`longest wait ${inWords(waitMaxMs)}`, leastMs);
  if (ms >= timeLeftMs) return stop(`deadline in ${inWords(timeLeftMs)}`, leastMs);

  const paid = situation.takeBudget(toldMs === undefined ? "transient" : "told");
  const { budget } = situation;
  if (budget !== undefined) why.push(`budget ${budget.left} of ${budget.tokens}`);
  return paid ? { kind: "wait", ms, why } : stop("retry budget is spent");
}

/** Why this failure must not be retried at all, whatever there is left of time, attempts and budget. */
function objectionTo(failure: Failure, canRepeat: boolean): string | undefined {
  const { action, status } = failure;
  if (action === "top_up" || action === "upgrade" || status === 402) return "needs payment";
  const { shouldRetry } = failure.hints;
  if (shouldRetry === false) return "the server vetoes a retry";
  if (failure.advice === "never" && shouldRetry !== true) return "would fail again";
  return canRepeat || !mayBeDone(failure) ? undefined : "might happen twice";
}

/** Whether the work may have been done, for all that anybody knows: then only what the server knows again is repeated. */
export function mayBeDone(failure: Failure): boolean {
  const { source, advice, hints, charged, conditions, processed } = failure;
  if (processed === "no") return false;
  // Only a contract can vouch that nothing was charged; and what it says of a code, the server may overrule.
  const isOverruled = advice === "never" && hints.shouldRetry === true;
  const isVouched = source === "answer" && conditions.length > 0 && !isOverruled;
  return !(isVouched && charged === "no");
}

function inWords(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${Number((ms / 1_000).toFixed(2))} s`;
}
