// What the worker that writes does for the log: rows in, and old rows out.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { columns, type PackedRow } from "../../log/index.ts";

export class LogWork {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #forget: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    // The same rows twice, after an answer that got lost, are the same rows once.
    this.#insert = database.prepare(
      `INSERT OR REPLACE INTO request (${columns.join()}) VALUES (${columns.map(() => "?").join()})`,
    );
    this.#forget = database.prepare(
      "DELETE FROM request WHERE n IN " +
        "(SELECT n FROM request WHERE at_ms < ? ORDER BY at_ms LIMIT ?)",
    );
  }

  /** How many could not be written though others could: a row that no table takes must not block the rest. */
  write(rows: readonly PackedRow[]): number {
    let refused = 0;
    for (const row of rows) {
      try {
        this.#insert.run(...row);
      } catch (error) {
        refused++;
        // The engine has taken everything back, or takes nothing at all: it is not this row's fault.
        if (!this.#database.isTransaction || refused === rows.length) throw error;
      }
    }
    return refused;
  }

  forget(beforeMs: number, max: number): number {
    return Number(this.#forget.run(beforeMs, max).changes);
  }
}
