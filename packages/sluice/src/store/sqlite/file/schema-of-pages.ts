// Version 4 of the database: what an operator asks for is found by an index, page by page.

/**
 * A hold is odd that ran out or cost more than was held; those of earlier versions are found here, once. Budgets near
 * their caps are no longer written down with each charge: early warnings look at them.
 */
export const schemaOfPages = `
CREATE TABLE odd_hold (
  hold INTEGER PRIMARY KEY,
  account INTEGER NOT NULL
) STRICT;
CREATE INDEX odd_hold_of_account ON odd_hold (account, hold);
INSERT INTO odd_hold (hold, account)
  SELECT hold.n, hold.account FROM hold_end JOIN hold ON hold.n = hold_end.hold
  WHERE hold_end.state = 'expired' OR hold_end.overage > 0;
DROP TABLE expired_hold;
DROP TABLE budget_alert;
CREATE INDEX grant_of_account ON pot (account, n) WHERE kind = 'grant';
CREATE INDEX change_of_kind ON change (kind, sequence);
CREATE INDEX change_of_record ON change (id, sequence);
CREATE INDEX change_by ON change (changed_by, sequence);
`;
