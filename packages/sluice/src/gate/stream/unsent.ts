/**
 * A long answer to a caller who gets none of it: what would have come is not waited for, and costs what it costs whoever gets
 * it whole.
 */
import type { AnswerStream } from "../call.ts";
import type { Visit } from "../visit.ts";

/** RFC 9110 §9.3.2, §15.3.5 and §15.4.5: a head, and no body. */
export function isUnsent({ call }: Visit, { status }: { readonly status: number }): boolean {
  return call.method === "HEAD" || status === 204 || status === 304;
}

/** Says how long it would be, where that is known, and has nothing. */
export function unsent(length: number | undefined): AnswerStream {
  return { length, next: () => Promise.resolve(undefined), cancel: () => undefined };
}
