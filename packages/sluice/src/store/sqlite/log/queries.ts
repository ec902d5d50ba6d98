// What people ask of the log: rows by their properties, newest first, page by page; one row by its
// request id; and an account's sums.

import type { LogQuery, Usage } from "../../../gate/stores.ts";
import { columns, type PackedRow } from "../../log/index.ts";
import type { Prepare } from "../file/statements.ts";

const pageRows = 5_000;

/** Where the next page begins: below the last row of this one. */
export type Cursor = readonly [atMs: number, n: number];

export interface RowsPage {
  /** The row's own number comes last. */
  readonly rows: readonly PackedRow[];
  readonly next: Cursor | undefined;
}

export type RowFilter = Omit<LogQuery, "limit">;

const conditions: Readonly<Record<keyof RowFilter, string>> = {
  accountId: "account_id = ?",
  keyId: "key_id = ?",
  code: "code = ?",
  operation: "operation = ?",
  status: "status = ?",
  fromMs: "at_ms >= ?",
  toMs: "at_ms < ?",
};

export function findRows(
  prepare: Prepare,
  filter: RowFilter,
  limit: number,
  after: Cursor | undefined,
): RowsPage {
  const where: string[] = [];
  const values: (string | number)[] = [];
  for (const [name, condition] of Object.entries(conditions)) {
    const value = filter[name as keyof RowFilter];
    if (value === undefined) continue;
    where.push(condition);
    values.push(value);
  }
  if (after !== undefined) {
    where.push("(at_ms, n) < (?, ?)");
    values.push(...after);
  }
  const statement = prepare(
    `SELECT ${columns.join()}, n FROM request ` +
      (where.length === 0 ? "" : `WHERE ${where.join(" AND ")} `) +
      "ORDER BY at_ms DESC, n DESC LIMIT ?",
  );
  statement.setReturnArrays(true);
  const most = Math.min(limit, pageRows);
  const rows = statement.all(...values, most) as unknown as PackedRow[];
  const last = rows.length < most || most === limit ? undefined : rows.at(-1);
  const next = last && ([last[2] as number, last[columns.length] as number] as const);
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
