// A row of the log on its way to the worker and back: an array of its values, in the order of the
// table's columns.

import type { LogRow } from "../../gate/stores.ts";
import type { Countable } from "../days/index.ts";

export type PackedRow = readonly (string | number | null)[];

/** The columns after the row's own number. */
export const columns = [
  "request_id",
  "client_request_id",
  "at_ms",
  "duration_ms",
  "account_id",
  "key_id",
  "operation",
  "method",
  "path",
  "status",
  "code",
  "condition",
  "ended_at",
  "ending",
  "window_limit",
  "window_remaining",
  "held",
  "charged",
  "refused_by",
  "param",
  "retry_after_ms",
  "simulated",
  "degraded",
  "details",
  "api",
  "address",
  "is_older_secret",
  "window_name",
  "credits_remaining",
] as const;

/** By their numbers in the table. */
const degrees: readonly LogRow["degraded"][] = [undefined, "limits", "keys", "limits, keys"];

export function packRow(row: LogRow): PackedRow {
  return [
    row.requestId,
    row.clientRequestId ?? null,
    row.atMs,
    row.durationMs,
    row.accountId ?? null,
    row.keyId ?? null,
    row.operation ?? null,
    row.method,
    row.path,
    row.status,
    row.code ?? null,
    row.condition ?? null,
    row.endedAt,
    row.ending,
    row.windowLimit ?? null,
    row.windowRemaining ?? null,
    row.held,
    row.charged,
    row.by ?? null,
    row.param ?? null,
    row.retryAfterMs ?? null,
    row.simulated ? 1 : 0,
    degrees.indexOf(row.degraded),
    row.details === undefined ? null : JSON.stringify(row.details),
    row.api,
    row.address,
    row.isOlderSecret ? 1 : 0,
    row.window ?? null,
    row.creditsRemaining ?? null,
  ];
}

/** What the sums of its day need to know of a row. */
export function countable(packed: PackedRow): Countable {
  return {
    atMs: packed[2] as number,
    durationMs: packed[3] as number,
    operation: (packed[6] as string | null) ?? undefined,
    status: packed[9] as number,
    ending: packed[13] as LogRow["ending"],
    charged: packed[17] as number,
    simulated: packed[21] === 1,
    api: packed[24] as string,
  };
}

export function unpackRow(packed: PackedRow): LogRow {
  const text = (at: number) => (packed[at] as string | null) ?? undefined;
  const number = (at: number) => (packed[at] as number | null) ?? undefined;
  return {
    ...countable(packed),
    requestId: packed[0] as string,
    clientRequestId: text(1),
    accountId: text(4),
    keyId: text(5),
    method: packed[7] as string,
    path: packed[8] as string,
    code: text(10),
    condition: text(11),
    endedAt: packed[12] as LogRow["endedAt"],
    windowLimit: number(14),
    windowRemaining: number(15),
    held: packed[16] as number,
    by: text(18),
    param: text(19),
    retryAfterMs: number(20),
    simulated: packed[21] === 1,
    degraded: degrees[packed[22] as number],
    details: packed[23] == null ? undefined : JSON.parse(packed[23] as string),
    address: packed[25] as string,
    isOlderSecret: packed[26] === 1,
    window: text(27),
    creditsRemaining: number(28),
  };
}
