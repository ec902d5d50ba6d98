// Ids in the styles of the documents: a prefix that tells the kind, and a random tail.

import type { Random } from "sluice/base";
import type { Environment } from "./call.ts";

const alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

/** Personas and video analyses have ids that look like CUIDs. */
const tailLengths = {
  resp_: 24,
  chatcmpl_: 24,
  msg_: 24,
  mave_msg_: 24,
  mave_thread_: 24,
  fg_: 24,
  clx: 22,
} as const;

export type IdPrefix = keyof typeof tailLengths;

/** An id for what is answered and forgotten. */
export function mintId(random: Random, prefix: IdPrefix): string {
  const tail = Array.from({ length: tailLengths[prefix] }, () =>
    alphabet.charAt(random.integer(alphabet.length)),
  );
  return prefix + tail.join("");
}

/**
 * An id for what is about to be put into the records: draws until they know no such id. A seed gives
 * the ids of an earlier start again, and the records may have outlived that start.
 */
export function newId({ records, random }: Environment, prefix: IdPrefix): string {
  for (;;) {
    const id = mintId(random, prefix);
    if (records.claimId(id)) return id;
  }
}
