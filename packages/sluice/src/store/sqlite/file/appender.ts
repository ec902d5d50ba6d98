// Rows that are added to the end of a table, many by one statement: a call into SQLite costs as much as
// the row that it adds.

import type { DatabaseSync, StatementSync } from "node:sqlite";

export type Value = string | number | null;

const rowsAtOnce = 16;

export class Appender {
  readonly #width: number;
  readonly #one: StatementSync;
  readonly #many: StatementSync;
  /** The values of the rows that wait, one row after the other, in places that are used again. */
  readonly #values: Value[];
  #used = 0;

  /** `insert` ends where the rows of values begin. */
  constructor(database: DatabaseSync, insert: string, width: number) {
    this.#width = width;
    this.#values = new Array<Value>(width * rowsAtOnce).fill(null);
    const row = `(${new Array(width).fill("?").join()})`;
    this.#one = database.prepare(`${insert} VALUES ${row}`);
    this.#many = database.prepare(`${insert} VALUES ${new Array(rowsAtOnce).fill(row).join()}`);
  }

  /** Adds a row, with as many values as were said; it is written at the latest by `flush`. */
  add(...row: readonly Value[]): void {
    for (let at = 0; at < this.#width; at++) this.#values[this.#used++] = row[at] as Value;
    if (this.#used < this.#values.length) return;
    this.#used = 0;
    this.#many.run(...this.#values);
  }

  /** Writes what waits. */
  flush(): void {
    const rows = this.#used;
    this.#used = 0;
    for (let at = 0; at < rows; at += this.#width) {
      this.#one.run(...this.#values.slice(at, at + this.#width));
    }
  }

  /** Forgets what waits. */
  reset(): void {
    this.#used = 0;
  }
}
