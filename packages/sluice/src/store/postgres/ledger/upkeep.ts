// What the ledger need not remember any more, forgotten a few rows at a time. Two nodes share the work, and no batch
// waits longer than for one of these statements.

import type { Database } from "../connection/database.ts";

const records = {
  name: "sluice_forget_records",
  text:
    "WITH gone AS (DELETE FROM sluice.idempotency WHERE n IN (" +
    "SELECT n FROM sluice.idempotency WHERE forget_ms <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED) " +
    "RETURNING 1) SELECT count(*) FROM gone",
};
const barred = {
  name: "sluice_forget_barred",
  text:
    "WITH gone AS (DELETE FROM sluice.hold WHERE id IN (" +
    "SELECT id FROM sluice.hold WHERE state = 'barred' AND ended_ms <= $1 LIMIT $2 " +
    "FOR UPDATE SKIP LOCKED) RETURNING 1) SELECT count(*) FROM gone",
};

/** Records whose time is over and ids that were barred long ago, at most `max` of each; the greater of the two numbers. */
export async function forgetFinished(
  database: Database,
  nowMs: number,
  rememberBarredMs: number,
  max: number,
): Promise<number> {
  const [gone] = await database.ask(records, [nowMs, max]);
  const [unbarred] = await database.ask(barred, [nowMs - rememberBarredMs, max]);
  return Math.max(Number(gone?.[0]), Number(unbarred?.[0]));
}
