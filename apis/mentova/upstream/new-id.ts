// An id for what is about to be put into the records.

import type { Environment } from "./call.ts";
import { mintId } from "./identifiers.ts";

/**
 * Draws until the records know no such id. A seed gives the ids of an earlier start again, and the
 * records may have outlived that start.
 */
export function newId({ records, random }: Environment): string {
  for (;;) {
    const id = mintId(random);
    if (records.claimId(id)) return id;
  }
}
