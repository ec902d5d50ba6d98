// What customers are told outside of answers. A warning's number is its place in the order of raising; what becomes of it
// stands beside it in columns, and what it says is kept as it was raised, in JSON.

export const noticesSchema: string = `
CREATE TABLE warning (
  id text COLLATE "C" PRIMARY KEY,
  n bigint GENERATED ALWAYS AS IDENTITY,
  account_id text COLLATE "C" NOT NULL,
  record text NOT NULL,
  reset_at_ms double precision,
  state text NOT NULL,
  due_ms double precision NOT NULL,
  attempts text[] NOT NULL DEFAULT '{}',
  attempt_count int NOT NULL DEFAULT 0
);
CREATE INDEX warning_of_account ON warning (account_id, n);
CREATE INDEX warning_in_order ON warning (n);
CREATE INDEX warning_that_waits ON warning (account_id, n) WHERE state = 'waiting';
CREATE INDEX warning_to_forget ON warning (reset_at_ms) WHERE reset_at_ms IS NOT NULL;
CREATE TABLE incident (
  id text COLLATE "C" PRIMARY KEY,
  started_at_ms double precision NOT NULL,
  ended_at_ms double precision,
  record text NOT NULL
);
CREATE INDEX incident_by_start ON incident (started_at_ms, id);
`;
