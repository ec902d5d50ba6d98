/** One table of scores: ours, each peer and the optimum; what a peer does better than ours is marked. */
import { alignedTable } from "../table.ts";

export interface Cell {
  readonly text: string;
  /** What is compared; a figure without one is only shown. */
  readonly value?: number;
  /** What the value was bought with: then a better value at a higher price is no win. */
  readonly price?: number;
}

export interface Column {
  readonly heading: string;
  /** Which figure is the better one; a column without it is only shown. */
  readonly better?: "less" | "more";
  /** Where a peer must not win. */
  readonly isSafety?: true;
}

export interface Score {
  readonly name: string;
  readonly isOurs: boolean;
  readonly cells: readonly Cell[];
  /** What happened in each second, where a picture is drawn of it. */
  readonly perSecond?: readonly number[];
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
  /** Drawn of what was just measured: the file's name without its end, and the SVG. */
  readonly pictures?: (scores: readonly Score[]) => Readonly<Record<string, string>>;
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
export async function printGroup(
  group: Group,
  draw: (name: string, svg: string) => void,
): Promise<readonly Aim[]> {
  const { title, columns, optimum, notes } = group;
  const all = await group.scores();
  const ours = all.filter(({ isOurs }) => isOurs);
  const isWin = ({ isOurs, cells }: Score, index: number) =>
    !isOurs && beats(cells[index], ours, columns[index], index);
  const rows = all.map((score) => [
    score.name,
    ...score.cells.map(({ text }, index) => (isWin(score, index) ? text + MARK : text)),
  ]);
  const headings = ["", ...columns.map(({ heading }) => heading)];
  console.log(`\n${title}\n\n${alignedTable([headings, ...rows, ["optimum", ...optimum]])}\n`);
  for (const note of notes) console.log(`  ${note}`);
  const wins = columns.map((_, index) => all.filter((score) => isWin(score, index)));
  if (wins.every(({ length }) => length === 0)) {
    console.log("  no peer is better than our best row in what is compared");
  }
  for (const [index, winners] of wins.entries()) {
    const names = winners.map(({ name }) => name).join("; ");
    if (names !== "") console.log(`  * PEER WINS ${columns[index]?.heading}: ${names}`);
  }
  const aims = [...safetyAims(title, columns, wins), ...(group.aims?.(all) ?? [])];
  for (const aim of aims) console.log(`  ${aimLine(aim)}`);
  for (const [name, svg] of Object.entries(group.pictures?.(all) ?? {})) draw(name, svg);
  return aims;
}

function beats(
  cell: Cell | undefined,
  ours: readonly Score[],
  column: Column | undefined,
  index: number,
): boolean {
  const { value, price } = cell ?? {};
  const better = column?.better;
  if (value === undefined || better === undefined) return false;
  const rivals = ours.flatMap(({ cells }) => cells[index] ?? []);
  const compared = rivals.flatMap((rival) =>
    rival.value === undefined ? [] : { price: 0, ...rival, value: rival.value },
  );
  // At a price, whoever has one of ours that is dearer and no better has won.
  const isBetter = (own: (typeof compared)[number]) =>
    (better === "less" ? value < own.value : value > own.value) && (price ?? 0) <= own.price;
  return price === undefined
    ? compared.length > 0 && compared.every(isBetter)
    : compared.some(isBetter);
}

function safetyAims(
  title: string,
  columns: readonly Column[],
  wins: readonly (readonly Score[])[],
): readonly Aim[] {
  const watched = columns.flatMap(({ heading, isSafety }, index) =>
    isSafety ? [{ heading, won: wins[index]?.length ?? 0 }] : [],
  );
  if (watched.length === 0) return [];
  const lost = watched.filter(({ won }) => won > 0);
  return [
    {
      text: `safety, no peer wins: ${title}: ${watched.map(({ heading }) => heading).join(", ")}`,
      wanted: "0 wins",
      figure: `${lost.reduce((sum, { won }) => sum + won, 0)} wins`,
      isMet: lost.length === 0,
    },
  ];
}

/** That none of our rows has any of it. */
export function zeroAim(
  text: string,
  scores: readonly Score[],
  ...columns: readonly number[]
): Aim {
  const sum = scores
    .filter(({ isOurs }) => isOurs)
    .flatMap(({ cells }) => columns.map((column) => cells[column]?.value ?? 0))
    .reduce((all, one) => all + one, 0);
  return { text, wanted: "0", figure: `${sum}`, isMet: sum === 0 };
}

export function aimLine({ text, wanted, figure, isMet }: Aim): string {
  return `AIM ${isMet ? "met" : "MISSED"}: ${text}: ${figure} (aim: ${wanted})`;
}

/** One row for each, one after the other, with a word on the error stream. */
export async function scoreEach<P extends { readonly name: string; readonly isOurs?: boolean }>(
  peers: readonly P[],
  measure: (peer: P) => Promise<readonly Cell[] | Pick<Score, "cells" | "perSecond">>,
): Promise<readonly Score[]> {
  const scores: Score[] = [];
  for (const peer of peers) {
    const beganMs = performance.now();
    const measured = await measure(peer);
    console.error(`  ${peer.name}: ${((performance.now() - beganMs) / 1_000).toFixed(1)} s`);
    const own = "cells" in measured ? measured : { cells: measured };
    scores.push({ name: peer.name, isOurs: peer.isOurs === true, ...own });
  }
  return scores;
}
