// How unevenly keys call: within a plan most call little and few call much. A plan's keys in groups that call alike.

import type { Demand, PlanShare } from "./demand.ts";

/** Keys of one plan that call about as often as each other. */
export interface KeyGroup {
  readonly plan: PlanShare;
  readonly keys: number;
  /** Requests a minute that each of them makes. */
  readonly perMinute: number;
}

/**
 * A log-normal distribution with sigma 1: the median key makes six tenths of the average key's calls, one key in a hundred six
 * times as many as the average. As shares of the keys, and what a key of each calls, beside the average.
 */
const STRATA = strataOf([0.5, 0.8, 0.95, 0.99, 0.999, 1]);

/** Keys want as much of their limit, whatever their plan. */
export function keyGroups({ keys, requestsPerSecond, plans }: Demand): readonly KeyGroup[] {
  const allowed = plans.reduce((sum, { share, limit }) => sum + share * limit, 0);
  const ofLimit = (requestsPerSecond * 60) / (keys * allowed);
  return plans.flatMap((plan) =>
    STRATA.map(({ share, beside }) => ({
      plan,
      keys: keys * plan.share * share,
      perMinute: plan.limit * ofLimit * beside,
    })),
  );
}

/** The mean of a log-normal between two quantiles: https://en.wikipedia.org/wiki/Log-normal_distribution#Partial_expectation */
function strataOf(upTo: readonly number[]): readonly { share: number; beside: number }[] {
  const below = (quantile: number) => (quantile >= 1 ? 1 : normal(inverseNormal(quantile) - 1));
  return upTo.map((quantile, at) => {
    const from = at === 0 ? 0 : (upTo[at - 1] as number);
    const share = quantile - from;
    const sum = below(quantile) - (from === 0 ? 0 : below(from));
    return { share, beside: sum / share };
  });
}

/** Abramowitz and Stegun 7.1.26; to 1.5e-7. */
function normal(x: number): number {
  const t = 1 / (1 + (0.3275911 * Math.abs(x)) / Math.SQRT2);
  const terms = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429];
  const poly = terms.reduce((sum, term, at) => sum + term * t ** (at + 1), 0);
  const error = 1 - poly * Math.exp((-x * x) / 2);
  return x >= 0 ? (1 + error) / 2 : (1 - error) / 2;
}

function inverseNormal(share: number): number {
  let [low, high] = [-10, 10];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (normal(middle) < share) low = middle;
    else high = middle;
  }
  return low;
}
