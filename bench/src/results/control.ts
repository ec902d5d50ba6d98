// The A/A row: a baseline against itself must read near 1.00, or nothing in its table means anything.

import { figure, median } from "./cell.ts";
import type { ResultRow } from "./table.ts";

/** How far from 1.00 it may lie. */
export const CONTROL_TOLERANCE = 0.05;
/** Fewer are a smoke test, of which nobody quotes anything. */
export const LEAST_ROUNDS = 3;

/** Why its table must not be quoted, judged by the control's first figure; undefined where it may be. */
export function controlFault(
  rows: readonly ResultRow[],
  control: string | undefined,
  rounds: number,
): string | undefined {
  const read = rows.find(({ name }) => name === control)?.cells[0]?.rounds ?? [];
  if (read.length === 0) return "its A/A row could not be measured";
  const isNear = Math.abs(median(read) - 1) <= CONTROL_TOLERANCE;
  if (isNear || rounds < LEAST_ROUNDS) return undefined;
  return (
    `the A/A row reads ${figure(read, 2).text} where 1.00 is due: the machine is too restless, ` +
    "so do not quote this table"
  );
}
