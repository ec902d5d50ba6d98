/** Plans: what an account has bought. */

import { DAY_MS } from "../base/index.ts";

/** When an allowance starts anew. There is no roll-over. */
export type Reset =
  | { readonly kind: "calendar_month" }
  /** Only when the first charge after `everyMs` comes: an idle account keeps its old period. */
  | { readonly kind: "lazy"; readonly everyMs: number };

/** Credits that come with the plan. */
export interface Allowance {
  readonly credits: number;
  readonly reset: Reset;
}

export interface Plan {
  readonly title: string;
  readonly allowance?: Allowance;
  /** Counts that the upstream checks: `{ brands: 10, avatarsPerBrand: 5 }`. Handed to it with each call. */
  readonly limits?: Readonly<Record<string, number>>;
}

/** The first instant of each UTC month. */
export const monthly: Reset = { kind: "calendar_month" };

/** `days` after the period began, and not before somebody needs it. */
export function lazilyAfterDays(days: number): Reset {
  return { kind: "lazy", everyMs: days * DAY_MS };
}
