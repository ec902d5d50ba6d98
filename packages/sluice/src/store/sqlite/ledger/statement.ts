// An account's entries, read page by page along their chain, newest first.

import type { Booked, Entry, EntryPage, EntrySide } from "../../../gate/stores.ts";
import type { Prepare } from "../file/statements.ts";

/** From the newest entry on, or from the one that comes before the cursor in the account's chain. */
export function entriesPage(
  prepare: Prepare,
  accountId: string,
  { limit, before }: EntryPage,
): readonly Entry[] {
  const first =
    before === undefined
      ? newestEntry(prepare, accountId)
      : entryBefore(prepare, accountId, before);
  if (limit < 1) return [];
  const rows = prepare(`
      WITH RECURSIVE chain AS (
        SELECT * FROM entry WHERE sequence = ?
        UNION ALL
        SELECT entry.* FROM chain JOIN entry ON entry.sequence = chain.previous
        LIMIT ?
      )
      SELECT chain.sequence, chain.at_ms, chain.amount, pot.name AS pot, hold.id AS hold,
        from_side, to_side
      FROM chain
        JOIN pot ON pot.n = chain.pot
        JOIN move ON move.n = chain.move
        LEFT JOIN hold ON hold.n = chain.hold
      ORDER BY chain.sequence DESC
    `).all(first, limit);
  return rows.map((row) => ({
    sequence: Number(row["sequence"]),
    atMs: Number(row["at_ms"]),
    accountId,
    holdId: (row["hold"] as string | null) ?? undefined,
    pot: String(row["pot"]),
    from: row["from_side"] as EntrySide,
    to: row["to_side"] as EntrySide,
    amount: Number(row["amount"]),
  }));
}

function newestEntry(prepare: Prepare, accountId: string): number {
  const row = prepare(
    "SELECT max(last_entry) AS newest FROM pot_now " +
      "WHERE account = (SELECT n FROM ledger_account WHERE account_id = ?)",
  ).get(accountId);
  return Number(row?.["newest"] ?? 0);
}

/** 0, which no entry has, where the account has no entry of that number. */
function entryBefore(prepare: Prepare, accountId: string, sequence: number): number {
  const row = prepare(
    "SELECT previous FROM entry JOIN pot ON pot.n = entry.pot WHERE sequence = ? " +
      "AND account = (SELECT n FROM ledger_account WHERE account_id = ?)",
  ).get(sequence, accountId);
  return Number(row?.["previous"] ?? 0);
}

/** In one statement, so as of one moment. */
export function bookedSums(prepare: Prepare, accountId: string): Booked {
  const row = prepare(
    "SELECT sum(available) AS available, sum(held) AS held, max(last_entry) AS newest FROM pot_now " +
      "WHERE account = (SELECT n FROM ledger_account WHERE account_id = ?)",
  ).get(accountId);
  const { available, held, newest } = { ...row };
  return { available: Number(available ?? 0), held: Number(held ?? 0), upTo: Number(newest ?? 0) };
}
