// What the plain API has written about its jobs, read past its own code: whose work is over, whether or not the ledger has
// heard of it.

import { DatabaseSync } from "node:sqlite";

const overSql = `
  SELECT record ->> '$.plan.requestId' AS requestId FROM job
  WHERE status IN ('completed', 'failed')`;

/** The request ids of the calls that started them. */
export function worksOver(file: string): ReadonlySet<string> {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return new Set(
      database
        .prepare(overSql)
        .all()
        .map(({ requestId }) => String(requestId)),
    );
  } finally {
    database.close();
  }
}
