// What the poll asks of the database.

import type { ChangeSource } from "../../changes/index.ts";
import type { Database } from "../connection/database.ts";

const newest = {
  name: "sluice_newest_change",
  text: "SELECT coalesce(max(sequence), 0) FROM sluice.change",
};
const after = {
  name: "sluice_changes_after",
  text:
    "SELECT sequence, account_id FROM sluice.change WHERE sequence > $1 " +
    "ORDER BY sequence LIMIT $2",
};

export function changeSource(database: Database): ChangeSource {
  return {
    async newest() {
      const [row] = await database.ask(newest, []);
      return Number(row?.[0]);
    },
    async after(sequence, max) {
      const rows = await database.ask(after, [sequence, max]);
      return rows.map(([number, accountId]) => ({
        sequence: Number(number),
        accountId: accountId ?? "",
      }));
    },
  };
}
