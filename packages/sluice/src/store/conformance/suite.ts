// What the suite needs from a test runner and from a store.

import type { Awaitable } from "../../base/index.ts";

/** `describe` and `it` of any runner. */
export interface Suite {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => Promise<void>) => unknown;
}

/** Makes new and empty stores, and the way to get rid of them. */
export type Make<Stores> = () => Awaitable<{
  readonly stores: Stores;
  close(): Awaitable<void>;
}>;

export interface ConformanceOptions {
  /** Random traces for each port that has a model. @default 500 */
  readonly traces?: number;
  /** Another seed gives other traces. @default 1 */
  readonly seed?: number | string;
  /**
   * What time a store of limits goes by: `shown`, the latest that any call has shown it; `counted`, one of its own that ticks
   * in whole milliseconds, of which it remembers what it has counted and nothing else. Such a store is made so that
   * it believes the calls of the suite; no random trace steps its clock back, and no fractions are asked of it.
   * @default "shown"
   */
  readonly clock?: "shown" | "counted";
}

/** One sentence about a store, and the steps that show it. */
export type Scenario<Stores> = (
  sentence: string,
  body: (stores: Stores) => Awaitable<void>,
) => void;

/** Scenarios that each run on stores of their own. */
export function scenarios<Stores>(suite: Suite, make: Make<Stores>): Scenario<Stores> {
  return (sentence, body) => {
    suite.it(sentence, () => withStores(make, body));
  };
}

export async function withStores<Stores>(
  make: Make<Stores>,
  body: (stores: Stores) => Awaitable<void>,
): Promise<void> {
  const made = await make();
  try {
    await body(made.stores);
  } finally {
    await made.close();
  }
}
