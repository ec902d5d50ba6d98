// Version 1 of the file. Things are kept as they are, in JSON; what they are found by stands beside
// them, and `n` keeps the order of creation.

import { commonTables } from "@sluice-apis/records-file";

/** A persona without an account is everybody's. */
export const schemaVersion1 = `${commonTables}
CREATE TABLE persona (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account_id TEXT,
  category TEXT,
  folded_name TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX persona_of_account ON persona (account_id);
CREATE TABLE thread (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL,
  workspace_id TEXT,
  folded_title TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX thread_of_account ON thread (account_id);
CREATE TABLE message (
  n INTEGER PRIMARY KEY,
  thread_id TEXT NOT NULL REFERENCES thread (id),
  record TEXT NOT NULL
) STRICT;
CREATE INDEX message_of_thread ON message (thread_id);
CREATE TABLE job (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  is_heard INTEGER NOT NULL,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX job_of_account ON job (account_id, kind, status);
CREATE INDEX unheard_job ON job (n) WHERE is_heard = 0;
`;
