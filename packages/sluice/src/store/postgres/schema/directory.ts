// Who may call. Records are kept as they were put, in JSON; what they hang on stands beside them in columns, so that
// the database itself refuses an orphan. A change is one call of one function, by one node at a time.

const tables = `
CREATE TABLE account (
  id text COLLATE "C" PRIMARY KEY,
  n bigint GENERATED ALWAYS AS IDENTITY,
  record text NOT NULL
);
CREATE TABLE workspace (
  id text COLLATE "C" PRIMARY KEY,
  n bigint GENERATED ALWAYS AS IDENTITY,
  account_id text COLLATE "C" NOT NULL REFERENCES account (id),
  record text NOT NULL
);
CREATE INDEX workspace_of_account ON workspace (account_id, n);
CREATE TABLE project (
  id text COLLATE "C" PRIMARY KEY,
  n bigint GENERATED ALWAYS AS IDENTITY,
  account_id text COLLATE "C" NOT NULL REFERENCES account (id),
  workspace_id text COLLATE "C" NOT NULL REFERENCES workspace (id),
  record text NOT NULL
);
CREATE INDEX project_of_account ON project (account_id, n);
CREATE TABLE key (
  id text COLLATE "C" PRIMARY KEY,
  n bigint GENERATED ALWAYS AS IDENTITY,
  account_id text COLLATE "C" NOT NULL REFERENCES account (id),
  workspace_id text COLLATE "C" REFERENCES workspace (id),
  project_id text COLLATE "C" REFERENCES project (id),
  is_revoked boolean NOT NULL,
  record text NOT NULL,
  shown text NOT NULL
);
CREATE INDEX key_of_account ON key (account_id, n);
CREATE TABLE digest (
  digest text COLLATE "C" PRIMARY KEY,
  key_id text COLLATE "C" NOT NULL REFERENCES key (id)
);
CREATE TABLE change (
  sequence bigint PRIMARY KEY,
  account_id text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  id text NOT NULL,
  changed_by text NOT NULL,
  at_ms double precision NOT NULL,
  before text,
  after text NOT NULL
);
CREATE INDEX change_of_account ON change (account_id, sequence);
CREATE FUNCTION is_only_appended_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are only ever appended', TG_TABLE_NAME;
END $$;
CREATE TRIGGER change_is_only_appended_to BEFORE UPDATE OR DELETE OR TRUNCATE ON change
  FOR EACH STATEMENT EXECUTE FUNCTION is_only_appended_to();
`;

/**
 * A caller's mistake has the code SL001. The lock is held until the commit can be seen, so changes become visible in
 * the order of their numbers: whoever polls the log of changes from the last number that he saw misses none.
 */
const put = `
CREATE FUNCTION require(ok boolean, message text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF ok IS NOT TRUE THEN
    RAISE EXCEPTION USING ERRCODE = 'SL001', MESSAGE = message;
  END IF;
END $$;

CREATE FUNCTION put_record(
  kind text, record_id text, owner text, workspace text, project text, revoked boolean,
  digests text[], record text, shown text, changed_by text, at_ms double precision
) RETURNS void LANGUAGE plpgsql SET search_path = sluice, pg_temp AS $$
#variable_conflict use_variable
DECLARE
  what text := kind || ' "' || record_id || '"';
  was text;
  old_owner text;
  old_workspace text;
  old_revoked boolean;
  other text;
  above text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('sluice/change', 0));
  IF kind = 'account' THEN
    SELECT o.record INTO was FROM account o WHERE o.id = record_id;
    INSERT INTO account AS o (id, record) VALUES (record_id, record)
      ON CONFLICT ON CONSTRAINT account_pkey DO UPDATE SET record = EXCLUDED.record;
  ELSE
    PERFORM require(EXISTS (SELECT FROM account o WHERE o.id = owner),
      what || ' has no account "' || owner || '"');
  END IF;
  IF kind = 'workspace' THEN
    SELECT o.record, o.account_id INTO was, old_owner FROM workspace o WHERE o.id = record_id;
    PERFORM require(was IS NULL OR old_owner = owner, what || ' belongs to another account');
    INSERT INTO workspace AS o (id, account_id, record) VALUES (record_id, owner, record)
      ON CONFLICT ON CONSTRAINT workspace_pkey DO UPDATE SET record = EXCLUDED.record;
  ELSIF kind = 'project' THEN
    SELECT o.record, o.account_id, o.workspace_id INTO was, old_owner, old_workspace
      FROM project o WHERE o.id = record_id;
    PERFORM require(was IS NULL OR old_owner = owner, what || ' belongs to another account');
    PERFORM require(
      EXISTS (SELECT FROM workspace o WHERE o.id = workspace AND o.account_id = owner),
      what || ' is under what its account does not have');
    PERFORM require(was IS NULL OR old_workspace = workspace,
      what || ' belongs to another workspace');
    INSERT INTO project AS o (id, account_id, workspace_id, record)
      VALUES (record_id, owner, workspace, record)
      ON CONFLICT ON CONSTRAINT project_pkey DO UPDATE SET record = EXCLUDED.record;
  ELSIF kind = 'key' THEN
    SELECT o.shown, o.account_id, o.is_revoked INTO was, old_owner, old_revoked
      FROM key o WHERE o.id = record_id;
    PERFORM require(was IS NULL OR old_owner = owner, what || ' belongs to another account');
    PERFORM require(was IS NULL OR revoked OR NOT old_revoked,
      what || ' was revoked, and stays so');
    PERFORM require(
      workspace IS NULL
        OR EXISTS (SELECT FROM workspace o WHERE o.id = workspace AND o.account_id = owner),
      what || ' is under what its account does not have');
    IF project IS NOT NULL THEN
      SELECT o.workspace_id INTO above FROM project o WHERE o.id = project AND o.account_id = owner;
      PERFORM require(above IS NOT NULL, what || ' is under what its account does not have');
      PERFORM require(workspace IS NULL OR above = workspace,
        what || ' names a project of another workspace');
    END IF;
    SELECT o.key_id INTO other FROM digest o
      WHERE o.digest = ANY (digests) AND o.key_id <> record_id LIMIT 1;
    PERFORM require(other IS NULL, what || ' has a digest of key "' || other || '"');
    INSERT INTO key AS o (id, account_id, workspace_id, project_id, is_revoked, record, shown)
      VALUES (record_id, owner, workspace, project, revoked, record, shown)
      ON CONFLICT ON CONSTRAINT key_pkey DO UPDATE SET workspace_id = EXCLUDED.workspace_id,
        project_id = EXCLUDED.project_id, is_revoked = EXCLUDED.is_revoked,
        record = EXCLUDED.record, shown = EXCLUDED.shown;
    INSERT INTO digest AS o (digest, key_id) SELECT unnest(digests), record_id
      ON CONFLICT DO NOTHING;
  END IF;
  INSERT INTO change AS o (sequence, account_id, kind, id, changed_by, at_ms, before, after)
    SELECT coalesce(max(c.sequence), 0) + 1, owner, kind, record_id, changed_by, at_ms, was, shown
    FROM change c;
END $$;
`;

export const directorySchema: string = tables + put;
