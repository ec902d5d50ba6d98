// Rows of the request log a second on PostgreSQL: the log's own COPY against the same rows by `INSERT … SELECT unnest`.

import { startPostgres } from "@sluice-internal/test-servers/postgres";
import pg from "pg";
import { createRequestIds, systemClock, systemRandom } from "sluice/base";
import type { LogRow } from "sluice/gate";
import { openPostgresStores } from "sluice/store/postgres";
import { BenchError } from "../machine.ts";
import { beats, figure, median } from "../results/cell.ts";
import type { Row, Section } from "../section.ts";
import { interleave, type Side } from "./interleaved.ts";

/** As many as the log writes at once. */
const CHUNK = 1_000;
const CHUNKS_AT_ONCE = 4;

export const sharedLogSection: Section = {
  id: "shared-log",
  title: "The request log on PostgreSQL",
  columns: ["COPY rows/s", "unnest rows/s", "times"],
  rows: [copyRow()],
  notes: [
    `both: ${CHUNK.toLocaleString("en")} rows a transaction that does not wait for the disk, into the log's own table with its index`,
    "COPY: by the log's buffer and writer; unnest: one prepared INSERT … SELECT of arrays; median (least–most)",
  ],
};

/** A row as the table has it is the log's own affair, so it is no public entry. */
interface ColumnsModule {
  readonly columns: readonly string[];
  packRow(row: LogRow): readonly (string | number | null)[];
}

function copyRow(): Row {
  return {
    name: "postgres, COPY : INSERT of unnest",
    async measure(run) {
      const server = await startPostgres();
      const pools = [0, 1].map(() => new pg.Pool({ ...server.createDatabase(), max: 6 }));
      for (const pool of pools) pool.on("error", () => undefined);
      const [ours, theirs] = pools as [pg.Pool, pg.Pool];
      const stores = await openPostgresStores({ pool: ours });
      // For its table alone.
      await (await openPostgresStores({ pool: theirs })).close();
      try {
        const copies = copySide(stores.log);
        const inserts = await unnestSide(theirs);
        const rounds = await interleave(copies, inserts, run, ({ first, second }, number) =>
          run.progress(`  round ${number}: ${(first / second).toFixed(2)} times`),
        );
        if (stores.log.dropped() > 0) throw new BenchError("The log dropped rows");
        const rates = (pick: "first" | "second") => rounds.map((round) => round[pick]);
        const times = rounds.map(({ first, second }) => first / second);
        run.note(`COPY is ${median(times).toFixed(2)} times as fast`);
        return [
          figure(rates("first"), 0),
          figure(rates("second"), 0),
          figure(times, 2, beats("INSERT of unnest")),
        ];
      } finally {
        await stores.close();
        await Promise.all(pools.map((pool) => pool.end()));
        await server.close();
      }
    },
  };
}

interface FlushableLog {
  append(row: LogRow): void;
  flush(): Promise<void>;
}

function copySide(log: FlushableLog): Side {
  return sideOf(async (rows) => {
    for (const row of rows) log.append(row);
    await log.flush();
  });
}

async function unnestSide(pool: pg.Pool): Promise<Side> {
  const beside = new URL("../log/columns.ts", import.meta.resolve("sluice/store/postgres"));
  const { columns, packRow }: ColumnsModule = await import(beside.href);
  const { rows: types } = await pool.query(
    "SELECT attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = 'sluice.request'::regclass",
  );
  const typeOf = new Map(types.map(({ attname, type }) => [attname, type]));
  const arrays = columns.map((name, at) => `$${at + 1}::${typeOf.get(name)}[]`);
  const text = `INSERT INTO sluice.request (${columns.join()}) SELECT * FROM unnest(${arrays.join()})`;
  const insert = async (rows: readonly LogRow[]) => {
    const packed = rows.map(packRow);
    const values = columns.map((_, at) => packed.map((row) => row[at]));
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      await client.query("SET LOCAL synchronous_commit = off");
      await client.query({ name: "unnest", text, values });
      await client.query("COMMIT");
    } finally {
      client.release();
    }
  };
  return sideOf(async (rows) => {
    for (let first = 0; first < rows.length; first += CHUNK) {
      await insert(rows.slice(first, first + CHUNK));
    }
  });
}

function sideOf(write: (rows: readonly LogRow[]) => Promise<void>): Side {
  const nextId = createRequestIds(systemClock, systemRandom);
  return {
    async run(forMs) {
      const startedMs = performance.now();
      let done = 0;
      while (performance.now() - startedMs < forMs) {
        const rows = Array.from({ length: CHUNKS_AT_ONCE * CHUNK }, () => rowOf(nextId()));
        await write(rows);
        done += rows.length;
      }
      return { done, elapsedMs: performance.now() - startedMs };
    },
  };
}

function rowOf(requestId: string): LogRow {
  return {
    requestId,
    clientRequestId: undefined,
    api: "Bench",
    atMs: Date.now(),
    durationMs: 12.5,
    accountId: "acct_bench",
    keyId: "key_0123456789abcdef",
    isOlderSecret: false,
    address: "203.0.113.7",
    operation: "listItems",
    method: "GET",
    path: "/v1/items",
    status: 200,
    code: undefined,
    condition: undefined,
    endedAt: "respond",
    ending: "done",
    window: "requests",
    windowLimit: 600,
    windowRemaining: 599,
    held: 1,
    charged: 1,
    creditsRemaining: undefined,
    by: undefined,
    param: undefined,
    retryAfterMs: undefined,
    details: undefined,
    simulated: false,
    degraded: undefined,
  };
}
