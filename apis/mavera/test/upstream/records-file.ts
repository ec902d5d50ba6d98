// A file for records that is gone when its test is over.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type MaveraRecords, openMaveraRecords } from "../../upstream/file/index.ts";

export function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "mavera-records-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "mavera.sqlite");
}

/** Opens the file until the test is over, or somebody closes it. */
export function openUntilDone(file: string): MaveraRecords {
  const records = openMaveraRecords(file);
  onTestFinished(() => records.close());
  return records;
}
