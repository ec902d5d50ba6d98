// Where the log's chunks go: by COPY, which is the fastest way in, with the sums of their days. A chunk of which nobody knows
// whether it arrived is sent again, and then rows that are there stay as they are and count no second time.

import { columns, countable, type LogSink, type PackedRow } from "../../log/index.ts";
import { type Database, isRefusal, sqlStateOf } from "../connection/database.ts";
import { copyIn, copyLine, storable } from "./copy.ts";
import { addDayOf, addDays, dayValuesOf } from "./days.ts";

const copySql = `COPY sluice.request (${columns.join()}) FROM STDIN`;
/** A row and what it adds to its day: both, or neither. */
const insert = {
  name: "sluice_log_row",
  text: addDayOf(
    `INSERT INTO sluice.request (${columns.join()}) ` +
      `VALUES (${columns.map((_, at) => `$${at + 1}`).join()}) ON CONFLICT DO NOTHING`,
    columns.length,
  ),
};

/** The log is no truth about money: nobody waits for its commit to be on the disk. */
const quickly = "SET LOCAL synchronous_commit = off";

export class CopySink implements LogSink {
  readonly isBusy = false;
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async write(rows: readonly PackedRow[]): Promise<number> {
    try {
      await this.#copy(rows);
      return 0;
    } catch (error) {
      // A row that is there already, or one that no table takes: it must not keep the others out.
      if (!isRefusal(error) || !/^2[23]/.test(sqlStateOf(error) ?? "")) throw error;
    }
    let refused = 0;
    for (const row of rows) {
      try {
        const values = row.map((value) => (typeof value === "string" ? storable(value) : value));
        await this.#database.ask(insert, [...values, ...dayValuesOf(countable(row))]);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        refused++;
      }
    }
    return refused;
  }

  #copy(rows: readonly PackedRow[]): Promise<void> {
    const text = rows.map(copyLine).join("");
    return this.#database.transaction(async (ask, client) => {
      await ask(quickly);
      await copyIn(client, copySql, text);
      // Last, since others wait for a day's row until the commit.
      await addDays(ask, rows.map(countable));
    });
  }
}
