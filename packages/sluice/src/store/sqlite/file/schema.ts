// Version 1 of the database. Times are wall milliseconds in REAL columns, so that fractions and "never"
// survive; SQLite writes whole ones as integers. Credits are INTEGER, and no column of them can fall
// below zero.

/**
 * Who may call. Records are kept as they were put, in JSON; what they hang on stands beside them in columns, so
 * that the database itself refuses an orphan. A digest stays with its key for ever.
 */
const directory = `
CREATE TABLE account (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  record TEXT NOT NULL
) STRICT;
CREATE TABLE workspace (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL REFERENCES account (id),
  record TEXT NOT NULL
) STRICT;
CREATE TABLE project (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL REFERENCES account (id),
  workspace_id TEXT NOT NULL REFERENCES workspace (id),
  record TEXT NOT NULL
) STRICT;
CREATE TABLE key (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL REFERENCES account (id),
  workspace_id TEXT REFERENCES workspace (id),
  project_id TEXT REFERENCES project (id),
  record TEXT NOT NULL
) STRICT;
CREATE INDEX key_of_account ON key (account_id);
CREATE TABLE digest (
  digest TEXT NOT NULL PRIMARY KEY,
  key_id TEXT NOT NULL REFERENCES key (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE change (
  sequence INTEGER PRIMARY KEY,
  account_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  at_ms REAL NOT NULL,
  before TEXT,
  after TEXT NOT NULL
) STRICT;
CREATE INDEX change_of_account ON change (account_id, sequence);
CREATE TRIGGER change_is_never_changed BEFORE UPDATE ON change
BEGIN SELECT RAISE(ABORT, 'the log of changes is only ever appended to'); END;
CREATE TRIGGER change_is_never_deleted BEFORE DELETE ON change
BEGIN SELECT RAISE(ABORT, 'the log of changes is only ever appended to'); END;
`;

/**
 * Money. A pot's name holds its period's start, so a period can be opened once; a budget's month is part of its
 * key. What a hold took is written with it, as [[pot, amount], …] and [budget, …].
 * A batch writes every page that it touches, so what changes in a pot is kept apart, close together, and nearly
 * everything else is appended at the end of its table: an entry names the account's entry before it, so a statement
 * is read along that chain, without an index that would
 * touch a page for each account; a hold ends by a row of its own, whose key lets it end once only; and which holds
 * are open is known without an index too: those from \`open_since\` on that have no end, and the \`long_hold\`s.
 */
