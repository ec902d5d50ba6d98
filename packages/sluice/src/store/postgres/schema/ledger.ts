// Money: the tables. Times are wall milliseconds with fractions and "never"; credits are bigint, and no sum of them
// can fall below zero.

/**
 * A scope is what can run out of credits: an account, or a budget's key, project or workspace. Its row is what a batch
 * locks before it touches a pot, a budget, a record of an idempotency key or an entry; \`entries\` numbers an account's
 * entries without a gap. Rows that change with each batch leave room in their pages, so that a new version stays in
 * its page and no index is touched.
 */
const funds = `
CREATE TABLE scope (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text COLLATE "C" NOT NULL UNIQUE,
  entries bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 40);
CREATE TABLE pot (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account bigint NOT NULL REFERENCES scope (n),
  name text COLLATE "C" NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('allowance', 'grant')),
  start_ms double precision NOT NULL,
  month_end_ms double precision,
  expires_ms double precision NOT NULL,
  reason text,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed', 'finished')),
  issued bigint NOT NULL DEFAULT 0 CHECK (issued >= 0),
  available bigint NOT NULL DEFAULT 0 CHECK (available >= 0),
  held bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
  charged bigint NOT NULL DEFAULT 0 CHECK (charged >= 0),
  lapsed bigint NOT NULL DEFAULT 0 CHECK (lapsed >= 0),
  CHECK (issued = available + held + charged + lapsed),
  CHECK ((kind = 'allowance') = (month_end_ms IS NOT NULL))
) WITH (fillfactor = 40);
CREATE INDEX pot_in_use ON pot (account) WHERE state <> 'finished';
CREATE TABLE budget (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  scope bigint NOT NULL REFERENCES scope (n),
  month_ms double precision NOT NULL,
  cap bigint NOT NULL,
  used bigint NOT NULL DEFAULT 0 CHECK (used >= 0),
  held bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
  UNIQUE (scope, month_ms),
  CHECK (used + held <= cap)
) WITH (fillfactor = 40);
`;

/** A hold that was released before it was made is \`barred\`: the row's id keeps it from ever being made. */
const holds = `
CREATE SEQUENCE hold_age;
CREATE TABLE hold (
  id text COLLATE "C" PRIMARY KEY,
  n bigint NOT NULL,
  account bigint,
  amount bigint NOT NULL CHECK (amount >= 0),
  parts bigint[] NOT NULL,
  part_amounts bigint[] NOT NULL,
  budgets bigint[] NOT NULL,
  allowance_credits bigint,
  allowance_every_ms double precision,
  operation text,
  key_id text,
  made_ms double precision NOT NULL,
  expires_ms double precision,
  record bigint,
  slots text,
  state text NOT NULL CHECK (state IN ('open', 'settled', 'released', 'expired', 'barred')),
  charged bigint NOT NULL CHECK (charged BETWEEN 0 AND amount AND (charged = 0 OR state = 'settled')),
  overage bigint NOT NULL CHECK (overage >= 0),
  ended_ms double precision,
  CHECK ((state = 'open') = (ended_ms IS NULL)),
  CHECK ((state = 'barred') = (account IS NULL))
) WITH (fillfactor = 70);
CREATE INDEX open_hold ON hold (expires_ms) WHERE state = 'open';
CREATE INDEX expired_hold ON hold (n) WHERE state = 'expired';
CREATE INDEX barred_hold ON hold (ended_ms) WHERE state = 'barred';
CREATE FUNCTION ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'hold "%" has ended already: it stays as it is', OLD.id;
END $$;
CREATE TRIGGER hold_ends_once BEFORE UPDATE ON hold
  FOR EACH ROW WHEN (OLD.state <> 'open') EXECUTE FUNCTION ends_once();
CREATE TABLE move (
  n smallint PRIMARY KEY,
  from_side text NOT NULL,
  to_side text NOT NULL
);
INSERT INTO move (n, from_side, to_side) VALUES
  (1, 'issued', 'available'), (2, 'available', 'issued'), (3, 'available', 'held'),
  (4, 'held', 'charged'), (5, 'held', 'available'), (6, 'available', 'lapsed');
CREATE TABLE entry (
  account bigint NOT NULL,
  sequence bigint NOT NULL,
  at_ms double precision NOT NULL,
  pot bigint NOT NULL,
  hold text COLLATE "C",
  move smallint NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  PRIMARY KEY (account, sequence)
);
CREATE TRIGGER entry_is_only_appended_to BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
  FOR EACH STATEMENT EXECUTE FUNCTION is_only_appended_to();
`;

/** The name is a hash of operation and key, so that no key is too long for the index. */
const idempotency = `
CREATE TABLE idempotency (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account bigint NOT NULL REFERENCES scope (n),
  name bytea NOT NULL,
  fingerprint text NOT NULL,
  hold text COLLATE "C" NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'answered', 'no_answer')),
  forget_ms double precision,
  answer text,
  UNIQUE (account, name),
  CHECK ((state = 'answered') = (answer IS NOT NULL)),
  CHECK ((state = 'running') = (forget_ms IS NULL))
) WITH (fillfactor = 70);
CREATE INDEX idempotency_to_forget ON idempotency (forget_ms) WHERE forget_ms IS NOT NULL;
`;

export const ledgerSchema: string = funds + holds + idempotency;
