/** Whether something that was caught is one of our errors, or holds one, whichever copy of the package made it. */
import type { AnyWire } from "../../contract/index.ts";
import { API_ERROR, type ApiError, type ApiErrorOf, isCodeOf } from "./api-error.ts";

/** One of our errors; with codes, one that has one of them. */
export function isApiError(value: unknown): value is ApiError;
export function isApiError<Code extends string>(
  value: unknown,
  ...codes: readonly [Code, ...Code[]]
): value is ApiError<Code>;
export function isApiError(value: unknown, ...codes: readonly string[]): boolean {
  if (typeof value !== "object" || value === null || !(API_ERROR in value)) return false;
  return codes.length === 0 || ("code" in value && codes.some((code) => code === value.code));
}

/** One of our errors with a code that this contract's calls can end with, so that a `switch` can be exhaustive. */
export function isApiErrorOf<W extends AnyWire>(wire: W, value: unknown): value is ApiErrorOf<W> {
  return isApiError(value) && isCodeOf(wire, value.code);
}

/** Hosts wrap what their `fetch` threw once or twice. */
const CAUSES_MAX = 8;

/** Our error in what a host threw: it, or what it names as its cause. Undefined where there is none. */
export function apiErrorIn(thrown: unknown): ApiError | undefined {
  let link = thrown;
  for (let i = 0; i < CAUSES_MAX && typeof link === "object" && link !== null; i++) {
    if (isApiError(link)) return link;
    link = "cause" in link ? link.cause : undefined;
  }
  return undefined;
}
