// Records in a SQLite file of their own: they outlive the process, and processes on one machine can
// have the same file open. Apart from the rest of the upstream, since it needs Node.

import type { Avatar, CampaignRecord, Opportunity, Records, TopicRecord } from "../records.ts";
import { FileBrands } from "./brands.ts";
import { connect, makeDurable } from "./connection.ts";
import { FileShelf } from "./shelf.ts";
import { checkFile, prepareFile } from "./version.ts";
import { Work } from "./work.ts";

export { UnusableFileError } from "./version.ts";

export interface MentovaRecords extends Records {
  /** What was answered is in the file already; closing again does nothing. */
  close(): void;
}

/**
 * Opens the file, or makes it; its folder must be there. Work whose outcome was handed out is on the
 * disk, work that throws has changed nothing. Waits up to five seconds for another process's work.
 */
export function openMentovaRecords(file: string): MentovaRecords {
  const database = connect(file);
  try {
    const work = new Work(database);
    // Looked at before anything is set: a file of somebody else's must stay as it is.
    work.read(() => checkFile(database, file));
    makeDurable(database);
    const opening = work.write(() => prepareFile(database, file));
    const claim = database.prepare("INSERT OR IGNORE INTO claimed_id (id) VALUES (?)");
    return {
      opening,
      brands: new FileBrands(database),
      topics: new FileShelf<TopicRecord>(database, "topic"),
      campaigns: new FileShelf<CampaignRecord>(database, "campaign"),
      avatars: new FileShelf<Avatar>(database, "avatar"),
      opportunities: new FileShelf<Opportunity>(database, "opportunity"),
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
