// The log of changes, read page by page.

import type { ChangeEntry } from "../../../gate/stores.ts";
import type { Prepare } from "../file/statements.ts";

const pageRows = 1_000;

export interface ChangesPage {
  readonly changes: readonly ChangeEntry[];
  /** What to ask for next; undefined after the last page. */
  readonly next: number | undefined;
}

/** An account's changes after a sequence number, oldest first. */
export function changesAfter(prepare: Prepare, accountId: string, sequence: number): ChangesPage {
  const rows = prepare(
    "SELECT sequence, kind, id, changed_by, at_ms, before, after FROM change " +
      "WHERE account_id = ? AND sequence > ? ORDER BY sequence LIMIT ?",
  ).all(accountId, sequence, pageRows);
  const changes = rows.map((row) => ({
    by: String(row["changed_by"]),
    atMs: Number(row["at_ms"]),
    accountId,
    kind: row["kind"] as ChangeEntry["kind"],
    id: String(row["id"]),
    before: row["before"] === null ? undefined : JSON.parse(String(row["before"])),
    after: JSON.parse(String(row["after"])),
  }));
  const next = rows.length < pageRows ? undefined : Number(rows.at(-1)?.["sequence"]);
  return { changes, next };
}
