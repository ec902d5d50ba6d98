/**
 * The retry budget, shared by all calls: retries that fail may be a tenth of what succeeds, and no more. Without it every
 * outage is multiplied by the number of attempts just when the server can bear it least.
 */
import type { RetryKind } from "../decide/decide.ts";
import { insist, numbers } from "../decide/numbers.ts";

export interface RetryBudgetOptions {
  /** What the budget holds when full, and at first. @default 50 */
  readonly tokens?: number;
  /** What a retry costs. @default 5 */
  readonly cost?: number;
  /** What it costs where the server named the wait. @default 1 */
  readonly toldCost?: number;
  /** What a call that succeeds at its first attempt puts back. @default 0.5 */
  readonly refill?: number;
}

export interface RetryBudget {
  /** Pays for a retry, or answers false and pays nothing. */
  take(kind: RetryKind): boolean;
  /** @param retryCost what the call's own retries have cost: they were worth it, so they were free. */
  succeeded(retryCost: number): void;
  readonly left: number;
  readonly tokens: number;
}

export const BUDGET_DEFAULTS: Readonly<Required<RetryBudgetOptions>> = {
  tokens: 50,
  cost: 5,
  toldCost: 1,
  refill: 0.5,
};

export function createRetryBudget(options: RetryBudgetOptions = {}): RetryBudget {
  const { tokens, cost, toldCost, refill } = numbers("budget", BUDGET_DEFAULTS, options, [
    "refill",
  ]);
  insist(Math.max(cost, toldCost) <= tokens, "budget: tokens never pay for one retry");
  let left = tokens;
  const costOf = (kind: RetryKind) => (kind === "told" ? toldCost : cost);
  return {
    take(kind) {
      if (left < costOf(kind)) return false;
      left -= costOf(kind);
      return true;
    },
    succeeded(retryCost) {
      left = Math.min(tokens, left + (retryCost || refill));
    },
    get left() {
      return left;
    },
    tokens,
  };
}
