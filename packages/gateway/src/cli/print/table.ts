// Rows as columns for people: aligned, numbers to the right, cut to the width of the terminal. What programs read is JSON.

import { isUnicode, outputWidth, styled } from "./terminal.ts";

export interface Column<Row> {
  readonly title: string;
  readonly of: (row: Row) => string;
  /** Numbers. @default left */
  readonly align?: "right";
  /** Cut where there is too little room. @default never: ids are copied */
  readonly mayCut?: true;
  /** Where rows come one by one: how wide it mostly is. */
  readonly usualWidth?: number;
}

const GAP = "  ";
const CUT_TO_MIN = 8;

export function tableOf<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number = outputWidth(),
): string[] {
  const widths = widthsOf(columns, rows, width);
  return [headingOf(columns, widths), ...rows.map((row) => rowOf(columns, row, widths))];
}

/** For a table whose rows come later, too. */
export function widthsOf<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number = outputWidth(),
): readonly number[] {
  const widths = columns.map(({ title, of, usualWidth = 0 }) =>
    Math.max(title.length, usualWidth, ...rows.map((row) => printable(of(row)).length)),
  );
  const gaps = GAP.length * (widths.length - 1);
  let over = widths.reduce((sum, one) => sum + one, gaps) - width;
  // The last that may be cut is cut first.
  for (let index = widths.length - 1; index >= 0 && over > 0; index--) {
    if (!columns[index]?.mayCut) continue;
    const cut = Math.min(over, Math.max(0, (widths[index] ?? 0) - CUT_TO_MIN));
    widths[index] = (widths[index] ?? 0) - cut;
    over -= cut;
  }
  return widths;
}

export function headingOf<Row>(columns: readonly Column<Row>[], widths: readonly number[]): string {
  const titles = columns.map(({ title }) => title);
  return styled("dim", lineOf(columns, titles, widths));
}

export function rowOf<Row>(
  columns: readonly Column<Row>[],
  row: Row,
  widths: readonly number[],
): string {
  const cells = columns.map(({ of }) => printable(of(row)));
  return lineOf(columns, cells, widths);
}

/** `name  value`, one a line. */
export function facts(pairs: readonly (readonly [name: string, value: string])[]): string[] {
  const width = Math.max(0, ...pairs.map(([name]) => name.length));
  return pairs.map(
    ([name, value]) => `${styled("dim", name.padEnd(width))}${GAP}${printable(value)}`,
  );
}

/** A text that somebody chose must not move the cursor. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "\uFFFD");
}

function lineOf<Row>(
  columns: readonly Column<Row>[],
  cells: readonly string[],
  widths: readonly number[],
): string {
  const shown = cells.map((cell, index) => {
    const width = widths[index] ?? 0;
    const { align, mayCut } = columns[index] ?? {};
    const text =
      mayCut && cell.length > width
        ? `${cell.slice(0, width - 1)}${isUnicode() ? "…" : "~"}`
        : cell;
    return align === "right" ? text.padStart(width) : text.padEnd(width);
  });
  return shown.join(GAP).trimEnd();
}
