// Records in a SQLite file of their own: they outlive the process, and processes on one machine can
// have the same file open. Apart from the rest of the upstream, since it needs Node.

import { type FileKind, openRecordsFile } from "@sluice-apis/records-file";
import type { Records } from "../records.ts";
import { FileJobs } from "./jobs.ts";
import { FilePersonas } from "./personas.ts";
import { schemaVersion1 } from "./schema.ts";
import { FileThreads } from "./threads.ts";

export { UnusableFileError } from "@sluice-apis/records-file";

/** "MVRA". */
const kind: FileKind = { applicationId: 0x4d565241, steps: [schemaVersion1] };

export interface MaveraRecords extends Records {
  /** What was answered is in the file already; closing again does nothing. */
  close(): void;
}

/**
 * Opens the file, or makes it; its folder must be there. Work whose outcome was handed out is on the
 * disk, work that throws has changed nothing. Waits up to five seconds for another process's work.
 */
export function openMaveraRecords(file: string): MaveraRecords {
  return openRecordsFile(file, kind, (database) => ({
    personas: new FilePersonas(database),
    threads: new FileThreads(database),
    jobs: new FileJobs(database),
  }));
}
