// What the worker that writes does for the log: rows in, added up by day in the same transaction, and old ones out.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { DayTally } from "../../days/index.ts";
import {
  addToDay,
  columns,
  countable,
  dayColumns,
  type PackedRow,
  packDay,
} from "../../log/index.ts";

const placesOf = (names: readonly unknown[]) => names.map(() => "?").join();

/** Rows that were there already are left out, since they were counted then: the same rows twice are the same rows once. */
const once = "ON CONFLICT (request_id) DO NOTHING";

export class LogWork {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #addDay: StatementSync;
  readonly #forget: StatementSync;
  readonly #forgetDays: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    // Row by row: so many values by one statement would take twice as long.
    this.#insert = database.prepare(
      `INSERT INTO request (${columns.join()}) VALUES (${placesOf(columns)}) ${once}`,
    );
    this.#addDay = database.prepare(
      `INSERT INTO request_day (${dayColumns.join()}) VALUES (${placesOf(dayColumns)}) ` +
        addToDay("request_day"),
    );
    this.#forget = database.prepare(
      "DELETE FROM request WHERE n IN " +
        "(SELECT n FROM request WHERE at_ms < ? ORDER BY at_ms LIMIT ?)",
    );
    this.#forgetDays = database.prepare("DELETE FROM request_day WHERE day_ms < ?");
  }

  /** How many could not be written though others could: a row that no table takes must not block the rest. */
  write(rows: readonly PackedRow[]): number {
    const tally = new DayTally();
    const refused = this.#writeEach(rows, tally);
    for (const count of tally.counts()) this.#addDay.run(...packDay(count));
    return refused;
  }

  forget(beforeMs: number, max: number): number {
    return Number(this.#forget.run(beforeMs, max).changes);
  }

  /** The sums of days before then; how many they were. */
  forgetDays(beforeMs: number): number {
    return Number(this.#forgetDays.run(beforeMs).changes);
  }

  #writeEach(rows: readonly PackedRow[], tally: DayTally): number {
    let refused = 0;
    for (const row of rows) {
      try {
        if (Number(this.#insert.run(...row).changes) > 0) tally.add(countable(row));
      } catch (error) {
        refused++;
        // The engine has taken everything back, or takes nothing at all: it is not this row's fault.
        if (!this.#database.isTransaction || refused === rows.length) throw error;
      }
    }
    return refused;
  }
}
