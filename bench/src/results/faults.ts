// What is wrong with a table: rows that could not be measured, and an A/A row that makes the others worthless.

import type { Table } from "./table.ts";

/** Why its benchmark fails in the end. */
export function faultsOf({ title, fault, failures = [] }: Table): readonly string[] {
  const all = fault === undefined ? failures : [...failures, fault];
  return all.map((why) => `${title}: ${why}`);
}
