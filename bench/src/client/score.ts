/** One table of scores: ours, each peer and the optimum; what a peer does better than ours is marked. */
import { alignedTable } from "../table.ts";

export interface Cell {
  readonly text: string;
  /** What is compared; a figure without one is only shown. */
  readonly value?: number;
}

export interface Column {
  readonly heading: string;
  /** Which figure is the better one; a column without it is only shown. */
  readonly better?: "less" | "more";
}

export interface Score {
  readonly name: string;
  readonly isOurs: boolean;
  readonly cells: readonly Cell[];
}

/** What a figure ought to be. */
export interface Aim {
  readonly text: string;
  readonly wanted: string;
  readonly figure: string;
  readonly isMet: boolean;
}

export interface Group {
  readonly title: string;
  readonly columns: readonly Column[];
  /** What nobody can do better; empty cells where there is no such thing. */
  readonly optimum: readonly string[];
  readonly notes: readonly string[];
  readonly scores: () => Promise<readonly Score[]>;
  /** Judged by what was just measured. */
  readonly aims?: (scores: readonly Score[]) => readonly Aim[];
}

/** Compared as it is printed: what cannot be seen is no difference. */
export function counted(value: number, digits = 0): Cell {
  const text = value.toFixed(digits);
  return { text, value: Number(text) };
}

/** Shown, never compared: it would flatter whoever does less. */
export function shown(text: string): Cell {
  return { text };
}

export const NOTHING: Cell = { text: "–" };

const MARK = " *";

/** Answers what was aimed at, and by which figure it was met or missed. */
export async function printGroup(group: Group): Promise<readonly Aim[]> {
  const { title, columns, optimum, notes } = group;
  const all = await group.scores();
  const best = columns.map((column, index) => bestOfOurs(all, column, index));
  const isWin = ({ isOurs, cells }: Score, index: number) => {
    const [ours, value] = [best[index], cells[index]?.value];
    if (isOurs || value === undefined || ours === undefined) return false;
    return columns[index]?.better === "less" ? value < ours : value > ours;
  };
  const rows = all.map((score) => [
    score.name,
    ...score.cells.map(({ text }, index) => (isWin(score, index) ? text + MARK : text)),
  ]);
  const headings = ["", ...columns.map(({ heading }) => heading)];
  console.log(`\n${title}\n\n${alignedTable([headings, ...rows, ["optimum", ...optimum]])}\n`);
  for (const note of notes) console.log(`  ${note}`);
  const wins = columns.flatMap(({ heading }, index) => {
    const winners = all.filter((score) => isWin(score, index)).map(({ name }) => name);
    return winners.length === 0 ? [] : [`${heading}: ${winners.join("; ")}`];
  });
  if (wins.length === 0) console.log("  no peer is better than our best row in what is compared");
  for (const win of wins) console.log(`  * PEER WINS ${win}`);
  const aims = group.aims?.(all) ?? [];
  for (const aim of aims) console.log(`  ${aimLine(aim)}`);
  return aims;
}

export function aimLine({ text, wanted, figure, isMet }: Aim): string {
  return `AIM ${isMet ? "met" : "MISSED"}: ${text}: ${figure} (aim: ${wanted})`;
}

function bestOfOurs(
  all: readonly Score[],
  column: Column | undefined,
  index: number,
): number | undefined {
  if (column?.better === undefined) return undefined;
  const ours = all.flatMap(({ isOurs, cells }) => (isOurs ? (cells[index]?.value ?? []) : []));
  if (ours.length === 0) return undefined;
  return column.better === "less" ? Math.min(...ours) : Math.max(...ours);
}

/** One row for each, one after the other, with a word on the error stream. */
export async function scoreEach<P extends { readonly name: string; readonly isOurs?: boolean }>(
  peers: readonly P[],
  measure: (peer: P) => Promise<readonly Cell[]>,
): Promise<readonly Score[]> {
  const scores: Score[] = [];
  for (const peer of peers) {
    const beganMs = performance.now();
    const cells = await measure(peer);
    console.error(`  ${peer.name}: ${((performance.now() - beganMs) / 1_000).toFixed(1)} s`);
    scores.push({ name: peer.name, isOurs: peer.isOurs === true, cells });
  }
  return scores;
}
