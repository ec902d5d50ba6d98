// The proof that the money adds up, from the rows alone: every sum is made anew, in one snapshot of the
// live file. What is broken is told with its rows.

import type { Prepare } from "../file/statements.ts";

/** A rule, and the rows that break it: each answers one JSON text, `broken`. */
interface Rule {
  readonly name: string;
  readonly sql: string;
}

/** Rows that are told for each rule; one more, and only their being there is. */
const rowsMax = 100;

/** What each entry does to the sides of its pot, in the order of the table of moves. */
const deltas = `
  CASE move WHEN 1 THEN amount WHEN 2 THEN -amount ELSE 0 END AS issued,
  CASE move WHEN 1 THEN amount WHEN 5 THEN amount WHEN 4 THEN 0 ELSE -amount END AS available,
  CASE move WHEN 3 THEN amount WHEN 4 THEN -amount WHEN 5 THEN -amount ELSE 0 END AS held,
  CASE move WHEN 4 THEN amount ELSE 0 END AS charged,
  CASE move WHEN 6 THEN amount ELSE 0 END AS lapsed
`;

const potRules: readonly Rule[] = [
  {
    name: "L1: each side of a pot is the sum of its entries",
    sql: `
      WITH moved AS (SELECT pot, sequence, ${deltas} FROM entry),
      told AS (
        SELECT pot, sum(issued) AS issued, sum(available) AS available, sum(held) AS held,
          sum(charged) AS charged, sum(lapsed) AS lapsed, max(sequence) AS last_entry
        FROM moved GROUP BY pot
      )
      SELECT json_object('pot', name,
        'row', json_array(one.issued, one.available, one.held, one.charged, one.lapsed,
          one.last_entry),
        'by its entries', json_array(told.issued, told.available, told.held, told.charged,
          told.lapsed, told.last_entry)) AS broken
      FROM pot_now AS one LEFT JOIN told ON told.pot = one.n
      WHERE one.issued IS NOT coalesce(told.issued, 0)
        OR one.available IS NOT coalesce(told.available, 0)
        OR one.held IS NOT coalesce(told.held, 0)
        OR one.charged IS NOT coalesce(told.charged, 0)
        OR one.lapsed IS NOT coalesce(told.lapsed, 0)
        OR one.last_entry IS NOT coalesce(told.last_entry, 0)`,
  },
  {
    name: "L1: what a pot holds is what open holds took from it",
    sql: `
      WITH told AS (
        SELECT part.value ->> 0 AS pot, sum(part.value ->> 1) AS held
        FROM hold_now, json_each(parts) AS part WHERE state = 'open' GROUP BY 1
      )
      SELECT json_object('pot', name, 'held', one.held, 'by its holds', told.held) AS broken
      FROM pot_now AS one LEFT JOIN told ON told.pot = one.n
      WHERE one.held IS NOT coalesce(told.held, 0)`,
  },
  {
    name: "L2: used + held is at most the cap of a pot, and no side is below zero",
    sql: `
      SELECT json_object('pot', name, 'issued', issued, 'available', available, 'held', held,
        'charged', charged, 'lapsed', lapsed) AS broken
      FROM pot_now
      WHERE state IS NULL OR available < 0 OR held < 0 OR charged < 0 OR lapsed < 0
        OR issued <> available + held + charged + lapsed`,
  },
  {
    name: "L2: so it was after each entry",
    sql: `
      WITH moved AS (SELECT pot, sequence, ${deltas} FROM entry),
      story AS (
        SELECT pot, sequence, sum(available) OVER one AS available, sum(held) OVER one AS held
        FROM moved WINDOW one AS (PARTITION BY pot ORDER BY sequence)
      )
      SELECT json_object('entry', sequence, 'pot', pot, 'available', available, 'held', held)
        AS broken
      FROM story WHERE available < 0 OR held < 0`,
  },
  {
    name: "L1: an account's entries are one chain",
    sql: `
      WITH linked AS (
        SELECT sequence, previous, account,
          lag(sequence, 1, 0) OVER (PARTITION BY account ORDER BY sequence) AS before
        FROM entry LEFT JOIN pot ON pot.n = entry.pot
      )
      SELECT json_object('entry', sequence, 'previous', previous, 'should be', before) AS broken
      FROM linked WHERE previous <> before OR account IS NULL`,
  },
];

