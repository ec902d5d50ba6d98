// The rules of the ledger, each as a query for the rows that break it.

/** A rule, and the rows that break it: each answers one JSON text, `broken`. */
export interface Rule {
  readonly name: string;
  readonly sql: string;
}

/** What each entry does to the sides of its pot, in the order of the table of moves. */
const deltas = `
  CASE move WHEN 1 THEN amount WHEN 2 THEN -amount ELSE 0 END AS issued,
  CASE move WHEN 1 THEN amount WHEN 5 THEN amount WHEN 4 THEN 0 ELSE -amount END AS available,
  CASE move WHEN 3 THEN amount WHEN 4 THEN -amount WHEN 5 THEN -amount ELSE 0 END AS held,
  CASE move WHEN 4 THEN amount ELSE 0 END AS charged,
  CASE move WHEN 6 THEN amount ELSE 0 END AS lapsed
`;

/** What each hold took from each pot. */
const parts = `
  SELECT h.id, h.state, u.pot, u.amount
  FROM hold h CROSS JOIN unnest(h.parts, h.part_amounts) AS u (pot, amount)
`;

const potRules: readonly Rule[] = [
  {
    name: "L1: each side of a pot is the sum of its entries",
    sql: `
      SELECT json_build_object('pot', p.name,
        'row', json_build_array(p.issued, p.available, p.held, p.charged, p.lapsed),
        'by its entries', json_build_array(t.issued, t.available, t.held, t.charged, t.lapsed))
        AS broken
      FROM pot p LEFT JOIN (
        SELECT pot, sum(issued) AS issued, sum(available) AS available, sum(held) AS held,
          sum(charged) AS charged, sum(lapsed) AS lapsed
        FROM (SELECT pot, ${deltas} FROM entry) AS moved GROUP BY pot
      ) t ON t.pot = p.n
      WHERE p.issued <> coalesce(t.issued, 0) OR p.available <> coalesce(t.available, 0)
        OR p.held <> coalesce(t.held, 0) OR p.charged <> coalesce(t.charged, 0)
        OR p.lapsed <> coalesce(t.lapsed, 0)`,
  },
  {
    name: "L1: what a pot holds is what open holds took from it",
    sql: `
      SELECT json_build_object('pot', p.name, 'held', p.held, 'by its holds', t.held) AS broken
      FROM pot p LEFT JOIN (
        SELECT pot, sum(amount) AS held FROM (${parts}) AS part WHERE state = 'open' GROUP BY pot
      ) t ON t.pot = p.n
      WHERE p.held <> coalesce(t.held, 0)`,
  },
  {
    name: "L2: used + held is at most the cap of a pot, and no side is below zero",
    sql: `
      SELECT json_build_object('pot', name, 'issued', issued, 'available', available,
        'held', held, 'charged', charged, 'lapsed', lapsed) AS broken
      FROM pot
      WHERE least(available, held, charged, lapsed) < 0
        OR issued <> available + held + charged + lapsed`,
  },
  {
    name: "L2: so it was after each entry",
    sql: `
      SELECT json_build_object('account', account, 'entry', sequence, 'pot', pot,
        'available', available, 'held', held) AS broken
      FROM (
        SELECT account, sequence, pot, sum(available) OVER one AS available,
          sum(held) OVER one AS held
        FROM (SELECT account, sequence, pot, ${deltas} FROM entry) AS moved
        WINDOW one AS (PARTITION BY pot ORDER BY sequence)
      ) AS story WHERE available < 0 OR held < 0`,
  },
  {
    name: "L1: an account's entries are numbered without a gap, and are about its own pots",
    sql: `
      SELECT json_build_object('account', s.name, 'entries', s.entries, 'there are', t.entries,
        'newest', t.newest) AS broken
      FROM scope s FULL JOIN (
        SELECT account, count(*) AS entries, max(sequence) AS newest FROM entry GROUP BY account
      ) t ON t.account = s.n
      WHERE s.entries IS DISTINCT FROM coalesce(t.entries, 0)
        OR s.entries IS DISTINCT FROM coalesce(t.newest, 0)
      UNION ALL
      SELECT json_build_object('account', e.account, 'entry', e.sequence, 'pot', e.pot)
      FROM entry e LEFT JOIN pot p ON p.n = e.pot WHERE p.account IS DISTINCT FROM e.account`,
  },
];

