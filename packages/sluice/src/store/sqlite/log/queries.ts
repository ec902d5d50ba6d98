// What people ask of the log: rows by their properties, newest first, page by page; one row by its
// request id; and an account's sums.

import { dayOf } from "../../../base/index.ts";
import type { DayQuery, DaySum, LogPlace, LogQuery, Usage } from "../../../gate/stores.ts";
import { columns, dayColumns, failsAlways, type PackedRow, unpackDay } from "../../log/index.ts";
import type { Prepare } from "../file/statements.ts";

const pageRows = 5_000;

export interface RowsPage {
  readonly rows: readonly PackedRow[];
  /** Where the next page begins: behind the last row of this one. */
  readonly next: LogPlace | undefined;
}

export type RowFilter = Omit<LogQuery, "limit">;

const conditions: Readonly<Record<keyof Omit<RowFilter, "after">, string>> = {
  api: "api = ?",
  accountId: "account_id = ?",
  keyId: "key_id = ?",
  isOlderSecret: "is_older_secret = ?",
  clientRequestId: "client_request_id = ?",
  code: "code = ?",
  condition: "condition = ?",
  ending: "ending = ?",
  operation: "operation = ?",
  status: "status = ?",
  fromMs: "at_ms >= ?",
  toMs: "at_ms < ?",
};

export function findRows(prepare: Prepare, filter: RowFilter, limit: number): RowsPage {
  const where: string[] = [];
  const values: (string | number)[] = [];
  for (const [name, condition] of Object.entries(conditions)) {
    const value = filter[name as keyof typeof conditions];
    if (value === undefined) continue;
    where.push(condition);
    values.push(typeof value === "boolean" ? Number(value) : value);
  }
  // What the partial indices are for has to be said in so many words: values are not known when a statement is prepared.
  if (filter.isOlderSecret) where.push("is_older_secret = 1");
  if (failsAlways(filter)) where.push("status >= 400");
  if (filter.after !== undefined) {
    where.push("(at_ms, request_id) < (?, ?)");
    values.push(filter.after.atMs, filter.after.requestId);
  }
  const statement = prepare(
    `SELECT ${columns.join()} FROM request ` +
      (where.length === 0 ? "" : `WHERE ${where.join(" AND ")} `) +
      "ORDER BY at_ms DESC, request_id DESC LIMIT ?",
  );
  statement.setReturnArrays(true);
  const most = Math.min(limit, pageRows);
  const rows = statement.all(...values, most) as unknown as PackedRow[];
  const last = rows.length < most || most === limit ? undefined : rows.at(-1);
  const next = last && { atMs: last[2] as number, requestId: last[0] as string };
  return { rows, next };
}

export function explainRow(prepare: Prepare, requestId: string): PackedRow | undefined {
  const statement = prepare(`SELECT ${columns.join()} FROM request WHERE request_id = ?`);
  statement.setReturnArrays(true);
  return statement.get(requestId) as unknown as PackedRow | undefined;
}

/** From `fromMs`, before `toMs`; told by the index alone. */
export function sumUsage(prepare: Prepare, accountId: string, fromMs: number, toMs: number): Usage {
  const row = prepare(
    "SELECT count(*) AS requests, total(ending = 'refused') AS refusals, " +
      "total(ending = 'fault') AS faults, " +
      "total(charged) AS credits FROM request WHERE account_id = ? AND at_ms >= ? AND at_ms < ?",
  ).get(accountId, fromMs, toMs);
  return {
    requests: Number(row?.["requests"]),
    refusals: Number(row?.["refusals"]),
    faults: Number(row?.["faults"]),
    credits: Number(row?.["credits"]),
  };
}

export function daysOf(prepare: Prepare, { api, fromMs, toMs }: DayQuery): readonly DaySum[] {
  const statement = prepare(
    `SELECT ${dayColumns.join()} FROM request_day WHERE day_ms >= ? AND day_ms < ? ` +
      `${api === undefined ? "" : "AND api = ? "}ORDER BY day_ms, api, operation`,
  );
  statement.setReturnArrays(true);
  const told = [dayOf(fromMs), toMs, ...(api === undefined ? [] : [api])];
  const rows = statement.all(...told) as unknown as PackedRow[];
  return rows.map(unpackDay);
}
