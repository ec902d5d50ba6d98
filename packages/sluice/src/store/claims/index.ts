// What no store may be asked for: claims that are a mistake of whoever makes them.

import { assert } from "../../base/index.ts";
import type { WindowClaim } from "../../gate/stores.ts";

/** Two claims on one counter would each be checked without the other. */
export function assertDifferent(claims: readonly { readonly id: string }[]): void {
  for (let at = 1; at < claims.length; at++) {
    const id = claims[at]?.id;
    for (let before = 0; before < at; before++) {
      assert(claims[before]?.id !== id, () => `"${id}" is claimed twice in one admission`);
    }
  }
}

export function refuseCost({ id, cost }: WindowClaim): never {
  throw new RangeError(`A call takes one place or more in "${id}", got ${cost}`);
}
