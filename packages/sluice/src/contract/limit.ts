/** Limits as data: rate windows and concurrency slots. How they are counted is the store's business. */

import { DAY_MS } from "../base/index.ts";

/** One number for everybody, or one a plan. */
export type ByPlan<Plan extends string> = number | Readonly<Record<Plan, number>>;

/** Who shares a limit. */
export type LimitOwner = "key" | "account";

/** At most `limit` requests in any `windowMs` milliseconds: an exact sliding window. */
export interface WindowLimit<Plan extends string = string, Operation extends string = string> {
  readonly per: LimitOwner;
  readonly limit: ByPlan<Plan>;
  /** 1 second to 24 days. */
  readonly windowMs: number;
  /** The operations that count. @default all */
  readonly operations?: readonly Operation[];
}

/** At most `limit` calls at once. */
export interface SlotLimit<Plan extends string = string, Operation extends string = string> {
  readonly per: LimitOwner;
  readonly limit: ByPlan<Plan>;
  readonly operations: readonly Operation[];
  /**
   * What `Retry-After` says when none is free: nobody knows when one will be, so it is a good moment to ask again.
   * @default 1,000
   */
  readonly retryAfterMs?: number;
}

export const WINDOW_MS_MIN = 1_000;
export const WINDOW_MS_MAX: number = 24 * DAY_MS;
export const LIMIT_MAX = 1_000_000;

export function limitFor<Plan extends string>(limit: ByPlan<Plan>, plan: Plan): number | undefined {
  return typeof limit === "number" ? limit : limit[plan];
}
