// One process a home: held as long as it serves, or as long as it starts.

import { systemClock } from "sluice/base";
import { acquireLock, LockedError, type ServingLock } from "sluice/store/sqlite";
import { StartError } from "../environment.ts";

const LOOK_AGAIN_MS = 100;

/** Throws at once where another process has it. */
export function lockHome(home: string): ServingLock {
  try {
    return acquireLock(home);
  } catch (error) {
    if (error instanceof LockedError) throw new StartError(error.message);
    throw error;
  }
}

/** Waits for a process that has it for a moment. */
export async function lockHomeWithin(home: string, patienceMs: number): Promise<ServingLock> {
  const untilMs = systemClock.monotonicMs() + patienceMs;
  for (;;) {
    try {
      return lockHome(home);
    } catch (error) {
      if (!(error instanceof StartError) || systemClock.monotonicMs() > untilMs) throw error;
    }
    await systemClock.sleep(LOOK_AGAIN_MS);
  }
}