const ledger = `
CREATE TABLE ledger_account (
  n INTEGER PRIMARY KEY,
  account_id TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE pot (
  n INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES ledger_account (n),
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind = 'allowance' OR kind = 'grant'),
  start_ms REAL NOT NULL,
  expires_ms REAL,
  reason TEXT
) STRICT;
CREATE INDEX pot_of_account ON pot (account);
CREATE TABLE pot_balance (
  pot INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state = 'open' OR state = 'closed' OR state = 'finished'),
  issued INTEGER NOT NULL CHECK (issued >= 0),
  available INTEGER NOT NULL CHECK (available >= 0),
  held INTEGER NOT NULL CHECK (held >= 0),
  charged INTEGER NOT NULL CHECK (charged >= 0),
  lapsed INTEGER NOT NULL CHECK (lapsed >= 0),
  last_entry INTEGER NOT NULL,
  CHECK (issued = available + held + charged + lapsed)
) STRICT;
CREATE VIEW pot_now AS SELECT * FROM pot LEFT JOIN pot_balance ON pot_balance.pot = pot.n;
CREATE TABLE budget (
  n INTEGER PRIMARY KEY,
  scope TEXT NOT NULL CHECK (scope = 'workspace' OR scope = 'project' OR scope = 'key'),
  id TEXT NOT NULL,
  month_ms REAL NOT NULL,
  cap INTEGER NOT NULL,
  used INTEGER NOT NULL CHECK (used >= 0),
  held INTEGER NOT NULL CHECK (held >= 0),
  UNIQUE (scope, id, month_ms),
  CHECK (used + held <= cap)
) STRICT;
CREATE TABLE budget_alert (
  budget INTEGER NOT NULL REFERENCES budget (n),
  percent INTEGER NOT NULL,
  at_ms REAL NOT NULL,
  used INTEGER NOT NULL,
  cap INTEGER NOT NULL,
  PRIMARY KEY (budget, percent)
) STRICT, WITHOUT ROWID;
CREATE INDEX budget_alert_time ON budget_alert (at_ms);
CREATE TABLE hold (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account INTEGER NOT NULL,
  amount INTEGER NOT NULL CHECK (amount >= 0),
  parts TEXT NOT NULL,
  budgets TEXT NOT NULL,
  allowance_credits INTEGER,
  allowance_every_ms REAL,
  operation TEXT NOT NULL,
  key_id TEXT NOT NULL,
  made_ms REAL NOT NULL,
  expires_ms REAL NOT NULL,
  record INTEGER
) STRICT;
CREATE TABLE hold_end (
  hold INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state = 'settled' OR state = 'released' OR state = 'expired'),
  charged INTEGER NOT NULL CHECK (charged >= 0 AND (charged = 0 OR state = 'settled')),
  overage INTEGER NOT NULL CHECK (overage >= 0),
  at_ms REAL NOT NULL
) STRICT;
CREATE TRIGGER hold_end_is_never_changed BEFORE UPDATE ON hold_end
BEGIN SELECT RAISE(ABORT, 'a hold ends once'); END;
CREATE TRIGGER hold_end_is_never_deleted BEFORE DELETE ON hold_end
BEGIN SELECT RAISE(ABORT, 'a hold ends once'); END;
CREATE VIEW hold_now AS
  SELECT hold.*, coalesce(state, 'open') AS state, coalesce(charged, 0) AS charged,
    coalesce(overage, 0) AS overage, at_ms AS ended_ms
  FROM hold LEFT JOIN hold_end ON hold_end.hold = hold.n;
CREATE TABLE long_hold (n INTEGER PRIMARY KEY) STRICT;
CREATE TABLE open_since (one INTEGER PRIMARY KEY CHECK (one = 1), n INTEGER NOT NULL) STRICT;
INSERT INTO open_since (one, n) VALUES (1, 1);
CREATE TABLE expired_hold (n INTEGER PRIMARY KEY) STRICT;
CREATE TABLE barred_hold (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE move (
  n INTEGER PRIMARY KEY,
  from_side TEXT NOT NULL,
  to_side TEXT NOT NULL
) STRICT;
INSERT INTO move (n, from_side, to_side) VALUES
  (1, 'issued', 'available'), (2, 'available', 'issued'), (3, 'available', 'held'),
  (4, 'held', 'charged'), (5, 'held', 'available'), (6, 'available', 'lapsed');
CREATE TABLE entry (
  sequence INTEGER PRIMARY KEY,
  previous INTEGER NOT NULL CHECK (previous < sequence),
  at_ms REAL NOT NULL,
  pot INTEGER NOT NULL,
  hold INTEGER,
  move INTEGER NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0)
) STRICT;
CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'entries are only ever appended'); END;
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'entries are only ever appended'); END;
CREATE TABLE idempotency (
  n INTEGER PRIMARY KEY,
  account_id TEXT NOT NULL,
  operation TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state = 'running' OR state = 'answered' OR state = 'no_answer'),
  forget_ms REAL,
  status INTEGER,
  headers TEXT,
  body TEXT,
  request_id TEXT,
  UNIQUE (account_id, operation, key),
  CHECK ((state = 'answered') = (status IS NOT NULL)),
  CHECK ((state = 'running') = (forget_ms IS NULL))
) STRICT;
CREATE INDEX idempotency_to_forget ON idempotency (forget_ms) WHERE forget_ms IS NOT NULL;
`;

/** What happened, for people: no constraint may ever keep a row out. */
const requestLog = `
CREATE TABLE request (
  n INTEGER PRIMARY KEY,
  request_id TEXT NOT NULL UNIQUE,
  client_request_id TEXT,
  at_ms REAL,
  duration_ms REAL,
  account_id TEXT,
  key_id TEXT,
  operation TEXT,
  method TEXT,
  path TEXT,
  status INTEGER,
  code TEXT,
  condition TEXT,
  ended_at TEXT,
  ending TEXT,
  window_limit REAL,
  window_remaining REAL,
  held INTEGER,
  charged INTEGER,
  refused_by TEXT,
  param TEXT,
  retry_after_ms REAL,
  simulated INTEGER,
  degraded INTEGER
);
CREATE INDEX request_time ON request (at_ms);
CREATE INDEX request_of_account ON request (account_id, at_ms, ending, charged)
  WHERE account_id IS NOT NULL;
CREATE INDEX request_of_key ON request (key_id, at_ms) WHERE key_id IS NOT NULL;
`;

export const schemaVersion1: string = directory + ledger + requestLog;
