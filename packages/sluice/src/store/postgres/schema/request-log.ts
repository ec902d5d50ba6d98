// What happened, for people: a partition a day, made ahead by whoever runs, and dropped whole. A row's place is its
// request's time, which is in its id too, so that a look-up by id touches one partition.

/** How the budget or the account stood that had too few credits: JSON, in the few rows that have any. */
export const requestLogShortages = "ALTER TABLE request ADD COLUMN shortage text;";

/** People look for what was refused by its condition. Nothing that was answered has one, so it costs most rows nothing. */
export const requestLogConditions =
  "CREATE INDEX request_of_condition ON request (condition, at_ms) WHERE condition IS NOT NULL;";

export const requestLogSchema: string = `
CREATE TABLE request (
  request_id text COLLATE "C" NOT NULL,
  client_request_id text,
  at_ms double precision NOT NULL,
  duration_ms double precision,
  account_id text COLLATE "C",
  key_id text COLLATE "C",
  operation text,
  method text,
  path text,
  status int,
  code text,
  condition text,
  ended_at text,
  ending text,
  window_limit double precision,
  window_remaining double precision,
  held bigint,
  charged bigint,
  refused_by text,
  param text,
  retry_after_ms double precision,
  simulated smallint,
  degraded smallint,
  PRIMARY KEY (at_ms, request_id)
) PARTITION BY RANGE (at_ms);
CREATE INDEX request_of_account ON request (account_id, at_ms) INCLUDE (ending, charged)
  WHERE account_id IS NOT NULL;
CREATE TABLE request_other PARTITION OF request DEFAULT;
`;
