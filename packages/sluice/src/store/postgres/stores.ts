// All ports but one on one PostgreSQL database that several gates share: opened, kept in order, and closed.

import { assert, type Clock, DAY_MS, systemClock } from "../../base/index.ts";
import { type OperatorStores, WARNINGS_KEPT_MS } from "../../gate/stores.ts";
import { startChangePoll, Watchers } from "../changes/index.ts";
import { LogBuffer, LogWriter, startRetention, WaitingRows } from "../log/index.ts";
import { Database } from "./connection/database.ts";
import type { PostgresPool } from "./connection/driver.ts";
import { changeSource } from "./directory/change-source.ts";
import { PostgresDirectory } from "./directory/directory.ts";
import { LedgerEngine } from "./ledger/engine.ts";
import { PostgresLedger } from "./ledger/ledger.ts";
import { Partitions } from "./ledger/partitions.ts";
import { forgetFinished } from "./ledger/upkeep.ts";
import { startPartitionUpkeep } from "./log/partitions.ts";
import { PostgresRequestLog } from "./log/request-log.ts";
import { CopySink } from "./log/sink.ts";
import { forgetWarnings, PostgresNotices } from "./notices/notices.ts";
import { migrate } from "./schema/migrations.ts";

export interface PostgresOptions {
  /**
   * `new pg.Pool({ …, max: 10, connectionTimeoutMillis: 2_000 })`, of the stores' own. It needs a connection for each
   * partition, one for the log and a few to read; closing it is up to whoever made it.
   */
  readonly pool: PostgresPool;
  readonly clock?: Clock;
  /** The server ends what takes longer, but for the audit. @default 5,000 */
  readonly statementMs?: number;
  /** How often the changes of other gates are asked for. @default 1,000 */
  readonly pollMs?: number;
  readonly ledger?: LedgerOptions;
  readonly log?: LogOptions;
}

export interface LedgerOptions {
  /** Batches at once, each of other accounts. @default 2 */
  readonly partitions?: number;
  /** Calls in one batch. @default 256 */
  readonly batchMax?: number;
  /** Calls of one partition that may wait for the next batch; one more is refused. @default 10,000 */
  readonly queueMax?: number;
  /** A batch that takes longer is not waited for: its calls and those behind it fail. @default 10,000 */
  readonly stallMs?: number;
  /** How long an id is remembered that was released before it was made. @default one day */
  readonly rememberBarredMs?: number;
  /** How long the idempotency key of an expired hold answers that there is no answer. @default one day */
  readonly rememberExpiredMs?: number;
}

export interface LogOptions {
  /** Rows that wait to be written; when one more comes, the oldest is dropped and counted. @default 20,000 */
  readonly bufferRows?: number;
  /** How long a row may wait. @default 250 */
  readonly everyMs?: number;
  /** Days of which every row is older are dropped. @default 30 days */
  readonly retentionMs?: number;
}

/** All but the limits: those are counted in Redis, or in memory where one gate is alone. */
export interface PostgresStores extends Omit<OperatorStores, "limits"> {
  readonly directory: PostgresDirectory;
  readonly ledger: PostgresLedger;
  readonly log: PostgresRequestLog;
  readonly notices: PostgresNotices;
  /** Every broken invariant of the ledger with its rows; none is the proof. */
  audit(): Promise<readonly string[]>;
  /** Refuses what comes, does what had come, and writes the log. The pool stays open. */
  close(): Promise<void>;
}

const chunkRows = 1_000;

/** Brings the schema up to date, by one of the nodes that start at once, and begins to watch it. */
export async function openPostgresStores(options: PostgresOptions): Promise<PostgresStores> {
  const { pool, clock = systemClock, statementMs = 5_000, pollMs = 1_000 } = options;
  assert(
    statementMs >= 1 && pollMs >= 1,
    () => `openPostgresStores: statementMs ${statementMs} and pollMs ${pollMs} are 1 or more`,
  );
  const database = new Database({ pool, statementMs, clock });
  await migrate(database);
  const source = changeSource(database);
  const seen = await source.newest();
  const retentionMs = options.log?.retentionMs ?? 30 * DAY_MS;
  const stopPartitions = await startPartitionUpkeep({ database, clock, retentionMs });
  const watchers = new Watchers();
  const stopPoll = startChangePoll({ source, watchers, clock, everyMs: pollMs, seen });
  const partitions = ledgerPartitions(database, clock, options.ledger);
  const ledger = new PostgresLedger(partitions, database);
  const rememberBarredMs = options.ledger?.rememberBarredMs ?? DAY_MS;
  const stopUpkeep = startRetention({
    forget: (nowMs, max) => forgetFinished(database, nowMs, rememberBarredMs, max),
    clock,
    retentionMs: 0,
  });
  const stopForgetting = startRetention({
    forget: (beforeMs, max) => forgetWarnings(database, beforeMs, max),
    clock,
    retentionMs: WARNINGS_KEPT_MS,
  });
  const buffer = new LogBuffer(options.log?.bufferRows ?? 20_000);
  const sink = new CopySink(database);
  const everyMs = options.log?.everyMs ?? 250;
  const writer = new LogWriter({ buffer, sink, clock, chunkRows, everyMs });
  const close = async () => {
    for (const stop of [stopPoll, stopPartitions, stopUpkeep, stopForgetting]) stop();
    await Promise.all([partitions.close(), writer.close()]);
  };
  let closing: Promise<void> | undefined;
  return {
    directory: new PostgresDirectory(database, watchers),
    ledger,
    log: new PostgresRequestLog(new WaitingRows(buffer, writer), database),
    notices: new PostgresNotices(database),
    audit: () => ledger.audit(),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function ledgerPartitions(database: Database, clock: Clock, options: LedgerOptions = {}) {
  const { partitions = 2, batchMax = 256, queueMax = 10_000, stallMs = 10_000 } = options;
  assert(
    Number.isSafeInteger(partitions) && partitions >= 1 && partitions <= 16,
    () => `openPostgresStores: ledger.partitions is ${partitions}; give 1 to 16`,
  );
  const engine = new LedgerEngine(database, options.rememberExpiredMs ?? DAY_MS);
  return new Partitions({ engine, count: partitions, batchMax, queueMax, stallMs, clock });
}
