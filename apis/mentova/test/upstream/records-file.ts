// A file for records that is gone when its test is over.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type MentovaRecords, openMentovaRecords } from "../../upstream/file/index.ts";

export function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "mentova-records-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "mentova.sqlite");
}

/** Opens the file until the test is over, or somebody closes it. */
export function openUntilDone(file: string): MentovaRecords {
  const records = openMentovaRecords(file);
  onTestFinished(() => records.close());
  return records;
}
