// Tables for tests: what they do not speak of is as usual.

import { figure } from "../../src/results/cell.ts";
import type { Bar, Cell, ResultRow, SideOf, Table } from "../../src/results/table.ts";

export function row(
  name: string,
  side: SideOf,
  cell: Cell,
  more: Partial<ResultRow> = {},
): ResultRow {
  return {
    name,
    side,
    rerun: `npm run bench:some -- --only "some/${name}"`,
    cells: [cell],
    ...more,
  };
}

export function ratio(rounds: readonly number[], bar?: Bar): Cell {
  return figure(rounds, 2, bar);
}

/** Of one column in which more is better. */
export function table(rows: readonly ResultRow[], more: Partial<Table> = {}): Table {
  return {
    id: "some",
    title: "Some table",
    columns: [{ heading: "ratio", better: "more" }],
    rows,
    notes: [],
    aims: [],
    pictures: [],
    ...more,
  };
}
