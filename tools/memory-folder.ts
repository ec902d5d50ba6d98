// Where tests put what they throw away: in memory, where the machine has room for it there. Tests then wait for no disk, and what
// a killed process has written is kept all the same.

import { accessSync, constants, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const MEMORY = "/dev/shm";
/** Several PostgreSQL servers at once, and what the demo writes; a container's usual 64 MiB are too few. */
const ROOM_BYTES = 2 ** 31;

/** The folder, or undefined where there is none, where it is small, or where no program may be started from it. */
export function memoryFolder(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ROOM_BYTES && startsPrograms(MEMORY) ? MEMORY : undefined;
  } catch {
    return undefined;
  }
}

function startsPrograms(folder: string): boolean {
  const own = mkdtempSync(join(folder, "sluice-"));
  try {
    const program = join(own, "program");
    writeFileSync(program, "", { mode: 0o700 });
    accessSync(program, constants.X_OK);
    return true;
  } finally {
    rmSync(own, { recursive: true });
  }
}
