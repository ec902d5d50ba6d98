// What is written in the database, read past the store's own code: a witness of its own for what was charged and what
// the log kept. Here for the file of a home.

import { DatabaseSync } from "node:sqlite";

export interface HoldRow {
  readonly id: string;
  readonly account: string;
  readonly operation: string;
  readonly amount: number;
  /** Null while it is open. */
  readonly state: "settled" | "released" | "expired" | null;
  readonly charged: number;
  /** By its entries: how often it was charged, and how much in all. */
  readonly times: number;
  readonly sum: number;
  /** 1 when it was left to a job. */
  readonly isJob: 0 | 1;
  /** Its idempotency key. */
  readonly key: string | null;
}

export interface RequestRow {
  readonly requestId: string;
  /** The caller's own id. */
  readonly name: string | null;
  readonly charged: number;
}

export interface Books {
  readonly holds: readonly HoldRow[];
  readonly requests: readonly RequestRow[];
}

/** With what the plain API has written since: a job's slot is freed when its work is over, and its hold after that. */
export interface BooksAndWorks extends Books {
  /** The request ids of jobs whose work is over. */
  readonly over: ReadonlySet<string>;
}

/** Charges are the entries of move 4. */
const holdsSql = `
  WITH charge AS (
    SELECT hold, count(*) AS times, sum(amount) AS sum FROM entry WHERE move = 4 GROUP BY hold
  )
  SELECT hold.id, ledger_account.account_id AS account, hold.operation, hold.amount, hold_end.state,
    coalesce(hold_end.charged, 0) AS charged, coalesce(times, 0) AS times,
    coalesce(sum, 0) AS sum, job.hold IS NOT NULL AS isJob, key
  FROM hold JOIN ledger_account ON ledger_account.n = hold.account
    LEFT JOIN hold_end ON hold_end.hold = hold.n
    LEFT JOIN charge ON charge.hold = hold.n
    LEFT JOIN job ON job.hold = hold.n
    LEFT JOIN idempotency ON idempotency.n = hold.record AND idempotency.hold = hold.n`;

/** Those that were: the demo makes up a past for its status page. */
const requestsSql = `
  SELECT request_id AS requestId, client_request_id AS name, charged FROM request
  WHERE account_id IS NOT 'made_up'`;

/** For the ledger a job runs while its hold is open. */
export function isRunningJob({ isJob, state }: HoldRow): boolean {
  return isJob === 1 && state === null;
}

export function readBooks(file: string): Books {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return {
      holds: database.prepare(holdsSql).all() as unknown as HoldRow[],
      requests: database.prepare(requestsSql).all() as unknown as RequestRow[],
    };
  } finally {
    database.close();
  }
}
