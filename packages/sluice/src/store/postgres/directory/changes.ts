// The log of changes, read page by page.

import type { ChangeEntry, ChangeQuery } from "../../../gate/stores.ts";
import type { Database, Row } from "../connection/database.ts";
import { parsed } from "./records.ts";

/** Newest first. Each of the columns has an index that goes by the number, so a page is read from its place on. */
export async function changesPage(
  database: Database,
  { accountId, kind, id, by, limit, before }: ChangeQuery,
): Promise<readonly ChangeEntry[]> {
  const asked = [
    ["account_id =", accountId],
    ["kind =", kind],
    ["id =", id],
    ["changed_by =", by],
    ["sequence <", before],
  ] as const;
  const told = asked.filter(([, value]) => value !== undefined);
  const conditions = told.map(([condition], at) => `${condition} $${at + 2}`);
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")} `;
  const statement = {
    // Each choice of conditions is a statement of its own, prepared once.
    name: `sluice_changes_${asked.map(([, value]) => Number(value !== undefined)).join("")}`,
    text:
      "SELECT sequence, account_id, kind, id, changed_by, at_ms, before, after " +
      `FROM sluice.change ${where}ORDER BY sequence DESC LIMIT $1`,
  };
  const rows = await database.ask(statement, [limit, ...told.map(([, value]) => value)]);
  return rows.map(changeIn);
}

function changeIn([sequence, accountId, kind, id, by, atMs, before, after]: Row): ChangeEntry {
  return {
    sequence: Number(sequence),
    by: by ?? "",
    atMs: Number(atMs),
    accountId: accountId ?? "",
    kind: kind as ChangeEntry["kind"],
    id: id ?? "",
    before: parsed(before),
    after: parsed(after),
  };
}
