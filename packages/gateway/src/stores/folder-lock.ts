// One process a folder: held as long as it serves, or as long as it starts.

import { systemClock } from "sluice/base";
import { acquireLock, LockedError, type ServingLock } from "sluice/store/sqlite";
import { StartError } from "../start-error.ts";

const LOOK_AGAIN_MS = 100;

/** Throws at once where another process has it. */
export function lockFolder(folder: string): ServingLock {
  try {
    return acquireLock(folder);
  } catch (error) {
    if (error instanceof LockedError) throw new StartError(error.message);
    throw error;
  }
}

/** Waits for a process that has it for a moment. */
export async function lockFolderWithin(folder: string, patienceMs: number): Promise<ServingLock> {
  const untilMs = systemClock.monotonicMs() + patienceMs;
  for (;;) {
    try {
      return lockFolder(folder);
    } catch (error) {
      if (!(error instanceof StartError) || systemClock.monotonicMs() > untilMs) throw error;
    }
    await systemClock.sleep(LOOK_AGAIN_MS);
  }
}
