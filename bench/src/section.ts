// The shape of a benchmark of several tables: sections that are tables, rows that measure themselves.
// Another candidate is another row.

import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BenchError, describeMachine, requireMachine, whyOf } from "./machine.ts";
import type { Options } from "./options.ts";
import { addressOf, isAskedFor, rerunOf } from "./results/address.ts";
import { controlFault } from "./results/control.ts";
import { faultsOf } from "./results/faults.ts";
import type { Cell, Column, ResultRow, SideOf, Table } from "./results/table.ts";
import { terminalTable } from "./results/terminal.ts";
import { scratchFolder } from "./scratch.ts";

export interface Run {
  readonly rounds: number;
  /** Of one round. */
  readonly seconds: number;
  /** For files; it is removed when the harness ends. */
  readonly folder: string;
  /** Says on the error stream how far it is. */
  readonly progress: (text: string) => void;
  /** Puts a sentence under the table. */
  readonly note: (text: string) => void;
  /** Keeps an SVG under a name. */
  readonly draw: (name: string, svg: string) => void;
}

export interface Row {
  readonly name: string;
  /** @default "ours" */
  readonly side?: SideOf;
  /** Compared with ours of the same league. @default one for the whole table */
  readonly league?: string;
  /** Measured only with `--all`, or when it is asked for by name. */
  readonly isLong?: true;
  /** One for each column. */
  readonly measure: (run: Run) => Promise<readonly Cell[]>;
}

export interface Section {
  /** Short; with a row's name it is what `--only` takes. */
  readonly id: string;
  readonly title: string;
  /** After the name; a text is a column that is not compared between rows. */
  readonly columns: readonly (string | Column)[];
  readonly rows: readonly Row[];
  /** The row that tells whether the others mean anything; measured with any of them. */
  readonly control?: string;
  /** Whether a control that is too far off makes the table worthless, by its first figure. */
  readonly isJudged?: true;
  /** Starts what all of its rows stand beside, and says how it ends. */
  readonly open?: (run: Run) => Promise<() => Promise<void>>;
  /** What one must know to read the numbers. */
  readonly notes: readonly string[];
  /** Drawn of the whole table once it has been measured: a name and an SVG. */
  readonly picture?: (table: Table) => readonly [name: string, svg: string];
}

type SectionRun = Omit<Run, "note">;

/** Measures what was asked for, table by table. */
export async function measureSections(
  sections: readonly Section[],
  options: Options,
): Promise<void> {
  requireRows(sections, options);
  const wanted = sections.flatMap((section) => wantedOf(section, options));
  const { rounds, seconds } = options;
  if (!options.isOnce) {
    console.log(describeMachine(requireMachine()));
    console.log(`${rounds} rounds of ${seconds} s`);
  }
  const run = {
    rounds,
    seconds,
    folder: scratchFolder(),
    progress: (text: string) => console.error(`  ${text}`),
    draw: drawer(options),
  };
  const faults: string[] = [];
  for (const section of wanted) {
    faults.push(...faultsOf(await measureSection(section, run, options)));
  }
  // One row that fails, or one table that must not be quoted, says nothing of the others.
  if (faults.length > 0) throw new BenchError(faults.join("\n"));
}

/** Whatever was asked for must be there, or a row that nobody measured would be missed by nobody. */
function requireRows(sections: readonly Section[], { only }: Options): void {
  const isThere = (one: string) =>
    sections.some((section) => section.rows.some((row) => isNamedBy([one], section, row)));
  const nothing = only.filter((one) => !isThere(one));
  if (nothing.length === 0) return;
  const names = sections.flatMap(({ id, rows }) => rows.map(({ name }) => addressOf(id, name)));
  throw new BenchError(`No row matches ${nothing.join(", ")}. Rows: ${names.join("; ")}`);
}

function isNamedBy(only: readonly string[], { id, title }: Section, { name }: Row): boolean {
  return isAskedFor(only, `${title} ${name}`, addressOf(id, name));
}

/** With the rows that were asked for; the A/A row comes with any of its section. */
function wantedOf(section: Section, { only, all }: Options): readonly Section[] {
  const isWanted = (row: Row) =>
    only.length === 0 ? !row.isLong || all : isNamedBy(only, section, row);
  const rows = section.rows.filter((row) => row.name === section.control || isWanted(row));
  return section.rows.some(isWanted) ? [{ ...section, rows }] : [];
}

/** Into the folder that was asked for, or a new one, which is named once there is something in it. */
function drawer({ pictures }: Options): Run["draw"] {
  let folder: string | undefined;
  return (name, svg) => {
    if (folder === undefined) {
      folder = pictures ?? mkdtempSync(join(tmpdir(), "sluice-bench-pictures-"));
      mkdirSync(folder, { recursive: true });
      process.once("exit", () => console.log(`\npictures are in ${folder}`));
    }
    writeFileSync(join(folder, `${name}.svg`), svg);
  };
}

/** Measures the rows one by one; prints and keeps what there is, also when rows fail: then the table bears why. */
async function measureSection(
  section: Section,
  run: SectionRun,
  { command, record }: Options,
): Promise<Table> {
  const rows: ResultRow[] = [];
  const notes = [...section.notes];
  const pictures: string[] = [];
  const failures: string[] = [];
  const draw = (name: string, svg: string) => {
    pictures.push(name);
    run.draw(name, svg);
  };
  const told = (name: string) => (text: string) => notes.push(`${name}: ${text}`);
  let close: (() => Promise<void>) | undefined;
  try {
    close = await section.open?.({ ...run, note: (text) => notes.push(text) });
    for (const row of section.rows) {
      run.progress(row.name);
      try {
        const cells = await row.measure({ ...run, note: told(row.name), draw });
        rows.push({ ...standingOf(row), rerun: rerunOf(command, section.id, row.name), cells });
      } catch (error) {
        failures.push(`${row.name}: ${whyOf(error)}`);
      }
    }
  } catch (error) {
    failures.push(whyOf(error));
  } finally {
    await close?.();
  }
  const fault = section.isJudged && controlFault(rows, section.control, run.rounds);
  const measured = { rows, notes, pictures, ...(fault && { fault }) };
  const drawn = rows.length > 0 && section.picture?.(tableOf(section, measured));
  if (drawn) draw(...drawn);
  const table = tableOf(section, { ...measured, ...(failures.length > 0 && { failures }) });
  console.log(terminalTable(table));
  record.keep(table);
  return table;
}

function standingOf({ name, side = "ours", league }: Row): Omit<ResultRow, "rerun" | "cells"> {
  return { name, side, ...(league !== undefined && { league }) };
}

function tableOf(
  { id, title, columns, control }: Section,
  measured: Pick<Table, "rows" | "notes" | "pictures" | "fault" | "failures">,
): Table {
  const own = columns.map((column) => (typeof column === "string" ? { heading: column } : column));
  return {
    id,
    title,
    columns: own,
    ...(control !== undefined && { control }),
    aims: [],
    ...measured,
  };
}

/** An empty folder for one row. */
export function rowFolder({ folder }: Pick<Run, "folder">): string {
  return mkdtempSync(join(folder, "row-"));
}
