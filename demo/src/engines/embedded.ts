// Everything in files of the home: one process serves them, and no server is needed.

import { statSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "sluice/base";
import { recentWindows } from "sluice/gate";
import { openPepper, openSqliteStores } from "sluice/store/sqlite";
import { StartError } from "../environment.ts";
import type { Audited, Engines } from "./engines.ts";
import { lockHome } from "./home-lock.ts";

export async function openEmbedded(home: string): Promise<Engines> {
  const lock = lockHome(home);
  const stores = await openSqliteStores({ file: fileOf(home) });
  return {
    stores,
    pepper: openPepper(join(home, "pepper.json")),
    async takeOver({ sweeper, jobs }, apis) {
      // Windows live in memory: what the log knows of the last minute is put back.
      const nowMs = systemClock.wallMs();
      stores.limits.restore(await recentWindows(apis, stores.log, nowMs));
      // This process alone serves the home, so whatever calls hold died with the process before. Jobs did not.
      await sweeper.sweepAll();
      await jobs.restore();
    },
    started: (address) => lock.tell(address),
    async close() {
      await stores.close();
      lock.release();
    },
  };
}

/** Never makes one: an empty ledger would be clean. */
export async function auditEmbedded(home: string): Promise<Audited> {
  const file = fileOf(home);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || found.size === 0) {
    throw new StartError(
      `No ledger at ${file}: set SLUICE_HOME to a folder that npm start has served.`,
    );
  }
  const stores = await openSqliteStores({ file });
  return {
    audit: () => stores.audit(),
    expired: async () => (await stores.ledger.expiredHolds()).length,
    close: () => stores.close(),
  };
}

function fileOf(home: string): string {
  return join(home, "sluice.db");
}
