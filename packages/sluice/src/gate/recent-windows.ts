/**
 * Which places in rate windows the log still knows of: what an embedded store puts back after a restart, since
 * its windows live in memory. What the log had not written when the process died is not among them.
 */
import { type AnyApi, STEPS } from "../contract/index.ts";
import type { LogRow, RequestLog, TakenPlaces } from "./stores.ts";

/** More rows than this are not read: at that rate the windows fill again by themselves. */
const ROWS_MAX = 1_000_000;
const ADMIT = STEPS.indexOf("admit");

/**
 * The places that still count at `nowMs` (wall time), oldest first. Where several APIs share one log, name them all
 * at once: then no row counts twice.
 */
export async function recentWindows(
  api: AnyApi | readonly AnyApi[],
  log: RequestLog,
  nowMs: number,
): Promise<readonly TakenPlaces[]> {
  const apis = "wire" in api ? [api] : api;
  const longestMs = Math.max(...apis.map(longestWindowMs), 0);
  const rows = await log.find({ fromMs: nowMs - longestMs, limit: ROWS_MAX });
  return rows
    .toReversed()
    .filter(tookPlaces)
    .flatMap((row) => {
      const places = apis.flatMap((one) => placesOf(one, row, nowMs));
      return places.filter(({ id }, at) => places.findIndex((other) => other.id === id) === at);
    });
}

function longestWindowMs({ wire }: AnyApi): number {
  return Math.max(...Object.values(wire.windows).map(({ windowMs }) => windowMs), 0);
}

/** Where a request to this API counts. A row from before rows knew their API may have been for any. */
function placesOf({ wire }: AnyApi, row: LogRow, nowMs: number): TakenPlaces[] {
  if (row.api !== "" && row.api !== wire.about.title) return [];
  if (row.operation !== undefined && !Object.hasOwn(wire.operations, row.operation)) return [];
  // A clock that was set back in between must not make places that last longer than their window.
  const ageMs = Math.max(0, nowMs - row.atMs);
  return Object.entries(wire.windows).flatMap(([name, { per, windowMs, operations }]) => {
    const owner = per === "key" ? row.keyId : row.accountId;
    const counts = operations === undefined || operations.some((o) => o === row.operation);
    if (owner === undefined || !counts || ageMs >= windowMs) return [];
    return [{ id: `${name}:${owner}`, windowMs, cost: 1, ageMs }];
  });
}

/** Whatever got past *admit* keeps its place; what *admit* refused took none. */
function tookPlaces(row: LogRow): boolean {
  return !row.degraded?.startsWith("limits") && STEPS.indexOf(row.endedAt) > ADMIT;
}
