// A connection to the file, with the settings that durability and sharing rest on.

import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

const ownerOnly = 0o600;
const busyMs = 5000;
const busy = 5;
const mostTries = 50;

/** A connection that has not touched the file's content yet, and will wait for another process's work. */
export function connect(file: string): DatabaseSync {
  // Made beforehand, since what is in it is nobody else's business; an existing file keeps its mode.
  closeSync(openSync(file, "a", ownerOnly));
  return new DatabaseSync(file, { timeout: busyMs, enableForeignKeyConstraints: true });
}

/** With `synchronous = FULL` a commit is on the disk before it is acknowledged. */
export function makeDurable(database: DatabaseSync): void {
  useWriteAheadLog(database);
  database.exec("PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;");
}

/**
 * SQLite does not wait when two processes that found the file without such a log both set one up: it
 * turns them away. Beginning to write does wait, so whoever is turned away does that, and tries again.
 */
function useWriteAheadLog(database: DatabaseSync): void {
  for (let tries = 1; ; tries += 1) {
    try {
      database.exec("PRAGMA journal_mode = WAL");
      return;
    } catch (error) {
      if (tries === mostTries || !isBusy(error)) throw error;
      database.exec("BEGIN IMMEDIATE; ROLLBACK");
    }
  }
}

/** Whatever kind of busy it is: the low byte of SQLite's code says as much. */
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error) || !("errcode" in error)) return false;
  return typeof error.errcode === "number" && (error.errcode & 0xff) === busy;
}
