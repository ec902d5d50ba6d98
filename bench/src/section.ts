// The shape of a benchmark of several tables: sections that are tables, rows that measure themselves.
// Another candidate is another row.

import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BenchError, describeMachine, requireMachine } from "./machine.ts";
import type { Options } from "./options.ts";
import { scratchFolder } from "./scratch.ts";
import { alignedTable } from "./table.ts";

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
  /** Measured only with `--all`, or when it is asked for by name. */
  readonly isLong?: true;
  /** The cells after the name. */
  readonly measure: (run: Run) => Promise<readonly string[]>;
}

export interface Section {
  readonly title: string;
  /** Of the columns after the name. */
  readonly headings: readonly string[];
  readonly rows: readonly Row[];
  /** The row that tells whether the others mean anything; measured with any of them. */
  readonly control?: string;
  /** Starts what all of its rows stand beside, and says how it ends. */
  readonly open?: (run: Run) => Promise<() => Promise<void>>;
  /** What one must know to read the numbers. */
  readonly notes: readonly string[];
  /** Throws when its table must not be quoted, once all tables are printed. */
  readonly judge?: () => void;
}

/** Measures what was asked for, table by table. */
export async function measureSections(
  sections: readonly Section[],
  options: Options,
): Promise<void> {
  const wanted = sections.flatMap((section) => wantedOf(section, options));
  if (wanted.length === 0) {
    const names = sections.flatMap(({ rows }) => rows.map(({ name }) => name));
    throw new BenchError(`No row matches. Rows: ${names.join("; ")}`);
  }
  console.log(describeMachine(requireMachine()));
  const { rounds, seconds } = options;
  console.log(`${rounds} rounds of ${seconds} s`);
  const run = {
    rounds,
    seconds,
    folder: scratchFolder(),
    progress: (text: string) => console.error(`  ${text}`),
    draw: drawer(options),
  };
  for (const section of wanted) await printSection(section, run);
  // One table that must not be quoted says nothing of the others.
  for (const section of wanted) section.judge?.();
}

/** With the rows that were asked for; the A/A row comes with any of its section. */
function wantedOf(section: Section, { wants, all, isNamed }: Options): readonly Section[] {
  const isWanted = ({ name, isLong }: Row) =>
    wants(`${section.title} ${name}`) && (!isLong || all || isNamed);
  const rows = section.rows.filter((row) => row.name === section.control || isWanted(row));
  const any = rows.some(({ name }) => name !== section.control);
  return any ? [{ ...section, rows }] : [];
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

/** Measures the rows one by one and prints what there is, also when a row fails. */
async function printSection(section: Section, run: Omit<Run, "note">): Promise<void> {
  const cells: (readonly string[])[] = [["", ...section.headings]];
  const notes = [...section.notes];
  const close = await section.open?.({ ...run, note: (text) => notes.push(text) });
  try {
    for (const row of section.rows) {
      run.progress(row.name);
      const note = (text: string) => notes.push(`${row.name}: ${text}`);
      cells.push([row.name, ...(await row.measure({ ...run, note }))]);
    }
  } finally {
    await close?.();
    if (cells.length > 1) {
      console.log(`\n${section.title}\n\n${alignedTable(cells)}\n`);
      for (const note of notes) console.log(`  ${note}`);
    }
  }
}

/** An empty folder for one row. */
export function rowFolder({ folder }: Pick<Run, "folder">): string {
  return mkdtempSync(join(folder, "row-"));
}

/** An aim as a table shows it. */
export function aim(wanted: string, isMet: boolean): string {
  return `${wanted} ${isMet ? "met" : "MISSED"}`;
}
