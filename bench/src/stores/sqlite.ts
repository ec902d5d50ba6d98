// SQLite: the embedded stores, and the same engine with nothing around it.

import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openSqliteStores } from "sluice/store/sqlite";
import type { Engine, RawDebits } from "./engine.ts";

export const sqlite: Engine = {
  name: "sqlite",
  openStores: (folder) => openSqliteStores({ file: join(folder, "sluice.db") }),
  openRaw: async (folder) => openRaw(join(folder, "raw.db")),
  // The hold and its end, an entry for each: available → held → charged.
  rowsPerPair: 4,
  // The allowance's pot and three budgets.
  rowsPerBatch: 4,
};

/** In the calling thread, without a thread or a promise in between; settings as the stores have them. */
function openRaw(file: string): RawDebits {
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA cache_size = -65536;
    CREATE TABLE balance (account INTEGER PRIMARY KEY, credits INTEGER NOT NULL) STRICT;
    CREATE TABLE debit (
      n INTEGER PRIMARY KEY,
      account INTEGER NOT NULL,
      amount INTEGER NOT NULL,
      at_ms INTEGER NOT NULL
    ) STRICT;
    INSERT INTO balance VALUES (1, 1000000000000);
  `);
  const take = database.prepare("UPDATE balance SET credits = credits - ? WHERE account = ?");
  const note = database.prepare("INSERT INTO debit (account, amount, at_ms) VALUES (?, ?, ?)");
  return {
    debit(count) {
      database.exec("BEGIN IMMEDIATE");
      for (let i = 0; i < count; i++) {
        take.run(1, 1);
        note.run(1, 1, Date.now());
      }
      database.exec("COMMIT");
    },
    close: () => database.close(),
  };
}
