// Version 2 of the database: jobs that outlive their calls, whose record of an idempotency key is, and
// accounts' workspaces and projects in pages.

/**
 * A job is a hold that was left to it, so it runs while the hold is open; its deadline is the hold's. Its row stays
 * when it ends: it tells that the hold's idempotency record was answered by then. Numbers of such records are used
 * again, so each names its hold; those of version 1 get theirs here, the last hold that was made with the number.
 */
export const schemaVersion2: string = `
CREATE TABLE job (
  hold INTEGER PRIMARY KEY REFERENCES hold (n),
  slots TEXT NOT NULL
) STRICT;
CREATE TRIGGER job_is_never_changed BEFORE UPDATE ON job
BEGIN SELECT RAISE(ABORT, 'a hold is left to a job once'); END;
CREATE TRIGGER job_is_never_deleted BEFORE DELETE ON job
BEGIN SELECT RAISE(ABORT, 'a hold is left to a job once'); END;
ALTER TABLE idempotency ADD COLUMN hold INTEGER;
UPDATE idempotency SET hold = told.hold
  FROM (SELECT record, max(n) AS hold FROM hold WHERE record IS NOT NULL GROUP BY record) AS told
  WHERE told.record = idempotency.n;
CREATE INDEX workspace_of_account ON workspace (account_id);
CREATE INDEX project_of_account ON project (account_id);
`;
