// Which window the headers of an answer speak of: by its name, else by its limit and length, else the first.
import { SECOND_MS } from "../../../base/index.ts";
import type { RateState } from "../../failure/hints.ts";

/** What is known of a window that an answer may describe. */
export interface Describable {
  readonly name: string | undefined;
  readonly limit: number | undefined;
  readonly windowMs: number | undefined;
}

/** The one of `counting`, in the contract's order, that is described; undefined where it is another, or none. */
export function describedBy<W extends Describable>(
  { name, limit, windowMs }: RateState,
  counting: readonly W[],
  others: readonly Describable[] = [],
): W | undefined {
  const isNamed = (window: Describable) => name !== undefined && window.name === name;
  const named = counting.find(isNamed);
  if (named !== undefined || others.some(isNamed)) return named;
  let found: W | undefined;
  let most = -1;
  for (const window of counting) {
    const isTold = windowMs !== undefined && window.windowMs !== undefined;
    // Headers round a length to whole seconds.
    if (isTold && Math.abs(windowMs - window.windowMs) >= SECOND_MS) continue;
    const alike = (limit !== undefined && limit === window.limit ? 2 : 0) + (isTold ? 1 : 0);
    if (alike > most) [found, most] = [window, alike];
  }
  return found;
}
