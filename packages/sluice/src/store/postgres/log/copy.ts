// COPY through the driver's own connection: rows as one text, the way of `pg-copy-streams` without its streams, since
// a chunk is in memory already.

import type { DriverConnection, PostgresClient, Submitted } from "../connection/driver.ts";

/** Resolves once the server has the rows; it has none of them when it says no. */
export function copyIn(client: PostgresClient, sql: string, rows: string): Promise<void> {
  return new Promise((resolve, reject) => {
    void client.query(new Copy(sql, Buffer.from(rows), resolve, reject));
  });
}

/** What the driver calls while a statement runs. */
class Copy implements Submitted {
  readonly #sql: string;
  readonly #rows: Uint8Array;
  readonly #resolve: () => void;
  readonly #reject: (error: unknown) => void;
  #hasFailed = false;

  constructor(
    sql: string,
    rows: Uint8Array,
    resolve: () => void,
    reject: (error: unknown) => void,
  ) {
    this.#sql = sql;
    this.#rows = rows;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: DriverConnection): void {
    connection.query(this.#sql);
  }

  handleCopyInResponse(connection: DriverConnection): void {
    connection.sendCopyFromChunk(this.#rows);
    connection.endCopyFrom();
  }

  handleError(error: unknown): void {
    this.#hasFailed = true;
    this.#reject(error);
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    if (!this.#hasFailed) this.#resolve();
  }
}

/** PostgreSQL's text has no character 0: it is written as the first of the private ones and a 0. */
const MARK = "\uE000";

export function storable(text: string): string {
  if (!text.includes("\0") && !text.includes(MARK)) return text;
  return text.replaceAll(MARK, `${MARK}1`).replaceAll("\0", `${MARK}0`);
}

export function asWritten(text: string): string {
  if (!text.includes(MARK)) return text;
  return text.replaceAll(`${MARK}0`, "\0").replaceAll(`${MARK}1`, MARK);
}

const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** A line of COPY's text format. */
export function copyLine(values: readonly (string | number | null)[]): string {
  let line = "";
  for (const [at, value] of values.entries()) {
    if (at > 0) line += "\t";
    if (value === null) line += "\\N";
    else if (typeof value === "number") line += value;
    else line += storable(value).replace(/[\\\n\r\t]/g, (one) => escapes[one] ?? one);
  }
  return `${line}\n`;
}
