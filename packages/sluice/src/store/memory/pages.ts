// Pages of lists that are kept in memory.

import type { Page } from "../../gate/stores.ts";

/** Records in their order, from the one behind `after` on; none where that is not among them. */
export function pageOf<Record extends { readonly id: string }>(
  records: readonly Record[],
  { limit, after }: Page,
): readonly Record[] {
  if (after === undefined) return records.slice(0, limit);
  const at = records.findIndex(({ id }) => id === after);
  return at === -1 ? [] : records.slice(at + 1, at + 1 + limit);
}
