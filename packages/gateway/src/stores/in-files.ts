// Everything in files of a folder: one process serves them, and no server is needed.

import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "sluice/base";
import { recentWindows } from "sluice/gate";
import { openSqliteStores } from "sluice/store/sqlite";
import { StartError } from "../start-error.ts";
import { countExpired } from "./expired-holds.ts";
import { lockFolder } from "./folder-lock.ts";
import type { AuditedLedger, FilesSettings, OpenedStores } from "./opened.ts";
import { pepperFrom } from "./pepper.ts";
import { shadowLimitsInMemory } from "./shadow-limits.ts";

const OWNER_ONLY = 0o700;
const NAMES = { folder: "stores.folder" };

export async function openInFiles(settings: FilesSettings): Promise<OpenedStores> {
  const { folder, pepper } = settings;
  makeFolder(settings);
  const lock = lockFolder(folder);
  const stores = await openSqliteStores({ file: fileIn(folder) });
  return {
    stores,
    pepper: pepperFrom(pepper ?? { file: join(folder, "pepper.json") }),
    shadowLimits: shadowLimitsInMemory(),
    async takeOver(gates) {
      // Windows live in memory: what the log knows of the last minute is put back.
      const nowMs = systemClock.wallMs();
      const apis = gates.map(({ api }) => api);
      stores.limits.restore(await recentWindows(apis, stores.log, nowMs));
      // This process alone serves the folder, so whatever calls hold died with the process before. Jobs did not.
      await gates[0]?.sweeper.sweepAll();
      for (const { jobs } of gates) await jobs.restore();
    },
    started: (address) => lock.tell(address),
    check: async () => undefined,
    async close() {
      await stores.close();
      lock.release();
    },
  };
}

/** Never makes one: an empty ledger would be clean. */
export async function auditFiles({
  folder,
  called = NAMES,
}: FilesSettings): Promise<AuditedLedger> {
  const file = fileIn(folder);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || found.size === 0) {
    throw new StartError(
      `No ledger at ${file}: set ${called.folder} to a folder that has been served.`,
    );
  }
  const stores = await openSqliteStores({ file });
  return {
    audit: () => stores.audit(),
    expired: () => countExpired(stores.ledger),
    close: () => stores.close(),
  };
}

function makeFolder({ folder, called = NAMES }: FilesSettings): void {
  try {
    mkdirSync(folder, { recursive: true, mode: OWNER_ONLY });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(
      `Cannot write ${folder} (${reason}): set ${called.folder} to a folder that you can write to.`,
    );
  }
}

function fileIn(folder: string): string {
  return join(folder, "sluice.db");
}