const holdRules: readonly Rule[] = [
  {
    name: "L1: a hold's entries sum to what it is",
    sql: `
      SELECT json_build_object('hold', h.id, 'state', state, 'amount', amount,
        'charged', h.charged, 'held by its entries', t.held,
        'charged by its entries', t.charged) AS broken
      FROM hold h LEFT JOIN (
        SELECT hold, sum(held) AS held, sum(charged) AS charged, sum(available) AS available
        FROM (SELECT hold, ${deltas} FROM entry WHERE hold IS NOT NULL) AS moved GROUP BY hold
      ) t ON t.hold = h.id
      WHERE coalesce(t.held, 0) <> CASE state WHEN 'open' THEN amount ELSE 0 END
        OR coalesce(t.charged, 0) <> h.charged
        OR coalesce(t.available, 0) <> 0 - CASE state WHEN 'open' THEN amount ELSE h.charged END`,
  },
  {
    name: "L1: a hold took from each pot what its entries say",
    sql: `
      SELECT json_build_object('hold', coalesce(one.id, e.hold), 'pot', coalesce(one.pot, e.pot),
        'amount', one.amount, 'by its entry', e.amount) AS broken
      FROM (${parts}) AS one
      FULL JOIN (SELECT hold, pot, amount FROM entry WHERE move = 3) e
        ON e.hold = one.id AND e.pot = one.pot
      WHERE one.amount IS DISTINCT FROM e.amount`,
  },
  {
    name: "L1: no entry is about a hold or by a move that there is not",
    sql: `
      SELECT json_build_object('account', e.account, 'entry', sequence, 'hold', e.hold,
        'move', move) AS broken
      FROM entry e LEFT JOIN hold h ON h.id = e.hold
      WHERE (e.hold IS NOT NULL AND h.account IS DISTINCT FROM e.account)
        OR move NOT BETWEEN 1 AND 6 OR (e.hold IS NULL) <> (move IN (1, 2, 6))`,
  },
  {
    name: "L3: a hold is open or has ended once, and is charged at most its amount",
    sql: `
      SELECT json_build_object('hold', id, 'state', state, 'amount', amount, 'charged', charged,
        'ended', ended_ms) AS broken
      FROM hold
      WHERE charged NOT BETWEEN 0 AND amount OR (charged > 0 AND state <> 'settled')
        OR (state = 'open') <> (ended_ms IS NULL)
      UNION ALL
      SELECT json_build_object('hold', hold, 'ends', count(DISTINCT sequence))
      FROM (SELECT hold, pot, account, sequence FROM entry WHERE move = 4) AS ends
      GROUP BY account, hold, pot HAVING count(*) > 1`,
  },
  {
    name: "L3: an idempotency key is in progress exactly while its hold is open and no job's",
    sql: `
      WITH calling AS (
        SELECT id, record FROM hold WHERE state = 'open' AND record IS NOT NULL AND slots IS NULL
      )
      SELECT json_build_object('idempotency', i.n, 'account', i.account, 'hold', i.hold) AS broken
      FROM idempotency i LEFT JOIN calling c ON c.id = i.hold AND c.record = i.n
      WHERE i.state = 'running' AND c.id IS NULL
      UNION ALL
      SELECT json_build_object('hold', c.id, 'idempotency', c.record, 'state', i.state)
      FROM calling c LEFT JOIN idempotency i ON i.n = c.record AND i.hold = c.id
      WHERE i.state IS DISTINCT FROM 'running'`,
  },
];

const budgetRules: readonly Rule[] = [
  {
    name: "L2: a budget's used and held are those of its holds, and at most its cap",
    sql: `
      SELECT json_build_object('budget', s.name, 'month', month_ms, 'cap', cap, 'used', b.used,
        'held', b.held, 'used by its holds', t.used, 'held by its holds', t.held) AS broken
      FROM budget b JOIN scope s ON s.n = b.scope LEFT JOIN (
        SELECT u.n, sum(CASE state WHEN 'open' THEN amount ELSE 0 END) AS held,
          sum(charged) AS used
        FROM hold CROSS JOIN unnest(budgets) AS u (n) GROUP BY u.n
      ) t ON t.n = b.n
      WHERE b.used <> coalesce(t.used, 0) OR b.held <> coalesce(t.held, 0)
        OR b.used + b.held > cap OR least(b.used, b.held) < 0
      UNION ALL
      SELECT json_build_object('hold', id, 'budget', u.n)
      FROM hold CROSS JOIN unnest(budgets) AS u (n)
      WHERE NOT EXISTS (SELECT FROM budget b WHERE b.n = u.n)`,
  },
];

export const rules: readonly Rule[] = [...potRules, ...holdRules, ...budgetRules];
