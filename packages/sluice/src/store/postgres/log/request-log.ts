// What happened, for people: the port. A row goes into a bounded buffer and at once back to the gate; it reaches the
// database a little later. Whoever asks finds it in either place.

import { HOUR_MS, uuidTimeMs } from "../../../base/index.ts";
import type {
  DayQuery,
  DaySum,
  LogPlace,
  LogQuery,
  LogRow,
  RequestLog,
  Usage,
} from "../../../gate/stores.ts";
import {
  columns,
  failsAlways,
  type PackedRow,
  unpackRow,
  type WaitingRows,
} from "../../log/index.ts";
import type { Database, Row } from "../connection/database.ts";
import { asWritten, storable } from "./copy.ts";
import { listDays } from "./days.ts";

const pageRows = 5_000;

type Filter = Omit<LogQuery, "limit" | "after">;

const conditions: Readonly<Record<keyof Filter, string>> = {
  api: "api =",
  accountId: "account_id =",
  keyId: "key_id =",
  isOlderSecret: "is_older_secret =",
  clientRequestId: "client_request_id =",
  code: "code =",
  condition: "condition =",
  ending: "ending =",
  operation: "operation =",
  status: "status =",
  fromMs: "at_ms >=",
  toMs: "at_ms <",
};

const numbers: ReadonlySet<string> = new Set([
  ...["at_ms", "duration_ms", "status", "window_limit", "window_remaining", "held", "charged"],
  ...["retry_after_ms", "simulated", "degraded", "is_older_secret", "credits_remaining"],
]);

const select = `SELECT ${columns.join()} FROM sluice.request`;
const within = {
  name: "sluice_explain",
  text: `${select} WHERE at_ms >= $1 AND at_ms < $2 AND request_id = $3`,
};
const anywhere = {
  name: "sluice_explain_any",
  text: `${select} WHERE request_id = $1 LIMIT 1`,
};
const sums = {
  name: "sluice_usage",
  text:
    "SELECT count(*), count(*) FILTER (WHERE ending = 'refused'), " +
    "count(*) FILTER (WHERE ending = 'fault'), coalesce(sum(charged), 0) " +
    "FROM sluice.request WHERE account_id = $1 AND at_ms >= $2 AND at_ms < $3",
};

export class PostgresRequestLog implements RequestLog {
  readonly #waiting: WaitingRows;
  readonly #database: Database;

  constructor(waiting: WaitingRows, database: Database) {
    this.#waiting = waiting;
    this.#database = database;
  }

  append(row: LogRow): void {
    this.#waiting.append(row);
  }

  async find({ limit, after, ...filter }: LogQuery): Promise<readonly LogRow[]> {
    if (limit < 1) return [];
    await this.#waiting.settled();
    const found: LogRow[] = [];
    for (;;) {
      const most = Math.min(limit - found.length, pageRows);
      const rows = await this.#page(filter, most, found.at(-1) ?? after);
      for (const row of rows) found.push(rowOf(row));
      if (rows.length < most || found.length === limit) return found;
    }
  }

  async explain(requestId: string): Promise<LogRow | undefined> {
    const waiting = this.#waiting.find(requestId);
    if (waiting !== undefined) return waiting;
    const row = await this.#lookUp(requestId);
    return row && rowOf(row);
  }

  async usage(accountId: string, fromMs: number, toMs: number): Promise<Usage> {
    await this.#waiting.settled();
    const [row] = await this.#database.ask(sums, [accountId, String(fromMs), String(toMs)]);
    const [requests, refusals, faults, credits] = (row ?? []).map(Number);
    return {
      requests: requests ?? 0,
      refusals: refusals ?? 0,
      faults: faults ?? 0,
      credits: credits ?? 0,
    };
  }

  async days(query: DayQuery): Promise<readonly DaySum[]> {
    await this.#waiting.settled();
    return listDays(this.#database.ask, query);
  }

  dropped(): number {
    return this.#waiting.dropped;
  }

  /** Resolves once every row that was appended is in the database; rejects when that is impossible now. */
  flush(): Promise<void> {
    return this.#waiting.flush();
  }

  /** By the time in the id, which is the row's; a clock that was set moves the two apart. */
  async #lookUp(requestId: string): Promise<Row | undefined> {
    const atMs = uuidTimeMs(requestId);
    const id = storable(requestId);
    if (atMs === undefined) return (await this.#database.ask(anywhere, [id]))[0];
    const [row] = await this.#database.ask(within, [atMs, atMs + 1, id]);
    if (row !== undefined) return row;
    return (await this.#database.ask(within, [atMs - HOUR_MS, atMs + HOUR_MS, id]))[0];
  }

  #page(filter: Filter, most: number, after: LogPlace | undefined): Promise<readonly Row[]> {
    const where: string[] = [];
    const values: unknown[] = [];
    for (const [name, condition] of Object.entries(conditions)) {
      const value = filter[name as keyof typeof filter];
      if (value === undefined) continue;
      values.push(typeof value === "string" ? storable(value) : String(Number(value)));
      where.push(`${condition} $${values.length}`);
    }
    if (failsAlways(filter)) where.push("status >= 400");
    if (after !== undefined) {
      values.push(String(after.atMs), storable(after.requestId));
      where.push(`(at_ms, request_id) < ($${values.length - 1}, $${values.length})`);
    }
    values.push(most);
    const condition = where.length === 0 ? "" : ` WHERE ${where.join(" AND ")}`;
    const text = `${select}${condition} ORDER BY at_ms DESC, request_id DESC LIMIT $${values.length}`;
    return this.#database.ask(text, values);
  }
}

function rowOf(row: Row): LogRow {
  const packed = row.map((value, at) => {
    if (value === null) return null;
    return numbers.has(columns[at] ?? "") ? Number(value) : asWritten(value);
  });
  return unpackRow(packed as PackedRow);
}
