// Ids that look like CUIDs. Things that callers create get a random one; things that the stand-in
// makes up get one derived from what they hang on, so that they keep it from call to call.

import type { Random } from "sluice/base";
import { hash } from "./hash.ts";

const alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
const tailLength = 21;

export function mintId(random: Random): string {
  return spell(() => random.integer(alphabet.length));
}

export function derivedId(...parts: readonly (string | number)[]): string {
  return spell((position) => hash("id", position, ...parts) % alphabet.length);
}

function spell(digitAt: (position: number) => number): string {
  const tail = Array.from({ length: tailLength }, (_, position) =>
    alphabet.charAt(digitAt(position)),
  );
  return `clx${tail.join("")}`;
}
