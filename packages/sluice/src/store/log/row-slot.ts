// Rows of the log in slots that are used again: a row that was kept itself would outlive the young
// generation and cost the collector more than the gate does.

import type { LogRow } from "../../gate/stores.ts";

/** A row that can be written over. */
export type RowSlot = { -readonly [Field in keyof LogRow]: LogRow[Field] };

/** All but the id, which may be kept elsewhere. Field by field: a generic copy would look up each name anew, on every request. */
export function overwriteRow(slot: RowSlot, row: LogRow): void {
  slot.clientRequestId = row.clientRequestId;
  slot.api = row.api;
  slot.atMs = row.atMs;
  slot.durationMs = row.durationMs;
  slot.accountId = row.accountId;
  slot.keyId = row.keyId;
  slot.isOlderSecret = row.isOlderSecret;
  slot.address = row.address;
  slot.operation = row.operation;
  slot.method = row.method;
  slot.path = row.path;
  slot.status = row.status;
  slot.code = row.code;
  slot.condition = row.condition;
  slot.endedAt = row.endedAt;
  slot.ending = row.ending;
  slot.window = row.window;
  slot.windowLimit = row.windowLimit;
  slot.windowRemaining = row.windowRemaining;
  slot.held = row.held;
  slot.charged = row.charged;
  slot.creditsRemaining = row.creditsRemaining;
  slot.by = row.by;
  slot.param = row.param;
  slot.retryAfterMs = row.retryAfterMs;
  slot.details = row.details;
  slot.simulated = row.simulated;
  slot.degraded = row.degraded;
}
