// PostgreSQL: the shared stores on a server of the row's own, and what one writes without them: a transaction for each
// step, statement by statement, from eight connections.

import { startPostgres } from "@sluice-internal/test-servers/postgres";
import pg from "pg";
import { createMemoryStores } from "sluice/store/memory";
import { openPostgresStores } from "sluice/store/postgres";
import type { OpenStores } from "./engine.ts";
import type { Side } from "./interleaved.ts";

export interface PostgresSides {
  readonly stores: OpenStores;
  readonly naive: Side;
  close(): Promise<void>;
}

const NAIVE_CLIENTS = 8;
const SCOPES = ["workspace_hot", "project_hot", "key_hot"];

/** Both on one server, in databases of their own: they take turns, and share the disk. */
export async function openPostgresSides(): Promise<PostgresSides> {
  const server = await startPostgres();
  const pool = new pg.Pool({ ...server.createDatabase(), max: 8 });
  const stores = await openPostgresStores({ pool });
  const naivePool = new pg.Pool({ ...server.createDatabase(), max: NAIVE_CLIENTS });
  // At the end the server may be quicker than a connection that is on its way out.
  naivePool.on("error", () => undefined);
  await naivePool.query(NAIVE_SCHEMA);
  return {
    stores: { ...stores, limits: createMemoryStores().limits },
    naive: naiveSide(naivePool),
    async close() {
      await stores.close();
      await Promise.all([pool.end(), naivePool.end()]);
      await server.close();
    },
  };
}

const NAIVE_SCHEMA = `
  CREATE TABLE scope (id text PRIMARY KEY, cap bigint NOT NULL, used bigint NOT NULL, held bigint NOT NULL)
    WITH (fillfactor = 50);
  CREATE TABLE hold (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, amount bigint NOT NULL,
    state text NOT NULL, expires_at timestamptz NOT NULL);
  CREATE TABLE entry (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, hold bigint NOT NULL,
    kind text NOT NULL, amount bigint NOT NULL, at timestamptz NOT NULL DEFAULT now());
  INSERT INTO scope SELECT unnest(ARRAY['${SCOPES.join("','")}']), 1000000000000, 0, 0;
`;

/** Reserve and settle, each a transaction of prepared statements: what the tutorials show, and right. */
function naiveSide(pool: pg.Pool): Side {
  return {
    async run(forMs) {
      const startedMs = performance.now();
      let done = 0;
      const client = async () => {
        while (performance.now() - startedMs < forMs) {
          await naivePair(pool);
          done++;
        }
      };
      await Promise.all(Array.from({ length: NAIVE_CLIENTS }, client));
      return { done, elapsedMs: performance.now() - startedMs };
    },
  };
}

async function naivePair(pool: pg.Pool): Promise<void> {
  const hold = await inTransaction(pool, async (ask) => {
    for (const id of SCOPES) {
      const [row] = await ask("take", TAKE, [id, 1]);
      if (row === undefined) throw new Error("A naive hold was refused");
    }
    const [made] = await ask("hold", HOLD, [1]);
    await ask("held", ENTRY, [made?.id, "held", 1]);
    return made?.id;
  });
  await inTransaction(pool, async (ask) => {
    const [ended] = await ask("end", END, [hold]);
    if (ended === undefined) throw new Error("A naive hold had ended");
    for (const id of SCOPES) await ask("charge", CHARGE, [id, 1]);
    await ask("held", ENTRY, [hold, "charged", 1]);
  });
}

const TAKE =
  "UPDATE scope SET held = held + $2 WHERE id = $1 AND used + held + $2 <= cap RETURNING id";
const CHARGE = "UPDATE scope SET held = held - $2, used = used + $2 WHERE id = $1";
const HOLD =
  "INSERT INTO hold (amount, state, expires_at) VALUES ($1, 'open', now() + interval '1 minute') RETURNING id";
const END = "UPDATE hold SET state = 'settled' WHERE id = $1 AND state = 'open' RETURNING id";
const ENTRY = "INSERT INTO entry (hold, kind, amount) VALUES ($1, $2, $3)";

type Ask = (
  name: string,
  text: string,
  values: unknown[],
) => Promise<readonly { readonly id?: string }[]>;

async function inTransaction<T>(pool: pg.Pool, body: (ask: Ask) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const value = await body(
      async (name, text, values) => (await client.query({ name, text, values })).rows,
    );
    await client.query("COMMIT");
    return value;
  } finally {
    client.release();
  }
}
