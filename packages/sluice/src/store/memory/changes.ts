// The log of what was changed, in memory: as long as what operators and customers did.

import type { ChangeEntry, ChangeQuery } from "../../gate/stores.ts";

export class Changes {
  /** Oldest first; an entry's number is its place, from 1 on. */
  readonly #entries: ChangeEntry[] = [];

  /** What is in it must not change any more. */
  add(change: Omit<ChangeEntry, "sequence">): void {
    this.#entries.push(Object.freeze({ ...change, sequence: this.#entries.length + 1 }));
  }

  /** Newest first. */
  find({ accountId, kind, id, by, limit, before }: ChangeQuery): readonly ChangeEntry[] {
    const found: ChangeEntry[] = [];
    let at = Math.min(this.#entries.length, (before ?? Number.POSITIVE_INFINITY) - 1);
    while (at-- > 0 && found.length < limit) {
      const entry = this.#entries[at] as ChangeEntry;
      if (accountId !== undefined && entry.accountId !== accountId) continue;
      if (kind !== undefined && entry.kind !== kind) continue;
      if (id !== undefined && entry.id !== id) continue;
      if (by === undefined || entry.by === by) found.push(entry);
    }
    return found;
  }
}
