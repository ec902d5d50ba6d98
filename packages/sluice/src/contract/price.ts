/** Prices: what a call costs, in credits (safe integers), and how the actual cost is learned. */

export type Price =
  | { readonly kind: "fixed"; readonly credits: number }
  | { readonly kind: "at_most"; readonly credits: number; readonly actual: string }
  | { readonly kind: "quote"; readonly path: string; readonly credits: string };

/** The same price each time. */
export function fixed(credits: number): Price {
  return { kind: "fixed", credits };
}

/** Holds `credits`, charges what the answer says at a JSON pointer (RFC 6901): `/usage/credits_used`. */
export function atMost(credits: number, actual: { readonly pointer: string }): Price {
  return { kind: "at_most", credits, actual: actual.pointer };
}

/**
 * Asks the upstream first: a `POST` of the same body to `path` (a route behind the gate, with the same path
 * parameters, not part of the public API) answers the cost at `pointer`, or the refusal that the call
 * itself would meet, and does nothing.
 */
export function quote(path: string, cost: { readonly pointer: string }): Price {
  return { kind: "quote", path, credits: cost.pointer };
}

/** More than any call can cost, small enough that sums stay safe integers. */
export const CREDITS_MAX = 1_000_000_000;

export function isCredits(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
