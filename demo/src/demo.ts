// Both APIs behind their gates, in this process and on the files of this home: what the gates know in one, what
// each plain API knows in one of its own, and the pepper of the keys in another.

import { join } from "node:path";
import { mavera } from "@sluice-apis/mavera/contract";
import { mentova } from "@sluice-apis/mentova/contract";
import { systemClock } from "sluice/base";
import { recentWindows } from "sluice/gate";
import {
  acquireLock,
  LockedError,
  openPepper,
  openSqliteStores,
  type SqliteStores,
} from "sluice/store/sqlite";
import { StartError } from "./environment.ts";
import { type MaveraDemo, openMavera } from "./mavera.ts";
import { type MentovaDemo, openMentova } from "./mentova.ts";

export interface Demo {
  readonly stores: SqliteStores;
  readonly mentova: MentovaDemo;
  readonly mavera: MaveraDemo;
  /** Writes down where the demo listens, for whoever tries to start a second one. */
  tell(address: string): void;
  /** Lets go of the files, once nothing is answered any more. */
  close(): Promise<void>;
}

export async function openDemo(home: string): Promise<Demo> {
  const lock = lockHome(home);
  const stores = await openSqliteStores({ file: join(home, "sluice.db") });
  const shared = { home, stores, pepper: openPepper(join(home, "pepper.json")) };
  const apis = { mentova: openMentova(shared), mavera: openMavera(shared) };
  // Windows live in memory: what the log knows of the last minute is put back before anybody calls.
  const nowMs = systemClock.wallMs();
  stores.limits.restore(await recentWindows([mentova, mavera], stores.log, nowMs));
  // This process alone serves the home, so whatever calls hold died with the process before. Jobs did not.
  const { sweeper } = apis.mavera.gate;
  await sweeper.sweepAll();
  await apis.mavera.gate.jobs.restore();
  const stopSweeping = sweeper.start();
  apis.mavera.upstream.resume();
  return {
    stores,
    ...apis,
    tell: (address) => lock.tell(address),
    async close() {
      // A caller who left is still charged for what was done: the books must be open for that.
      await Promise.all([apis.mavera.gate.idle(), apis.mentova.gate.idle()]);
      stopSweeping();
      apis.mavera.close();
      apis.mentova.close();
      await stores.close();
      lock.release();
    },
  };
}

function lockHome(home: string): ReturnType<typeof acquireLock> {
  try {
    return acquireLock(home);
  } catch (error) {
    if (error instanceof LockedError) throw new StartError(error.message);
    throw error;
  }
}
