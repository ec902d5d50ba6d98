// Version 3 of the log: rows that know their contract, where they came from and more numbers; the sums of each day; and an index
// for each property by which people look for few rows among many.

/**
 * `details` is JSON, in the few rows that have any. Rows from before know no contract. An index that only few rows are in
 * costs the others nothing. A day's row is written over by every chunk, so its page keeps room for its next version.
 */
export const requestLogDays: string = `
ALTER TABLE request RENAME COLUMN shortage TO details;
UPDATE request SET details = json_build_object('shortage', details::json)::text
  WHERE details IS NOT NULL;
ALTER TABLE request
  ADD COLUMN api text NOT NULL DEFAULT '',
  ADD COLUMN address text NOT NULL DEFAULT '',
  ADD COLUMN is_older_secret smallint NOT NULL DEFAULT 0,
  ADD COLUMN window_name text,
  ADD COLUMN credits_remaining bigint;
CREATE INDEX request_of_key ON request (key_id, at_ms) WHERE key_id IS NOT NULL;
CREATE INDEX request_of_operation ON request (operation, at_ms) WHERE operation IS NOT NULL;
CREATE INDEX request_of_code ON request (code, at_ms) WHERE code IS NOT NULL;
CREATE INDEX request_of_condition ON request (condition, at_ms) WHERE condition IS NOT NULL;
CREATE INDEX request_of_status ON request (status, at_ms) WHERE status >= 400;
CREATE INDEX request_of_client ON request (client_request_id, at_ms)
  WHERE client_request_id IS NOT NULL;
CREATE INDEX request_by_older_secret ON request (key_id, at_ms) WHERE is_older_secret = 1;
CREATE TABLE request_day (
  day_ms bigint NOT NULL,
  api text COLLATE "C" NOT NULL,
  operation text COLLATE "C" NOT NULL,
  requests bigint NOT NULL,
  refusals bigint NOT NULL,
  failures bigint NOT NULL,
  abandoned bigint NOT NULL,
  credits double precision NOT NULL,
  ${Array.from({ length: 16 }, (_, at) => `took_${at} bigint NOT NULL`).join(", ")},
  PRIMARY KEY (day_ms, api, operation)
) WITH (fillfactor = 50);
`;
