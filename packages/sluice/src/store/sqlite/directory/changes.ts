// The log of changes, read page by page.

import type { ChangeEntry, ChangeQuery } from "../../../gate/stores.ts";
import type { Prepare } from "../file/statements.ts";

/**
 * Newest first. Each of the columns has an index that goes by the number; the one that finds the fewest is taken, and the sign
 * keeps SQLite, which does not know how many there are, from taking another.
 */
export function changesPage(
  prepare: Prepare,
  { accountId, kind, id, by, limit, before }: ChangeQuery,
): readonly ChangeEntry[] {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const match = (condition: string, value: string | number | undefined) => {
    if (value === undefined) return;
    conditions.push(`${conditions.length === 0 ? "" : "+"}${condition} ?`);
    values.push(value);
  };
  match("id =", id);
  match("account_id =", accountId);
  match("changed_by =", by);
  match("kind =", kind);
  if (before !== undefined) {
    conditions.push("sequence < ?");
    values.push(before);
  }
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")} `;
  const rows = prepare(
    "SELECT sequence, account_id, kind, id, changed_by, at_ms, before, after FROM change " +
      `${where}ORDER BY sequence DESC LIMIT ?`,
  ).all(...values, limit);
  return rows.map((row) => ({
    sequence: Number(row["sequence"]),
    by: String(row["changed_by"]),
    atMs: Number(row["at_ms"]),
    accountId: String(row["account_id"]),
    kind: row["kind"] as ChangeEntry["kind"],
    id: String(row["id"]),
    before: recordIn(row["before"]),
    after: recordIn(row["after"]),
  }));
}

/** No text where nothing was there; an empty one where nothing is there now, since that column knows no null. */
function recordIn(text: unknown): unknown {
  return text === null || text === "" ? undefined : JSON.parse(String(text));
}
