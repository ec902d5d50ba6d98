/** How the client and its peers are scored: a group is a table that is measured row by row, with aims over several of them. */

import { BenchError, whyOf } from "../machine.ts";
import { addressOf, rerunOf } from "../results/address.ts";
import { controlFault, LEAST_ROUNDS } from "../results/control.ts";
import type { Aim, Cell, Column, ResultRow, Table } from "../results/table.ts";
import { findingsOf } from "../results/verdict.ts";

export interface Score {
  readonly name: string;
  readonly isOurs: boolean;
  readonly isBound?: boolean;
  /** Compared with ours of the same league. @default one for the whole table */
  readonly league?: string;
  readonly cells: readonly Cell[];
  /** What happened in each second, where a picture is drawn of it. */
  readonly perSecond?: readonly number[];
  /** Why a peer's row could not be measured. */
  readonly failure?: string;
}

/** Whether a peer's row was asked for; ours and what is no library are always there. */
export type Wanted = (name: string) => boolean;

export interface Group {
  readonly title: string;
  readonly columns: readonly Column[];
  /** What nobody can do better; empty cells where there is no such thing. */
  readonly optimum: readonly string[];
  readonly notes: readonly string[];
  /** The row of a baseline beside itself, where there is one; it is judged by its first figure. */
  readonly control?: string;
  readonly scores: (wanted: Wanted) => Promise<readonly Score[]>;
  /** Drawn of what was just measured: the file's name without its end, and the SVG. */
  readonly pictures?: (scores: readonly Score[]) => Readonly<Record<string, string>>;
  /** Judged by what was just measured. */
  readonly aims?: (scores: readonly Score[]) => readonly Aim[];
}

interface Command {
  /** As npm knows it. */
  readonly command: string;
  /** Of the group. */
  readonly id: string;
}

/** Measured to its end, or not, if a row of ours fails: a peer's that does leaves the others as they are. */
export async function measureGroup(
  named: Command,
  group: Group,
  asked: readonly string[],
  draw: (name: string, svg: string) => void,
): Promise<Table> {
  const { id } = named;
  const isWhole = asked.length === 0 || asked.some((one) => one === id || one === `${id}/`);
  try {
    const all = await group.scores((name) => isWhole || asked.includes(addressOf(id, name)));
    requireRows(id, asked, all);
    return tableOf(named, group, all, draw);
  } catch (error) {
    const { title, columns, notes } = group;
    const failures = [whyOf(error)];
    return { id, title, columns, notes, rows: [], aims: [], pictures: [], failures };
  }
}

/** A row that nobody measured would be missed by nobody. */
function requireRows(id: string, asked: readonly string[], all: readonly Score[]): void {
  const addresses = new Set([`${id}/`, ...all.map(({ name }) => addressOf(id, name))]);
  const nothing = asked.filter((one) => one.startsWith(`${id}/`) && !addresses.has(one));
  if (nothing.length === 0) return;
  throw new BenchError(
    `No row matches ${nothing.join(", ")}: --only ${id} shows all that there are`,
  );
}

function tableOf(
  { command, id }: Command,
  group: Group,
  all: readonly Score[],
  draw: (name: string, svg: string) => void,
): Table {
  const { title, columns, optimum, notes, control } = group;
  const scores = all.filter(({ failure }) => failure === undefined);
  const failures = all.flatMap(({ name, failure }) => (failure ? [`${name}: ${failure}`] : []));
  const drawn = Object.entries(group.pictures?.(scores) ?? {});
  for (const [name, svg] of drawn) draw(name, svg);
  const rows = scores.map(
    ({ name, isOurs, isBound, league, cells }): ResultRow => ({
      name,
      ...(league !== undefined && { league }),
      side: isOurs ? "ours" : isBound ? "bound" : "peer",
      rerun: rerunOf(command, id, name),
      cells,
    }),
  );
  const bound: ResultRow = {
    name: "optimum",
    side: "bound",
    rerun: `npm run ${command} -- --only ${id}`,
    cells: optimum.map((text) => ({ text })),
  };
  const table: Table = {
    id,
    title,
    columns,
    rows: [...rows, bound],
    ...(control !== undefined && { control }),
    notes,
    aims: [],
    pictures: drawn.map(([name]) => name),
    ...(failures.length > 0 && { failures }),
  };
  const fault = control === undefined ? undefined : controlFault(rows, control, LEAST_ROUNDS);
  const aims = [...safetyAims(table), ...(group.aims?.(scores) ?? [])];
  return { ...table, aims, ...(fault !== undefined && { fault }) };
}

function safetyAims(table: Table): readonly Aim[] {
  const { title, columns } = table;
  const watched = columns.filter(({ isSafety }) => isSafety);
  if (watched.length === 0) return [];
  const wins = findingsOf(table).filter(({ column }) => columns[column]?.isSafety);
  return [
    {
      text: `safety, no peer wins: ${title}: ${watched.map(({ heading }) => heading).join(", ")}`,
      wanted: "0 wins",
      figure: `${wins.length} wins`,
      isMet: wins.length === 0,
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

interface Scored {
  readonly name: string;
  readonly isOurs?: boolean;
  /** A floor or a ceiling, and no library. */
  readonly isBound?: boolean;
  readonly league?: string;
}

/** One row for each, one after the other, with a word on the error stream. */
export async function scoreEach<P extends Scored>(
  peers: readonly P[],
  wanted: Wanted,
  measure: (peer: P) => Promise<readonly Cell[] | Pick<Score, "cells" | "perSecond">>,
): Promise<readonly Score[]> {
  const scores: Score[] = [];
  for (const peer of peers) {
    const { name, isOurs = false, isBound = false, league } = peer;
    if (!isOurs && !isBound && !wanted(name)) continue;
    const beganMs = performance.now();
    const measured = await measure(peer).catch((error: unknown) => {
      if (isOurs || isBound) throw error;
      return { cells: [], failure: whyOf(error) };
    });
    console.error(`  ${name}: ${((performance.now() - beganMs) / 1_000).toFixed(1)} s`);
    const own = "cells" in measured ? measured : { cells: measured };
    scores.push({ name, isOurs, isBound, ...(league !== undefined && { league }), ...own });
  }
  return scores;
}
