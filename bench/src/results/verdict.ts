// What we lose, told from the figures alone: rows in which a peer is better than our best one of its league, and bars that
// are not reached. What the table's own noise could have made is undecided, whichever way it reads.

import type { Bar, Cell, Column, ResultRow, Table } from "./table.ts";

export type Outcome = "lost" | "undecided";

/** One row in one column. */
export interface Finding {
  readonly row: string;
  readonly column: number;
  readonly outcome: Outcome;
  /** Whom we lose to; absent where it is an aim of ours that is missed. */
  readonly rival?: string;
  /** Our best figure, where the row is a peer's. */
  readonly ours?: string;
}

/** How far the control was off in each column, where it has a figure. */
type Noise = readonly (number | undefined)[];

export function findingsOf(table: Table): readonly Finding[] {
  const noise = noiseOf(table);
  return table.rows.flatMap((row) =>
    row.cells.flatMap((cell, column) => {
      const heading = table.columns[column];
      if (heading === undefined || row.name === table.control) return [];
      return [
        ...barFindings(row, cell, column, noise[column]),
        ...leagueFindings(table, row, column, heading, noise[column]),
      ];
    }),
  );
}

/** Whether there is anybody to lose to: a peer with a row of ours beside it, or a pair. */
export function hasRivals(table: Table): boolean {
  return table.rows.some((row) =>
    row.cells.some((cell, column) => {
      if (cell.bar?.rival !== undefined) return true;
      const isJudged = row.side === "peer" && table.columns[column]?.better !== undefined;
      return isJudged && isCompared(cell) && oursOf(table, row, column).length > 0;
    }),
  );
}

/** The furthest that a baseline read from itself; nobody's figure means more than that. */
export function noiseOf({ columns, rows, control }: Table): Noise {
  const cells = rows.find(({ name }) => name === control)?.cells ?? [];
  return columns.map(({ neutral = 1 }, column) => {
    const rounds = roundsOf(cells[column]);
    if (rounds.length === 0) return undefined;
    return Math.max(...rounds.map((round) => Math.abs(round - neutral)));
  });
}

function barFindings(
  row: ResultRow,
  cell: Cell,
  column: number,
  noise: number | undefined,
): readonly Finding[] {
  const { bar } = cell;
  if (bar === undefined) return [];
  const rival = bar.rival === undefined ? {} : { rival: bar.rival };
  const found = { row: row.name, column, ...rival };
  if (isClose(cell, bar, noise)) return [{ ...found, outcome: "undecided" }];
  return meets(cell, bar) ? [] : [{ ...found, outcome: "lost" }];
}

/** By the median. What could not be measured meets nothing. */
export function meets({ value = Number.NaN }: Cell, { least, most }: Bar): boolean {
  const isEnough = least === undefined || value >= least;
  const isLittle = most === undefined || value <= most;
  return isEnough && isLittle && Number.isFinite(value);
}

/** Its rounds lie on both sides of the bar, or its median lies no further from it than the noise. */
function isClose(cell: Cell, { least, most }: Bar, noise = 0): boolean {
  const rounds = roundsOf(cell);
  const bar = least ?? most;
  if (rounds.length === 0 || bar === undefined) return false;
  const isAstride = rounds.some((round) => round < bar) && rounds.some((round) => round >= bar);
  return isAstride || Math.abs((cell.value ?? Number.NaN) - bar) <= noise;
}

function leagueFindings(
  table: Table,
  row: ResultRow,
  column: number,
  { better }: Column,
  noise: number | undefined,
): readonly Finding[] {
  const cell = row.cells[column];
  if (row.side !== "peer" || better === undefined || !isCompared(cell)) return [];
  const ours = oursOf(table, row, column);
  if (ours.length === 0) return [];
  const found = { row: row.name, column, rival: row.name, ours: bestOf(ours, better) };
  const isLostTo = (one: Compared) => isClearlyBetter(cell, one, better, noise);
  if (cell.price !== undefined) {
    // At a price, whoever has one of ours that is dearer and no better has won.
    const isOutdone = (one: Compared) => isLostTo(one) && (cell.price ?? 0) <= (one.price ?? 0);
    return ours.some(isOutdone) ? [{ ...found, outcome: "lost" }] : [];
  }
  if (ours.every(isLostTo)) return [{ ...found, outcome: "lost" }];
  const isOver = ours.some((one) => isClearlyBetter(one, cell, better, noise));
  const hasRounds = roundsOf(cell).length > 0 && ours.some((one) => roundsOf(one).length > 0);
  return isOver || !hasRounds ? [] : [{ ...found, outcome: "undecided" }];
}

/** Of the same league. A control of ours stands in where the others are multiples of our own row, which then has no figure. */
function oursOf(
  { rows, control }: Table,
  { league }: ResultRow,
  column: number,
): readonly Compared[] {
  const own = rows.filter((row) => row.side === "ours" && row.league === league);
  const cellsOf = (some: readonly ResultRow[]) =>
    some.flatMap(({ cells }) => cells[column] ?? []).filter(isCompared);
  const without = cellsOf(own.filter(({ name }) => name !== control));
  return without.length > 0 ? without : cellsOf(own);
}

function bestOf(cells: readonly Compared[], better: "less" | "more"): string {
  const sorted = cells.toSorted((a, b) =>
    better === "less" ? a.value - b.value : b.value - a.value,
  );
  return sorted[0]?.text ?? "";
}

type Compared = Cell & { readonly value: number };

function isCompared(cell: Cell | undefined): cell is Compared {
  return cell !== undefined && Number.isFinite(cell.value ?? Number.NaN);
}

/** Every round of the one is better than every round of the other, and by more than the noise. */
function isClearlyBetter(
  one: Compared,
  other: Compared,
  better: "less" | "more",
  noise = 0,
): boolean {
  const [ones, others] = [one, other].map((cell) => [...roundsOf(cell), cell.value]);
  if (ones === undefined || others === undefined) return false;
  const gap =
    better === "more"
      ? Math.min(...ones) - Math.max(...others)
      : Math.min(...others) - Math.max(...ones);
  return gap > 0 && Math.abs(one.value - other.value) > noise;
}

/** A figure that could not be had is no round. */
function roundsOf(cell: Cell | undefined): readonly number[] {
  return cell?.rounds?.filter(Number.isFinite) ?? [];
}
