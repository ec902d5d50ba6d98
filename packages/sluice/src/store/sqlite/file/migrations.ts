// The way of a database from any earlier version of the schema to this program's: forward only, all of
// it in one transaction, so that a start that fails leaves the file as it was.

import type { DatabaseSync } from "node:sqlite";
import { assert } from "../../../base/index.ts";
import { schemaVersion1 } from "./schema.ts";
import { schemaOfConditions } from "./schema-of-conditions.ts";
import { schemaVersion2 } from "./schema-of-jobs.ts";
import { schemaOfLog } from "./schema-of-log.ts";
import { schemaOfNotices } from "./schema-of-notices.ts";
import { schemaOfPages } from "./schema-of-pages.ts";
import { schemaVersion3 } from "./schema-of-shortages.ts";

/** One step: what brings a database of the version before to this one. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** Every step there ever was; what was released is never edited. */
export const migrations: readonly Migration[] = [
  { version: 1, sql: schemaVersion1 },
  { version: 2, sql: schemaVersion2 },
  { version: 3, sql: schemaVersion3 },
  { version: 4, sql: schemaOfPages },
  { version: 5, sql: schemaOfLog },
  { version: 6, sql: schemaOfNotices },
  { version: 7, sql: schemaOfConditions },
];

/** "SLUC", by which this program knows its own files. */
const applicationId = 0x534c5543;

/** A file that this program must not touch, with what to do about it. */
export class ForeignFileError extends Error {
  override readonly name: string = "ForeignFileError";
}

/** Throws unless the file is new, or one that this program can use. Changes nothing. */
export function checkIsOurs(database: DatabaseSync, file: string): void {
  checkedVersion(database, file, migrations.length);
}

/** Brings the database to the newest version; throws, and changes nothing, when that is impossible. */
export function migrate(
  database: DatabaseSync,
  file: string,
  steps: readonly Migration[] = migrations,
): void {
  const newest = steps.at(-1)?.version ?? 0;
  assert(
    steps.every(({ version }, at) => version === at + 1),
    () => "migrations are numbered from 1 without a gap",
  );
  if (checkedVersion(database, file, newest) === newest) return;
  database.exec("BEGIN IMMEDIATE");
  try {
    // Looked at again: another process may have come first.
    const version = checkedVersion(database, file, newest);
    for (const step of steps.slice(version)) database.exec(step.sql);
    database.exec(`PRAGMA application_id = ${applicationId}`);
    database.exec(`PRAGMA user_version = ${newest}`);
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

function checkedVersion(database: DatabaseSync, file: string, newest: number): number {
  const version = numberOf(database, "PRAGMA user_version");
  const ours = numberOf(database, "PRAGMA application_id") === applicationId;
  const tables = numberOf(database, "SELECT count(*) FROM sqlite_schema");
  if (!ours && (version !== 0 || tables > 0)) {
    throw new ForeignFileError(
      `${file} is the database of another program: name another file, or move this one away`,
    );
  }
  if (version > newest) {
    throw new ForeignFileError(
      `${file} has version ${version} of the schema, this program knows ${newest} and older: ` +
        "start the newer program again, or put back the copy from before the upgrade",
    );
  }
  return version;
}

function numberOf(database: DatabaseSync, sql: string): number {
  const row = database.prepare(sql).get() ?? {};
  return Number(Object.values(row)[0]);
}
