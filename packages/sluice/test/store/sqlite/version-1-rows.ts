// What a database of version 1 had in it after a day: records of the directory, a hold that was charged, one
// that is open, and an older one whose record's number was used again. As that version wrote it.

const nowMs = Date.UTC(2026, 0, 15);
const januaryMs = Date.UTC(2026, 0);
const account = '{"id":"acct_1","name":"one","plan":"pro","subscription":"active"}';
const workspace = '{"id":"ws_1","accountId":"acct_1","name":"main"}';
const project = '{"id":"prj_1","accountId":"acct_1","workspaceId":"ws_1","name":"one"}';
const hold = `'create', 'key_1', ${nowMs}, ${nowMs + 1_000}`;

export const rowsOfVersion1: string = `
INSERT INTO account (n, id, record) VALUES (1, 'acct_1', '${account}');
INSERT INTO workspace (n, id, account_id, record) VALUES (1, 'ws_1', 'acct_1', '${workspace}');
INSERT INTO project (n, id, account_id, workspace_id, record)
  VALUES (1, 'prj_1', 'acct_1', 'ws_1', '${project}');
INSERT INTO ledger_account (n, account_id) VALUES (1, 'acct_1');
INSERT INTO pot (n, account, name, kind, start_ms, expires_ms, reason)
  VALUES (1, 1, 'allowance/acct_1/2026-01-01T00:00:00.000Z', 'allowance', ${januaryMs}, NULL, NULL);
INSERT INTO pot_balance (pot, state, issued, available, held, charged, lapsed, last_entry)
  VALUES (1, 'open', 100, 58, 30, 12, 0, 5);
INSERT INTO hold (n, id, account, amount, parts, budgets, allowance_credits, allowance_every_ms,
  operation, key_id, made_ms, expires_ms, record)
VALUES (1, 'older', 1, 0, '[]', '[]', 100, NULL, ${hold}, 1),
  (2, 'ended', 1, 30, '[[1,30]]', '[]', 100, NULL, ${hold}, 1),
  (3, 'open', 1, 30, '[[1,30]]', '[]', 100, NULL, ${hold}, 2);
INSERT INTO hold_end (hold, state, charged, overage, at_ms)
  VALUES (1, 'settled', 0, 0, ${nowMs}), (2, 'settled', 12, 0, ${nowMs});
INSERT INTO entry (sequence, previous, at_ms, pot, hold, move, amount)
VALUES (1, 0, ${nowMs}, 1, NULL, 1, 100), (2, 1, ${nowMs}, 1, 2, 3, 30),
  (3, 2, ${nowMs}, 1, 2, 4, 12), (4, 3, ${nowMs}, 1, 2, 5, 18), (5, 4, ${nowMs}, 1, 3, 3, 30);
INSERT INTO idempotency (n, account_id, operation, key, fingerprint, state, forget_ms)
VALUES (1, 'acct_1', 'create', 'of the ended', 'f', 'no_answer', ${nowMs + 60_000}),
  (2, 'acct_1', 'create', 'of the open', 'f', 'running', NULL);
`;
