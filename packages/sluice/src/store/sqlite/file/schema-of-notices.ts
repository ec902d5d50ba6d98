// Version 6 of the database: what customers are told outside of answers.

/**
 * A warning's number is its place in the order of raising. What becomes of it stands beside it in columns; what it says never
 * changes, and is kept in JSON.
 */
export const schemaOfNotices: string = `
CREATE TABLE warning (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL,
  record TEXT NOT NULL,
  reset_at_ms REAL,
  state TEXT NOT NULL,
  due_ms REAL NOT NULL,
  attempts TEXT NOT NULL DEFAULT '[]',
  attempt_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX warning_of_account ON warning (account_id, n);
CREATE INDEX warning_that_waits ON warning (account_id, n) WHERE state = 'waiting';
CREATE INDEX warning_to_forget ON warning (reset_at_ms) WHERE reset_at_ms IS NOT NULL;
CREATE TABLE incident (
  id TEXT NOT NULL PRIMARY KEY,
  started_at_ms REAL NOT NULL,
  ended_at_ms REAL,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX incident_by_start ON incident (started_at_ms, id);
`;
