// What was used, day by day and by code, and how long the rest lasts.

import { z } from "zod";
import { usage, usageQuery } from "../../../admin/contract/schemas/accounts.ts";
import { atMs, count, credits, wholeNumber } from "../../../admin/contract/schemas/parts.ts";

export { usage, usageQuery };

export const DAYS_MAX = 31;
export const daysQuery = z.strictObject({ days: wholeNumber(1, DAYS_MAX).default(14) });

export const days = z.object({
  data: z.array(
    z.object({
      dayMs: atMs,
      requests: count,
      refusals: count,
      faults: count,
      /** Charged by the time of the answer: what a job came to is in the credits only. */
      credits: count,
    }),
  ),
});

/** How many rows of the log are counted at most, by operation or by code: a page must not walk a long log. */
export const COUNTED_MAX = 1_000;

export const operations = z.object({
  fromMs: atMs,
  toMs: atMs,
  data: z.array(
    z.object({
      /** Null for paths that are no operation. */
      operation: z.string().nullable(),
      api: z.string(),
      requests: count,
      refusals: count,
      faults: count,
      credits: count,
    }),
  ),
  /** When the oldest came that is counted, where there were more before it; else as `fromMs`. */
  countedFromMs: atMs,
  /** Whether there were more, which are older and not counted here. */
  hasMore: z.boolean(),
});

export const refusals = z.object({
  fromMs: atMs,
  toMs: atMs,
  data: z.array(z.object({ code: z.string(), api: z.string(), count })),
  /** Whether there were more, which are older and not counted here. */
  hasMore: z.boolean(),
});

const perDay = z.object({ least: z.number(), likely: z.number(), most: z.number() });

export const forecast = z.object({
  /**
   * `too_little_data`: nobody can tell; `idle`: nothing was spent; `exhausted`: nothing is left; `lasts`: until the allowance
   * starts anew, or for a year; `runs_out`: at the likely rate before that.
   */
  kind: z.enum(["too_little_data", "idle", "exhausted", "lasts", "runs_out"]),
  atMs,
  remaining: credits,
  resetAtMs: atMs.nullable(),
  /** Whole days that the rate is of. */
  basisDays: count,
  /** Credits a day: of the quietest day, on average, and of the busiest; null with too little data. */
  perDay: perDay.nullable(),
  /** When nothing is left at the likely rate, and at the highest; null where it lasts. */
  runsOutAtMs: atMs.nullable(),
  soonestAtMs: atMs.nullable(),
  /** What is left when the allowance starts anew, at each rate; null without such a moment. */
  leftAtReset: perDay.nullable(),
});
