// What the scoreboard keeps of each benchmark: its tables, how it ended, and where and when it was measured. One file each, so
// that one benchmark can be measured again and the others stay as they were.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Recorded } from "../results/recorder.ts";
import type { Environment } from "./environment.ts";
import { PARTS } from "./parts.ts";

export interface PartRecord extends Recorded {
  readonly part: string;
  /** ISO 8601, when it ended. */
  readonly measuredAt: string;
  readonly tookMs: number;
  readonly environment: Environment;
}

/** Tables and pictures, beside the page that is made of them. */
export const RESULTS_FOLDER = "results";

export function keepRecord(home: string, record: PartRecord): void {
  mkdirSync(join(home, RESULTS_FOLDER), { recursive: true });
  writeFileSync(fileOf(home, record.part), `${JSON.stringify(record, null, 1)}\n`);
}

/** Of every part that was ever measured here, in the order of the list. */
export function readRecords(home: string): readonly PartRecord[] {
  return PARTS.map(({ id }) => fileOf(home, id))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")) as PartRecord);
}

function fileOf(home: string, part: string): string {
  return join(home, RESULTS_FOLDER, `${part}.json`);
}
