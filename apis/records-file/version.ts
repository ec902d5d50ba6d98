// Which file this program may use: one of its own, of no newer version; or an empty one, which it
// makes its own.

import type { DatabaseSync } from "node:sqlite";

export interface FileKind {
  /** Four letters as a number, by which an API knows its own files. */
  readonly applicationId: number;
  /**
   * The way to the newest version, a step for each; what was released is never edited. The first
   * makes the `commonTables`.
   */
  readonly steps: readonly string[];
}

/** A file that this program must not touch, with what to do about it. */
export class UnusableFileError extends Error {
  override readonly name: string = "UnusableFileError";
}

/**
 * Brings the file to this program's version and counts the opening, whose number it returns. Checks
 * again: another process may have come first.
 */
export function prepareFile(database: DatabaseSync, file: string, kind: FileKind): number {
  const { applicationId, steps } = kind;
  const version = checkFile(database, file, kind);
  for (const step of steps.slice(version)) database.exec(step);
  if (version < steps.length) {
    database.exec(`PRAGMA application_id = ${applicationId}`);
    database.exec(`PRAGMA user_version = ${steps.length}`);
  }
  return numberFrom(database, "UPDATE openings SET count = count + 1 RETURNING count");
}

/** The version of the file, 0 for an empty one; throws when this program must not touch it. */
export function checkFile(
  database: DatabaseSync,
  file: string,
  { applicationId, steps }: FileKind,
): number {
  const version = numberFrom(database, "PRAGMA user_version");
  const isOurs = numberFrom(database, "PRAGMA application_id") === applicationId;
  const isEmpty = version === 0 && numberFrom(database, "SELECT count(*) FROM sqlite_schema") === 0;
  if (!isOurs && !isEmpty) {
    throw new UnusableFileError(
      `${file} is the database of another program: name another file, or move this one away`,
    );
  }
  if (version > steps.length) {
    throw new UnusableFileError(
      `${file} has version ${version} of the records, this program knows ${steps.length} and ` +
        "older: start the newer program again, or put back the copy from before the upgrade",
    );
  }
  return version;
}

function numberFrom(database: DatabaseSync, sql: string): number {
  return Number(Object.values(database.prepare(sql).get() ?? {})[0]);
}
