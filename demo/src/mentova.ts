// Mentova behind its gate, in this process and on files of this home: what the gate knows in one, what the plain
// API knows in another, and the pepper of the keys in a third.

import { join } from "node:path";
import { mentova } from "@sluice-apis/mentova/contract";
import { createMentovaUpstream, type MentovaUpstream } from "@sluice-apis/mentova/upstream";
import { openMentovaRecords } from "@sluice-apis/mentova/upstream-file";
import { systemClock, systemRandom } from "sluice/base";
import { createGate, fetchUpstream, type Gate, recentWindows, type Stores } from "sluice/gate";
import { acquireLock, LockedError, openPepper, openSqliteStores } from "sluice/store/sqlite";
import { StartError } from "./environment.ts";

export interface Demo {
  readonly gate: Gate;
  readonly stores: Stores;
  readonly upstream: MentovaUpstream;
  /** Writes down where the demo listens, for whoever tries to start a second one. */
  tell(address: string): void;
  /** Lets go of the files, once nothing is answered any more. */
  close(): Promise<void>;
}

export async function openMentova(home: string): Promise<Demo> {
  const lock = lockHome(home);
  const stores = await openSqliteStores({ file: join(home, "sluice.db") });
  const records = openMentovaRecords(join(home, "mentova.db"));
  const upstream = createMentovaUpstream({ clock: systemClock, random: systemRandom, records });
  const gate = createGate(mentova, {
    stores,
    upstream: fetchUpstream(upstream.fetch),
    pepper: openPepper(join(home, "pepper.json")),
  });
  // Windows live in memory: what the log knows of the last minute is put back before anybody calls.
  stores.limits.restore(await recentWindows(mentova, stores.log, systemClock.wallMs()));
  // This process alone serves the home, so whatever is held belongs to calls that died with the one before.
  await gate.sweeper.sweepAll();
  const stopSweeping = gate.sweeper.start();
  return {
    gate,
    stores,
    upstream,
    tell: (address) => lock.tell(address),
    async close() {
      stopSweeping();
      gate.close();
      await stores.close();
      records.close();
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
