// What follows from an attempt: whether it is over, and else when to try again.

import { HOUR_MS, MINUTE_MS, type Random, SECOND_MS } from "sluice/base";
import type { Prospect } from "sluice/gate";
import type { Posted } from "./post.ts";

/** Before each attempt, at least: nearly two days in all. Standard Webhooks recommends several days at growing distances. */
export const ATTEMPT_WAITS_MS: readonly number[] = [
  ...[0, 5 * SECOND_MS, 30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS],
  ...[1 * HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS, 24 * HOUR_MS],
];
/** A receiver that wants to be left alone for longer is asked all the same. */
export const RETRY_AFTER_MS_MAX: number = 24 * HOUR_MS;

/** @param attempts how many there were, with this one */
export function prospectOf(
  { status, retryAfterMs = 0 }: Pick<Posted, "status" | "retryAfterMs">,
  attempts: number,
  nowMs: number,
  random: Random,
): Prospect {
  if (status !== undefined && status >= 200 && status < 300) return { state: "delivered" };
  if (status === 410) return { state: "gone" };
  const waitMs = ATTEMPT_WAITS_MS[attempts];
  if (waitMs === undefined) return { state: "given_up" };
  // Never earlier, and all that failed in one outage spread over as long again.
  const scheduledMs = waitMs + random.float() * waitMs;
  const dueMs = nowMs + Math.max(scheduledMs, Math.min(retryAfterMs, RETRY_AFTER_MS_MAX));
  return { state: "waiting", dueMs: Math.ceil(dueMs) };
}
