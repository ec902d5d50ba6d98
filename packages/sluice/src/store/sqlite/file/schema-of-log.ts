// Version 4 of the database: rows of the log that know their contract, where they came from and more numbers; the sums of each
// day; and an index for each property by which people look for few rows among many.

/**
 * `details` is JSON, in the few rows that have any. Rows from before know no contract. An index that only few rows are in
 * costs the others nothing. There is none by contract: a few share a log, so a walk back in time soon meets rows of each.
 */
export const schemaVersion4: string = `
ALTER TABLE request RENAME COLUMN shortage TO details;
UPDATE request SET details = json_object('shortage', json(details)) WHERE details IS NOT NULL;
ALTER TABLE request ADD COLUMN api TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN is_older_secret INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN window_name TEXT;
ALTER TABLE request ADD COLUMN credits_remaining INTEGER;
CREATE INDEX request_of_operation ON request (operation, at_ms) WHERE operation IS NOT NULL;
CREATE INDEX request_of_code ON request (code, at_ms) WHERE code IS NOT NULL;
CREATE INDEX request_of_condition ON request (condition, at_ms) WHERE condition IS NOT NULL;
CREATE INDEX request_of_status ON request (status, at_ms) WHERE status >= 400;
CREATE INDEX request_of_client ON request (client_request_id, at_ms)
  WHERE client_request_id IS NOT NULL;
CREATE INDEX request_by_older_secret ON request (key_id, at_ms) WHERE is_older_secret = 1;
CREATE TABLE request_day (
  day_ms INTEGER NOT NULL,
  api TEXT NOT NULL,
  operation TEXT NOT NULL,
  requests INTEGER NOT NULL,
  refusals INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  abandoned INTEGER NOT NULL,
  credits REAL NOT NULL,
  ${Array.from({ length: 16 }, (_, at) => `took_${at} INTEGER NOT NULL`).join(", ")},
  PRIMARY KEY (day_ms, api, operation)
) STRICT, WITHOUT ROWID;
`;
