// What an operator asks for is found by an index, page by page; and what was changed elsewhere is written down among the other
// changes.

const indexes = `
CREATE UNIQUE INDEX account_by_age ON account (n);
CREATE INDEX change_of_kind ON change (kind, sequence);
CREATE INDEX change_of_record ON change (id, sequence);
CREATE INDEX change_by ON change (changed_by, sequence);
CREATE INDEX grant_of_account ON pot (account, n) WHERE kind = 'grant';
DROP INDEX expired_hold;
CREATE INDEX odd_hold ON hold (n) WHERE state = 'expired' OR overage > 0;
CREATE INDEX odd_hold_of_account ON hold (account, n) WHERE state = 'expired' OR overage > 0;
`;

/** By the same lock as every change, so that those who poll the log miss none. */
const note = `
ALTER TABLE change ALTER COLUMN after DROP NOT NULL;
CREATE FUNCTION note_change(
  account_id text, kind text, id text, changed_by text, at_ms double precision, before text,
  after text
) RETURNS void LANGUAGE plpgsql SET search_path = sluice, pg_temp AS $$
#variable_conflict use_variable
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('sluice/change', 0));
  INSERT INTO change AS o (sequence, account_id, kind, id, changed_by, at_ms, before, after)
    SELECT coalesce(max(c.sequence), 0) + 1, account_id, kind, id, changed_by, at_ms, before, after
    FROM change c;
END $$;
`;

export const pagesSchema: string = indexes + note;
