// An account's entries, read page by page by their numbers, oldest first.

import type { Entry, EntrySide } from "../../../gate/stores.ts";
import type { Database } from "../connection/database.ts";
import { accountScope } from "./commands.ts";

const pageRows = 5_000;

const page = {
  name: "sluice_entries",
  text:
    "SELECT e.sequence, e.at_ms, e.hold, p.name, m.from_side, m.to_side, e.amount " +
    "FROM sluice.entry e JOIN sluice.pot p ON p.n = e.pot JOIN sluice.move m ON m.n = e.move " +
    "WHERE e.account = (SELECT n FROM sluice.scope WHERE name = $1) AND e.sequence > $2 " +
    `ORDER BY e.sequence LIMIT ${pageRows}`,
};

export async function entriesOf(database: Database, accountId: string): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (;;) {
    const after = entries.at(-1)?.sequence ?? 0;
    const rows = await database.ask(page, [accountScope(accountId), after]);
    for (const [sequence, atMs, holdId, pot, from, to, amount] of rows) {
      entries.push({
        sequence: Number(sequence),
        atMs: Number(atMs),
        accountId,
        holdId: holdId ?? undefined,
        pot: pot ?? "",
        from: from as EntrySide,
        to: to as EntrySide,
        amount: Number(amount),
      });
    }
    if (rows.length < pageRows) return entries;
  }
}
