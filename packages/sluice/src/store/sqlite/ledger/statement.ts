// An account's entries, read page by page along their chain, newest first.

import type { Entry, EntrySide } from "../../../gate/stores.ts";
import type { Prepare } from "../file/statements.ts";

const pageRows = 5_000;

export interface EntriesPage {
  /** Newest first. */
  readonly entries: readonly Entry[];
  /** The entry to begin the next page with; undefined after the last page. */
  readonly next: number | undefined;
}

/** From the entry with that number, or from the newest. */
export function entriesFrom(
  prepare: Prepare,
  accountId: string,
  sequence: number | undefined,
): EntriesPage {
  const first = sequence ?? newestEntry(prepare, accountId);
  const rows = prepare(`
      WITH RECURSIVE chain AS (
        SELECT * FROM entry WHERE sequence = ?
        UNION ALL
        SELECT entry.* FROM chain JOIN entry ON entry.sequence = chain.previous
        LIMIT ?
      )
      SELECT chain.sequence, chain.previous, chain.at_ms, chain.amount, pot.name AS pot, hold.id AS hold,
        from_side, to_side
      FROM chain
        JOIN pot ON pot.n = chain.pot
        JOIN move ON move.n = chain.move
        LEFT JOIN hold ON hold.n = chain.hold
      ORDER BY chain.sequence DESC
    `).all(first, pageRows);
  const entries = rows.map((row) => ({
    sequence: Number(row["sequence"]),
    atMs: Number(row["at_ms"]),
    accountId,
    holdId: (row["hold"] as string | null) ?? undefined,
    pot: String(row["pot"]),
    from: row["from_side"] as EntrySide,
    to: row["to_side"] as EntrySide,
    amount: Number(row["amount"]),
  }));
  const next = Number(rows.at(-1)?.["previous"] ?? 0);
  return { entries, next: next === 0 ? undefined : next };
}

function newestEntry(prepare: Prepare, accountId: string): number {
  const row = prepare(
    "SELECT max(last_entry) AS newest FROM pot_now " +
      "WHERE account = (SELECT n FROM ledger_account WHERE account_id = ?)",
  ).get(accountId);
  return Number(row?.["newest"] ?? 0);
}
