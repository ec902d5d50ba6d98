// The idempotency keys that one caller sends: one for each call, and now and then the one of an earlier call by mistake.

import type { Random } from "../../base/index.ts";
import type { CallerGroup } from "../scenario.ts";

type Group = Pick<CallerGroup, "keyedPercent" | "reusedPercent">;

export class KeysSent {
  readonly #group: Group;
  readonly #random: Random;
  #last: string | undefined;

  constructor(group: Group, random: Random) {
    this.#group = group;
    this.#random = random;
  }

  /** For a call that nobody has made before; undefined: it goes without one of the caller's. */
  next(nonce: string): string | undefined {
    const { keyedPercent = 0, reusedPercent = 0 } = this.#group;
    if (keyedPercent === 0 || this.#random.integer(100) >= keyedPercent) return undefined;
    const isReused = this.#random.integer(100) < reusedPercent;
    if (!isReused || this.#last === undefined) this.#last = `key-of-${nonce.replaceAll(" ", ".")}`;
    return this.#last;
  }
}
