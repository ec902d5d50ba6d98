// The promise itself: what is asked of an API in both ways of serving it comes to the same.

import { expect } from "vitest";
import { type Way, ways } from "./serve.ts";

/** @param asked asks an API that is served in this way; answers everything that must not differ. */
export async function expectSame(asked: (way: Way) => Promise<unknown>): Promise<void> {
  const [embedded, proxied] = await Promise.all(ways.map(asked));
  expect(proxied).toEqual(embedded);
}
