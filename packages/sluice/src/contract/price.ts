/** Prices: what a call costs, in credits (safe integers), and how the actual cost is learned. */
import type { COST } from "./headers.ts";

export interface FixedPrice {
  readonly kind: "fixed";
  readonly credits: number;
}

export interface AtMostPrice {
  readonly kind: "at_most";
  readonly credits: number;
  /** JSON pointer to the actual cost in the answer; undefined where a header or a job's end reports it. */
  readonly actual: string | undefined;
  /** The same in the data of an event. */
  readonly inEvents: string | undefined;
  /** The header or trailer that says it. */
  readonly inHeader?: typeof COST;
}

export interface QuotedPrice {
  readonly kind: "quote";
  readonly path: string;
  /** JSON pointer to the cost in the quote. */
  readonly credits: string;
}

export type Price = FixedPrice | AtMostPrice | QuotedPrice;

/** The same price each time. */
export function fixed(credits: number): FixedPrice {
  return { kind: "fixed", credits };
}

/** Where an answer says what it cost: in itself, or in a header, or behind it in a trailer (RFC 9110 §6.5). */
export type ActualCost = CostInBody | { readonly header: typeof COST };

/** As JSON pointers (RFC 6901). */
export interface CostInBody {
  /** Into the body: `/usage/credits_used`. */
  readonly pointer: string;
  /** Into the data of an event, for answers that stream; the last event that has it counts. @default `pointer` */
  readonly inEvents?: string;
}

/**
 * Holds `credits`, and charges what the answer says, which is never more. Without `actual` the end of the job
 * that the operation starts says it.
 */
export function atMost(credits: number, actual?: ActualCost): AtMostPrice {
  if (actual !== undefined && "header" in actual) {
    const { header } = actual;
    return { kind: "at_most", credits, actual: undefined, inEvents: undefined, inHeader: header };
  }
  return {
    kind: "at_most",
    credits,
    actual: actual?.pointer,
    inEvents: actual?.inEvents ?? actual?.pointer,
  };
}

/**
 * Asks the upstream first: a `POST` of the same body to `path` (a route behind the gate, with the same path
 * parameters, not part of the public API) answers the cost at `pointer`, or the refusal that the call
 * itself would meet, and does nothing.
 */
export function quote(path: string, cost: { readonly pointer: string }): QuotedPrice {
  return { kind: "quote", path, credits: cost.pointer };
}

/** More than any call can cost, small enough that sums stay safe integers. */
export const CREDITS_MAX = 1_000_000_000;

export function isCredits(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
