// An account's entries, read page by page by their numbers, newest first.

import type { Booked, Entry, EntryPage, EntrySide } from "../../../gate/stores.ts";
import type { Database } from "../connection/database.ts";
import { accountScope } from "./commands.ts";

const account = "(SELECT n FROM sluice.scope WHERE name = $1)";
/** Before an entry that the account does not have there is nothing: no number is less than null. */
const end =
  "CASE WHEN $2::bigint IS NULL THEN 9223372036854775807 ELSE (SELECT o.sequence " +
  `FROM sluice.entry o WHERE o.account = ${account} AND o.sequence = $2) END`;
const page = {
  name: "sluice_entries",
  text:
    "SELECT e.sequence, e.at_ms, e.hold, p.name, m.from_side, m.to_side, e.amount FROM (" +
    `SELECT * FROM sluice.entry o WHERE o.account = ${account} AND o.sequence < ${end} ` +
    "ORDER BY o.sequence DESC LIMIT $3) e " +
    "JOIN sluice.pot p ON p.n = e.pot JOIN sluice.move m ON m.n = e.move ORDER BY e.sequence DESC",
};

export async function entriesPage(
  database: Database,
  accountId: string,
  { limit, before }: EntryPage,
): Promise<readonly Entry[]> {
  const rows = await database.ask(page, [accountScope(accountId), before ?? null, limit]);
  return rows.map(([sequence, atMs, holdId, pot, from, to, amount]) => ({
    sequence: Number(sequence),
    atMs: Number(atMs),
    accountId,
    holdId: holdId ?? undefined,
    pot: pot ?? "",
    from: from as EntrySide,
    to: to as EntrySide,
    amount: Number(amount),
  }));
}

const sums = {
  name: "sluice_booked",
  text:
    "SELECT sum(o.available), sum(o.held), " +
    `(SELECT max(e.sequence) FROM sluice.entry e WHERE e.account = ${account}) ` +
    `FROM sluice.pot o WHERE o.account = ${account} AND o.state <> 'finished'`,
};

/** In one statement, so as of one moment. */
export async function bookedSums(database: Database, accountId: string): Promise<Booked> {
  const [row] = await database.ask(sums, [accountScope(accountId)]);
  const [available, held, newest] = row ?? [];
  return { available: Number(available ?? 0), held: Number(held ?? 0), upTo: Number(newest ?? 0) };
}
