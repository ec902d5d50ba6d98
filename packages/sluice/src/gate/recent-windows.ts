/**
 * Which places in rate windows the log still knows of: what an embedded store puts back after a restart, since
 * its windows live in memory. What the log had not written when the process died is not among them.
 */
import { type AnyApi, STEPS } from "../contract/index.ts";
import type { LogRow, RequestLog, TakenPlaces } from "./stores.ts";

/** More rows than this are not read: at that rate the windows fill again by themselves. */
const ROWS_MAX = 1_000_000;
const ADMIT = STEPS.indexOf("admit");

/** The places that still count at `nowMs` (wall time), oldest first. */
export async function recentWindows(
  api: AnyApi,
  log: RequestLog,
  nowMs: number,
): Promise<readonly TakenPlaces[]> {
  const windows = Object.entries(api.wire.windows);
  const longestMs = Math.max(...windows.map(([, { windowMs }]) => windowMs), 0);
  const rows = await log.find({ fromMs: nowMs - longestMs, limit: ROWS_MAX });
  const taken: TakenPlaces[] = [];
  for (const row of rows.toReversed()) {
    if (!tookPlaces(row)) continue;
    // A clock that was set back in between must not make places that last longer than their window.
    const ageMs = Math.max(0, nowMs - row.atMs);
    for (const [name, { per, windowMs, operations }] of windows) {
      const owner = per === "key" ? row.keyId : row.accountId;
      const counts = operations === undefined || operations.some((o) => o === row.operation);
      if (owner === undefined || !counts || ageMs >= windowMs) continue;
      taken.push({ id: `${name}:${owner}`, windowMs, cost: 1, ageMs });
    }
  }
  return taken;
}

/** Whatever got past *admit* keeps its place; what *admit* refused took none. */
function tookPlaces(row: LogRow): boolean {
  return !row.degraded && STEPS.indexOf(row.endedAt) > ADMIT;
}
