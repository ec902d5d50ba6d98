// One connection to the file, with the settings that durability and speed rest on.

import { DatabaseSync } from "node:sqlite";
import { checkIsOurs } from "./migrations.ts";

/** Of which database, and how. */
export interface DatabaseSettings {
  readonly file: string;
  /** The file never grows beyond this; a call that needs more fails, and nothing else. */
  readonly fileBytesMax?: number;
  /** How long to wait for another process that writes. */
  readonly busyMs: number;
  readonly cacheBytes: number;
}

/** Pages that the log of the database may have before it is folded into the file: 16 MiB. */
const checkpointPages = 4_000;
const logBytesKept = 64 * 1024 * 1024;

/**
 * The connection that writes. With `synchronous = FULL` a commit is on the disk before it is acknowledged. The
 * file is not mapped into memory: a read error would then kill the process instead of failing one call.
 */
export function openToWrite(settings: DatabaseSettings): DatabaseSync {
  const { file, fileBytesMax, busyMs } = settings;
  const database = new DatabaseSync(file, { timeout: busyMs });
  try {
    // Before anything is set: some settings are written into the file.
    checkIsOurs(database, file);
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
      PRAGMA wal_autocheckpoint = ${checkpointPages};
      PRAGMA journal_size_limit = ${logBytesKept};
    `);
    tune(database, settings);
    if (fileBytesMax !== undefined) {
      const pageBytes = Number(database.prepare("PRAGMA page_size").get()?.["page_size"]);
      database.exec(`PRAGMA max_page_count = ${Math.floor(fileBytesMax / pageBytes)}`);
    }
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** A connection that only reads, for what may take long. */
export function openToRead(settings: DatabaseSettings): DatabaseSync {
  const database = new DatabaseSync(settings.file, { readOnly: true, timeout: settings.busyMs });
  tune(database, settings);
  return database;
}

function tune(database: DatabaseSync, { cacheBytes }: DatabaseSettings): void {
  database.exec(`
    PRAGMA cache_size = -${Math.ceil(cacheBytes / 1024)};
    PRAGMA mmap_size = 0;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;
  `);
}
