// A table as a terminal shows it: aligned, with a column for what a figure ought to be, and what peers do better marked.

import type { Aim, Bar, Cell, Table } from "./table.ts";
import { type Finding, findingsOf, hasRivals, meets } from "./verdict.ts";

const MARKS = { lost: " *", undecided: " ?" } as const;

/** A column as it is printed: a figure, or what it ought to be. */
export interface Printed {
  readonly heading: string;
  readonly text: (cells: readonly Cell[]) => string;
}

/** What a column is held against stands right of it; a column without any figure is left out. */
export function printedColumns({ columns, rows }: Pick<Table, "columns" | "rows">): Printed[] {
  return columns.flatMap(({ heading }, column) => {
    const own = { heading, text: (cells: readonly Cell[]) => cells[column]?.text ?? "" };
    const hasBar = rows.some(({ cells }) => cells[column]?.bar !== undefined);
    const bar = { heading: "aim", text: (cells: readonly Cell[]) => barText(cells[column]) };
    const isEmpty = rows.every(({ cells }) => (cells[column]?.text ?? "") === "");
    if (isEmpty) return [];
    return hasBar ? [own, bar] : [own];
  });
}

function barText(cell: Cell | undefined): string {
  if (cell?.bar === undefined) return "";
  return `${cell.bar.wanted} ${metOrMissed(cell, cell.bar)}`;
}

function metOrMissed(cell: Cell, bar: Bar): string {
  return meets(cell, bar) ? "met" : "MISSED";
}

export function terminalTable(table: Table): string {
  const { title, notes, aims, fault, failures = [] } = table;
  const findings = findingsOf(table);
  const printed = printedColumns(table);
  const heading = ["", ...printed.map((column) => column.heading)];
  const lines = marked(table, findings).rows.map(({ name, cells }) => [
    name,
    ...printed.map(({ text }) => text(cells)),
  ]);
  const under = [
    ...notes,
    ...peerLines(table, findings),
    ...aims.map(aimLine),
    ...failures.map((why) => `FAILED: ${why}`),
    ...(fault === undefined ? [] : [`DO NOT QUOTE: ${fault}`]),
  ];
  const told = under.map((line) => `  ${line}`).join("\n");
  return `\n${title}\n\n${alignedTable([heading, ...lines])}\n\n${told}`.trimEnd();
}

/** The same table, with the mark behind each figure that it stands for. */
function marked(table: Table, findings: readonly Finding[]): Table {
  const markOf = (row: string, column: number) => {
    const found = findings.find((one) => one.row === row && one.column === column);
    return found === undefined ? "" : MARKS[found.outcome];
  };
  const rows = table.rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell, column) => ({
      ...cell,
      text: cell.text + markOf(row.name, column),
    })),
  }));
  return { ...table, rows };
}

/** Who wins by which figure; that nobody does is told where there is somebody who could. */
function peerLines(table: Table, findings: readonly Finding[]): readonly string[] {
  const lost = findings.filter(({ outcome, rival }) => outcome === "lost" && rival !== undefined);
  const isUndecided = findings.some(({ outcome }) => outcome === "undecided");
  const undecided = isUndecided ? ["? within the noise of the table: undecided"] : [];
  if (lost.length === 0 && !isUndecided && hasRivals(table)) {
    return ["no peer is better than our best row in what is compared"];
  }
  const wins = table.columns.flatMap(({ heading }, column) => {
    const names = lost.filter((one) => one.column === column).map(({ row }) => row);
    return names.length === 0 ? [] : [`* PEER WINS ${heading}: ${names.join("; ")}`];
  });
  return [...wins, ...undecided];
}

export function aimLine({ text, wanted, figure, isMet }: Aim): string {
  return `AIM ${isMet ? "met" : "MISSED"}: ${text}: ${figure} (aim: ${wanted})`;
}

/** The first row is the heading; the first column stands left, numbers stand right. */
export function alignedTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) =>
    widths
      .map((width, column) => {
        const cell = row[column] ?? "";
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd(),
  );
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return [...lines.slice(0, 1), rule, ...lines.slice(1)].join("\n");
}
