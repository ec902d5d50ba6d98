// A SQLite file in which an API keeps its records: whose file it is, its version, its transactions.
// What stands in its tables is the API's own affair.

import type { DatabaseSync } from "node:sqlite";
import { connect, makeDurable } from "./connection.ts";
import { checkFile, type FileKind, prepareFile } from "./version.ts";
import { Work } from "./work.ts";

export { thingsIn } from "./rows.ts";
export { commonTables } from "./tables.ts";
export { type FileKind, UnusableFileError } from "./version.ts";

export interface RecordsFile {
  /** A number that no other opening of the file has, before or at the same time. */
  readonly opening: number;
  /** Sees one state, whatever others write meanwhile. */
  read<T>(work: () => T): T;
  /** Nobody else writes meanwhile. */
  write<T>(work: () => T): T;
  /** Whether the id was free; from then on it is not. */
  claimId(id: string): boolean;
  /** What was answered is in the file already; closing again does nothing. */
  close(): void;
}

/**
 * Opens the file, or makes it; its folder must be there. Work whose outcome was handed out is on the
 * disk, work that throws has changed nothing. Waits up to five seconds for another process's work.
 */
export function openRecordsFile<T extends object>(
  file: string,
  kind: FileKind,
  tablesOf: (database: DatabaseSync) => T,
): RecordsFile & T {
  const database = connect(file);
  try {
    const work = new Work(database);
    // Looked at before anything is set: a file of somebody else's must stay as it is.
    work.read(() => checkFile(database, file, kind));
    makeDurable(database);
    const opening = work.write(() => prepareFile(database, file, kind));
    const claim = database.prepare("INSERT OR IGNORE INTO claimed_id (id) VALUES (?)");
    return {
      ...tablesOf(database),
      opening,
      read: (look) => work.read(look),
      write: (change) => work.write(change),
      claimId: (id) => claim.run(id).changes === 1,
      close() {
        if (database.isOpen) database.close();
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}