const holdRules: readonly Rule[] = [
  {
    name: "L1: a hold's entries sum to what it is",
    sql: `
      WITH moved AS (SELECT hold, ${deltas} FROM entry WHERE hold IS NOT NULL),
      told AS (
        SELECT hold, sum(held) AS held, sum(charged) AS charged, sum(available) AS available
        FROM moved GROUP BY hold
      )
      SELECT json_object('hold', one.id, 'state', state, 'amount', amount, 'charged', one.charged,
        'held by its entries', told.held, 'charged by its entries', told.charged) AS broken
      FROM hold_now AS one LEFT JOIN told ON told.hold = one.n
      WHERE coalesce(told.held, 0) <> iif(state = 'open', amount, 0)
        OR coalesce(told.charged, 0) <> one.charged
        OR coalesce(told.available, 0) <> 0 - iif(state = 'open', amount, one.charged)`,
  },
  {
    name: "L1: a hold took from each pot what its entries say",
    sql: `
      SELECT json_object('hold', hold, 'pot', pot, 'amount', amount) AS broken FROM (
        SELECT hold.n AS hold, part.value ->> 0 AS pot, part.value ->> 1 AS amount
          FROM hold, json_each(hold.parts) AS part
        EXCEPT SELECT hold, pot, amount FROM entry WHERE move = 3
      )
      UNION ALL
      SELECT json_object('hold', hold, 'pot', pot, 'by its entry', amount) FROM (
        SELECT hold, pot, amount FROM entry WHERE move = 3
        EXCEPT SELECT hold.n, part.value ->> 0, part.value ->> 1
          FROM hold, json_each(hold.parts) AS part
      )`,
  },
  {
    name: "L1: no entry is about a hold or by a move that there is not",
    sql: `
      SELECT json_object('entry', sequence, 'hold', entry.hold, 'move', move) AS broken
      FROM entry LEFT JOIN hold ON hold.n = entry.hold
      WHERE (entry.hold IS NOT NULL AND hold.n IS NULL) OR move NOT BETWEEN 1 AND 6
        OR (entry.hold IS NULL) <> (move IN (1, 2, 6))`,
  },
  {
    name: "L3: a hold is open or has ended once, and is charged at most its amount",
    sql: `
      SELECT json_object('hold', id, 'state', state, 'amount', amount, 'charged', charged,
        'ended', ended_ms) AS broken
      FROM hold_now
      WHERE charged NOT BETWEEN 0 AND amount OR (charged > 0 AND state <> 'settled')
      UNION ALL
      SELECT json_object('end of hold', hold, 'state', state, 'charged', charged)
      FROM hold_end WHERE hold NOT IN (SELECT n FROM hold)
      UNION ALL
      SELECT json_object('entry', entry.sequence, 'hold', id, 'after its end in', state)
      FROM hold_now JOIN entry ON entry.hold = hold_now.n
      WHERE state IN ('released', 'expired') AND move = 4`,
  },
  {
    name: "L3: an open hold is found at a start",
    sql: `
      SELECT json_object('hold', id, 'number', n) AS broken
      FROM hold_now
      WHERE state = 'open' AND n < (SELECT n FROM open_since)
        AND n NOT IN (SELECT n FROM long_hold)`,
  },
  {
    name: "L3: an idempotency key is in progress exactly while its hold is open and no job's",
    sql: `
      WITH calling AS (
        SELECT n, id, record FROM hold_now
        WHERE state = 'open' AND record IS NOT NULL AND n NOT IN (SELECT hold FROM job)
      )
      SELECT json_object('idempotency', n, 'key', key, 'account', account_id) AS broken
      FROM idempotency
      WHERE state = 'running' AND (coalesce(hold, 0), n) NOT IN (SELECT n, record FROM calling)
      UNION ALL
      SELECT json_object('hold', calling.id, 'idempotency', record, 'state', state, 'of', hold)
      FROM calling LEFT JOIN idempotency ON idempotency.n = record
      WHERE state IS NOT 'running' OR hold IS NOT calling.n`,
  },
  {
    name: "L3: a job is a hold's, and its slots are names",
    sql: `
      WITH told AS (SELECT hold, slots, iif(json_valid(slots), slots, 'null') AS list FROM job)
      SELECT json_object('job of hold', hold, 'slots', slots) AS broken
      FROM told
      WHERE hold NOT IN (SELECT n FROM hold) OR json_type(list) <> 'array'
        OR EXISTS (SELECT 1 FROM json_each(list) WHERE type <> 'text')`,
  },
];

const budgetRules: readonly Rule[] = [
  {
    name: "L2: a budget's used and held are those of its holds, and at most its cap",
    sql: `
      WITH told AS (
        SELECT over.value AS budget, sum(iif(state = 'open', amount, 0)) AS held,
          sum(charged) AS used
        FROM hold_now, json_each(budgets) AS over GROUP BY 1
      )
      SELECT json_object('budget', scope || '/' || id, 'month', month_ms, 'cap', cap,
        'used', budget.used, 'held', budget.held,
        'used by its holds', told.used, 'held by its holds', told.held) AS broken
      FROM budget LEFT JOIN told ON told.budget = budget.n
      WHERE budget.used <> coalesce(told.used, 0) OR budget.held <> coalesce(told.held, 0)
        OR budget.used + budget.held > cap OR budget.used < 0 OR budget.held < 0
      UNION ALL
      SELECT json_object('budget', told.budget, 'used by its holds', told.used)
      FROM told LEFT JOIN budget ON budget.n = told.budget WHERE budget.n IS NULL`,
  },
];

const rules: readonly Rule[] = [...potRules, ...holdRules, ...budgetRules];

/** Every broken rule, a line for each row; none is the proof. */
export function auditLedger(prepare: Prepare): readonly string[] {
  return rules.flatMap(({ name, sql }) =>
    readable(name, () => {
      const rows = prepare(`SELECT broken FROM (${sql}) LIMIT ${rowsMax + 1}`).all();
      const told = rows.slice(0, rowsMax).map(({ broken }) => `${name}: ${String(broken)}`);
      return rows.length > rowsMax ? [...told, `${name}: and more than ${rowsMax} rows`] : told;
    }),
  );
}

/** What SQLite itself finds wrong with the file. */
export function checkFile(prepare: Prepare): readonly string[] {
  return readable("the file", () =>
    prepare(`PRAGMA quick_check(${rowsMax})`)
      .all()
      .map((row) => String(Object.values(row)[0]))
      .filter((line) => line !== "ok")
      .map((line) => `the file: ${line}`),
  );
}

/** A rule that cannot be checked is not kept. */
function readable(name: string, check: () => readonly string[]): readonly string[] {
  try {
    return check();
  } catch (error) {
    return [
      `${name}: cannot be checked: ${error instanceof Error ? error.message : String(error)}`,
    ];
  }
}
