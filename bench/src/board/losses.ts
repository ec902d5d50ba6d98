// All that we lose, and all that the noise leaves open, by figure: over every table that may be quoted.

import type { Cell, Table } from "../results/table.ts";
import { type Finding, findingsOf, type Outcome } from "../results/verdict.ts";

export interface Loss {
  readonly outcome: Outcome;
  /** What the figure is of: a column's heading, or an aim over several rows. */
  readonly figureOf: string;
  /** Whose figure it is; absent where it is of several rows together. */
  readonly row?: string;
  readonly text: string;
}

export function lossesOf(table: Table): readonly Loss[] {
  if (table.fault !== undefined) return [];
  const found = findingsOf(table).flatMap((found): readonly Loss[] => {
    const { row, column, outcome } = found;
    const cell = table.rows.find(({ name }) => name === row)?.cells[column];
    const figureOf = table.columns[column]?.heading ?? "";
    return cell === undefined ? [] : [{ outcome, figureOf, row, text: told(cell, found) }];
  });
  const missed = table.aims.filter(({ isMet }) => !isMet);
  return [
    ...found,
    ...missed.map(({ text, figure, wanted }): Loss => {
      return { outcome: "lost", figureOf: text, text: `${figure}, aim ${wanted}` };
    }),
  ];
}

function told({ text, bar }: Cell, { rival, ours }: Finding): string {
  if (ours !== undefined) return `${text}, ours ${ours}`;
  if (bar === undefined) return text;
  return rival === undefined ? `${text}, aim ${bar.wanted}` : `${text} × ${rival}`;
}
