// The witness for PostgreSQL: its tables, read by statements that the store does not have.

import { createHash } from "node:crypto";
import pg from "pg";
import { openPostgresStores, type PostgresStores } from "sluice/store/postgres";
import type { BooksAndWorks, HoldRow, RequestRow } from "./books.ts";
import type { Witness } from "./witness.ts";
import { worksOver } from "./works.ts";

/** Charges are the entries of move 4. An idempotency key is there as a hash only. */
const holdsSql = `
  WITH charge AS (
    SELECT hold, count(*)::int AS times, sum(amount)::float8 AS sum
    FROM sluice.entry WHERE move = 4 GROUP BY hold
  )
  SELECT h.id, substr(scope.name, 9) AS account, h.operation, h.amount::float8 AS amount,
    nullif(h.state, 'open') AS state, h.charged::float8 AS charged,
    coalesce(charge.times, 0) AS times, coalesce(charge.sum, 0) AS sum,
    (h.slots IS NOT NULL)::int AS "isJob", encode(record.name, 'hex') AS key
  FROM sluice.hold AS h JOIN sluice.scope ON scope.n = h.account
    LEFT JOIN charge ON charge.hold = h.id
    LEFT JOIN sluice.idempotency AS record ON record.n = h.record AND record.hold = h.id`;

const requestsSql = `
  SELECT request_id AS "requestId", client_request_id AS name, coalesce(charged, 0)::float8 AS charged
  FROM sluice.request`;

/** @param keys Every idempotency key that was ever used. */
export function postgresWitness(
  databaseUrl: string,
  worksFile: string,
  keys: () => Iterable<string>,
): Witness {
  const withPool = async <T>(body: (pool: pg.Pool) => Promise<T>): Promise<T> => {
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 6 });
    // The server is stopped now and then: whoever asks it hears of that.
    pool.on("error", () => undefined);
    return body(pool).finally(() => pool.end());
  };
  const withStores = <T>(body: (stores: PostgresStores) => Promise<T>): Promise<T> =>
    withPool(async (pool) => {
      const stores = await openPostgresStores({ pool });
      return body(stores).finally(() => stores.close());
    });
  return {
    books: () =>
      withPool(async (pool): Promise<BooksAndWorks> => {
        const holds = (await pool.query<HoldRow>(holdsSql)).rows;
        const requests = (await pool.query<RequestRow>(requestsSql)).rows;
        // After the holds: what has ended in between is no job too many.
        return { holds: withKeys(holds, keys()), requests, over: worksOver(worksFile) };
      }),
    audit: () => withStores((stores) => stores.audit()),
    withLedger: (body) => withStores(({ ledger }) => body(ledger)),
  };
}

/** Each key is looked for under the hash that the store gives to it for an operation. */
function withKeys(holds: readonly HoldRow[], keys: Iterable<string>): readonly HoldRow[] {
  const operations = [...new Set(holds.map(({ operation }) => operation))];
  const names = new Map<string, string>();
  for (const key of keys) {
    for (const operation of operations) {
      const name = `${operation.length}:${operation}${key}`;
      names.set(createHash("sha256").update(name).digest("hex"), key);
    }
  }
  return holds.map((row) => {
    if (row.key === null) return row;
    const key = names.get(row.key);
    if (key === undefined) throw new Error(`Nobody used the idempotency key of hold ${row.id}`);
    return { ...row, key };
  });
}
