// Where a server under test keeps its file: new for each process, in the folder that the harness
// removes.

import { mkdtempSync } from "node:fs";
import { join } from "node:path";

export function scratchFile(name = "sluice.db"): string {
  const { BENCH_FOLDER } = process.env;
  if (BENCH_FOLDER === undefined) throw new Error("BENCH_FOLDER must name a folder");
  return join(mkdtempSync(join(BENCH_FOLDER, "server-")), name);
}
