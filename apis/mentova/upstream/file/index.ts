// Records in a SQLite file of their own: they outlive the process, and processes on one machine can
// have the same file open. Apart from the rest of the upstream, since it needs Node.

import { type FileKind, openRecordsFile } from "@sluice-apis/records-file";
import type { Avatar, CampaignRecord, Opportunity, Records, TopicRecord } from "../records.ts";
import { FileBrands } from "./brands.ts";
import { schemaVersion1 } from "./schema.ts";
import { FileShelf } from "./shelf.ts";

export { UnusableFileError } from "@sluice-apis/records-file";

/** "MENT". */
const kind: FileKind = { applicationId: 0x4d454e54, steps: [schemaVersion1] };

export interface MentovaRecords extends Records {
  /** What was answered is in the file already; closing again does nothing. */
  close(): void;
}

/**
 * Opens the file, or makes it; its folder must be there. Work whose outcome was handed out is on the
 * disk, work that throws has changed nothing. Waits up to five seconds for another process's work.
 */
export function openMentovaRecords(file: string): MentovaRecords {
  return openRecordsFile(file, kind, (database) => ({
    brands: new FileBrands(database),
    topics: new FileShelf<TopicRecord>(database, "topic"),
    campaigns: new FileShelf<CampaignRecord>(database, "campaign"),
    avatars: new FileShelf<Avatar>(database, "avatar"),
    opportunities: new FileShelf<Opportunity>(database, "opportunity"),
  }));
}
