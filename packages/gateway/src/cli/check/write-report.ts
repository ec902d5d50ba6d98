// A report or a frozen contract into the file that was named.

import { writeFileSync } from "node:fs";
import { StartError } from "../../start-error.ts";

export function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`${file} cannot be written (${reason}): name another file.`);
  }
}
