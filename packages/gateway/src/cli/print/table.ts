// Rows as columns for people: aligned, numbers to the right, cut to the width of the terminal. What programs read is JSON.

import { outputWidth, styled } from "./terminal.ts";

export interface Column<Row> {
  readonly title: string;
  readonly of: (row: Row) => string;
  /** Numbers. @default left */
  readonly align?: "right";
  /** Cut where there is too little room. @default never: ids are copied */
  readonly mayCut?: true;
}

const GAP = "  ";
const CUT_TO_MIN = 8;

/** Widths that several tables of one stream of rows share. */
export interface Layout {
  readonly widths: readonly number[];
}

export function tableOf<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number = outputWidth(),
): string[] {
  const cells = rows.map((row) => columns.map(({ of }) => printable(of(row))));
  const titles = columns.map(({ title }) => title);
  const widths = fitted(columns, [titles, ...cells], width);
  return [
    styled("dim", lineOf(columns, titles, widths)),
    ...cells.map((row) => lineOf(columns, row, widths)),
  ];
}

/** One more line of a table that goes on, as `tail` does. */
export function rowOf<Row>(columns: readonly Column<Row>[], row: Row, widths: readonly number[]): string {
  return lineOf(columns, columns.map(({ of }) => printable(of(row))), widths);
}

/** `name  value`, one a line. */
export function facts(pairs: readonly (readonly [name: string, value: string])[]): string[] {
  const width = Math.max(0, ...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `${styled("dim", name.padEnd(width))}${GAP}${printable(value)}`);
}

/** A text that somebody chose must not move the cursor. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "\uFFFD");
}

function fitted<Row>(
  columns: readonly Column<Row>[],
  lines: readonly (readonly string[])[],
  width: number,
): readonly number[] {
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
  let over = widths.reduce((sum, one) => sum + one, 0) + GAP.length * (widths.length - 1) - width;
  // The last that may be cut is cut first.
  for (let index = widths.length - 1; index >= 0 && over > 0; index--) {
    if (!columns[index]?.mayCut) continue;
    const cut = Math.min(over, Math.max(0, (widths[index] ?? 0) - CUT_TO_MIN));
    widths[index] = (widths[index] ?? 0) - cut;
    over -= cut;
  }
  return widths;
}

function lineOf<Row>(
  columns: readonly Column<Row>[],
  cells: readonly string[],
  widths: readonly number[],
): string {
  const shown = cells.map((cell, index) => {
    const width = widths[index] ?? 0;
    const { align, mayCut } = columns[index] ?? {};
    const text = mayCut && cell.length > width ? `${cell.slice(0, width - 1)}…` : cell;
    return align === "right" ? text.padStart(width) : text.padEnd(width);
  });
  return shown.join(GAP).trimEnd();
}
