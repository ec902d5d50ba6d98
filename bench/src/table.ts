// Prints comparisons as an aligned table for the terminal.

import { type Comparison, median, type Round } from "./paired.ts";

const HEADINGS = ["", "ratio", "min–max", "µs/request", "baseline µs", "RSS MB"];

export function comparisonTable(comparisons: readonly Comparison[]): string {
  return alignedTable([HEADINGS, ...comparisons.map(cellsOf)]);
}

function cellsOf({ name, rounds }: Comparison): string[] {
  const of = (pick: (round: Round) => number) => rounds.map(pick);
  const ratios = of((round) => round.ratio);
  return [
    name,
    median(ratios).toFixed(2),
    `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`,
    median(of((round) => round.candidate.microsPerRequest)).toFixed(1),
    median(of((round) => round.baseline.microsPerRequest)).toFixed(1),
    (median(of((round) => round.candidate.residentBytes)) / 1_000_000).toFixed(0),
  ];
}

/** The median and what it lies between. */
export function spread(values: readonly number[], digits: number): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${grouped(median(values), digits)} (${grouped(least, digits)}–${grouped(most, digits)})`;
}

function grouped(value: number, digits: number): string {
  return value.toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
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

/** Of values in their order. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
