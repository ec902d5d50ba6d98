// Keeps what a benchmark has measured in a file, written anew after each table: what was finished is there, whatever ends it.

import { writeFileSync } from "node:fs";
import type { Table } from "./table.ts";

/** What one run of a benchmark leaves. */
export interface Recorded {
  /** Rounds of each row, and how long each was, where it can be told. */
  readonly plan?: Plan;
  readonly tables: readonly Table[];
  /** Why it ended before its end, or has a table that must not be quoted. */
  readonly fault?: string;
}

export interface Plan {
  readonly rounds: number;
  readonly seconds: number;
}

export interface Recorder {
  /** In place of the one with its name. */
  keep(table: Table): void;
  fail(fault: string): void;
}

/** @param file absent: nothing is kept. */
export function recordTo(file: string | undefined, plan?: Plan): Recorder {
  const tables = new Map<string, Table>();
  let recorded: Recorded = { ...(plan && { plan }), tables: [] };
  const write = (more: Partial<Recorded>) => {
    recorded = { ...recorded, ...more };
    if (file !== undefined) writeFileSync(file, `${JSON.stringify(recorded)}\n`);
  };
  return {
    keep(table) {
      tables.set(table.id, table);
      write({ tables: [...tables.values()] });
    },
    fail: (fault) => write({ fault }),
  };
}
