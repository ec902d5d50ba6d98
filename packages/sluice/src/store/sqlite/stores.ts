// The stores on one file: opened, connected to their threads, and closed in order.

import { closeSync, openSync } from "node:fs";
import { resolve } from "node:path";
import {
  assert,
  type Clock,
  DAY_MS,
  done,
  type Outcome,
  refused,
  systemClock,
} from "../../base/index.ts";
import { type OperatorStores, WARNINGS_KEPT_MS } from "../../gate/stores.ts";
import { BatchError, type Batcher, createBatcher } from "../batch/index.ts";
import { firstKeptDayMs } from "../days/index.ts";
import { LogBuffer, LogWriter, startRetention, WaitingRows } from "../log/index.ts";
import { SqliteDirectory } from "./directory/directory.ts";
import type { DatabaseSettings } from "./file/database.ts";
import { SqliteLedger } from "./ledger/ledger.ts";
import { SqliteLimits } from "./limits.ts";
import { SqliteRequestLog } from "./log/request-log.ts";
import { SqliteNotices } from "./notices/notices.ts";
import {
  type BatchReply,
  type Command,
  type CommandName,
  commandNumbers,
  type Submit,
} from "./thread/commands.ts";
import { Queries } from "./thread/queries.ts";
import type { Reader, ReaderSettings } from "./thread/reader.ts";
import { type StoreDownError, Thread } from "./thread/thread.ts";
import type { Writer, WriterSettings } from "./thread/writer.ts";

export interface SqliteOptions {
  /** Made when it is not there, readable by its owner only. */
  readonly file: string;
  readonly clock?: Clock;
  /** Calls that may wait for the next batch; one more is refused. @default 10,000 */
  readonly queueMax?: number;
  /** A batch that takes longer is not waited for: its calls and those behind it fail. @default 10,000 */
  readonly stallMs?: number;
  /** The file never grows beyond this. @default no bound but the disk's */
  readonly fileBytesMax?: number;
  /** How long to wait for another process that writes to the file. @default 2,000 */
  readonly busyMs?: number;
  readonly log?: LogOptions;
  readonly ledger?: LedgerOptions;
}

export interface LogOptions {
  /** Rows that wait to be written; when one more comes, the oldest is dropped and counted. @default 20,000 */
  readonly bufferRows?: number;
  /** How long a row may wait. @default 250 */
  readonly everyMs?: number;
  /** Rows older than this are deleted. @default 30 days */
  readonly retentionMs?: number;
}

export interface LedgerOptions {
  /** Ids that are remembered as released before they were made. @default 10,000 */
  readonly barredHoldsMax?: number;
  /** How long the idempotency key of an expired hold answers that there is no answer. @default one day */
  readonly rememberExpiredMs?: number;
}

export interface SqliteStores extends OperatorStores {
  readonly directory: SqliteDirectory;
  readonly limits: SqliteLimits;
  readonly ledger: SqliteLedger;
  readonly log: SqliteRequestLog;
  readonly notices: SqliteNotices;
  /** Why nothing works any more; undefined while it does. */
  readonly down: StoreDownError | undefined;
  /** Every broken invariant of the ledger with its rows, and what SQLite finds wrong with the file. */
  audit(): Promise<readonly string[]>;
  /** Refuses what comes, does what had come, writes the log, and lets go of the file. */
  close(): Promise<void>;
}

const megabyte = 1024 * 1024;
const batchMax = 512;
/** Of a chunk of the log. */
const chunkRows = 1_000;
/** Accounts and budgets whose state the worker keeps in memory. */
const keptMax = 10_000;
/** A disk that hangs must not keep the process from ending. */
const closeMs = 15_000;

/** Opens the file, brings its schema up to date, and starts the worker that owns it. */
export async function openSqliteStores(options: SqliteOptions): Promise<SqliteStores> {
  const { clock = systemClock } = options;
  const database = databaseSettings(options);
  makeFile(database.file);
  const writerSettings: WriterSettings = {
    role: "writer",
    database,
    ledger: {
      barredHoldsMax: options.ledger?.barredHoldsMax ?? 10_000,
      rememberExpiredMs: options.ledger?.rememberExpiredMs ?? DAY_MS,
      keptMax,
    },
  };
  const readerSettings: ReaderSettings = {
    role: "reader",
    database: { ...database, cacheBytes: 16 * megabyte },
  };
  const writer = await Thread.start<Writer>(workerUrl, writerSettings);
  const startReader = () => Thread.start<Reader>(workerUrl, readerSettings);
  // An audit of a large file takes minutes: no page waits for it.
  const readers = { pages: new Queries(startReader), audits: new Queries(startReader) };
  return connect(writer, readers, clock, options);
}

/** Beside this file, in the sources as in the build. */
const workerUrl = import.meta.url.endsWith(".ts")
  ? new URL("./worker.ts", import.meta.url)
  : new URL("./worker.js", import.meta.url);

/** Threads that only read, each started when somebody first asks it. */
export interface Readers {
  readonly pages: Queries;
  readonly audits: Queries;
}

/** The stores over threads that run already. */
export function connect(
  writer: Thread<Writer>,
  { pages, audits }: Readers,
  clock: Clock,
  options: SqliteOptions,
): SqliteStores {
  const { queueMax = 10_000, stallMs = 10_000 } = options;
  const engine = {
    run: async (batch: readonly Command[]) => outcomes(await writer.ask("run", batch)),
  };
  const batcher = createBatcher({ engine, batchMax, queueMax, stallMs, clock });
  const submit = submitTo(batcher);
  const buffer = new LogBuffer(options.log?.bufferRows ?? 20_000);
  const sink = {
    write: (rows: Parameters<Writer["writeLog"]>[0]) => writer.ask("writeLog", rows),
    get isBusy() {
      return batcher.busy;
    },
  };
  const everyMs = options.log?.everyMs ?? 250;
  const logWriter = new LogWriter({ buffer, sink, clock, chunkRows, everyMs });
  const ledger = new SqliteLedger(submit, pages, audits);
  const stopRetention = startRetention({
    forget: (beforeMs, max) => writer.ask("forgetLog", beforeMs, max),
    clock,
    retentionMs: options.log?.retentionMs ?? 30 * DAY_MS,
  });
  const stopForgetting = startRetention({
    forget: (beforeMs, max) => writer.ask("forgetWarnings", beforeMs, max),
    clock,
    retentionMs: WARNINGS_KEPT_MS,
  });
  const stopDayRetention = startRetention({
    forget: (nowMs) => writer.ask("forgetLogDays", firstKeptDayMs(nowMs)),
    clock,
    retentionMs: 0,
  });
  const close = async () => {
    stopRetention();
    stopForgetting();
    stopDayRetention();
    await Promise.all([batcher.close(), logWriter.close()]);
    await Promise.all([pages.close(), audits.close()]);
    await writer.close();
  };
  let closing: Promise<void> | undefined;
  return {
    directory: new SqliteDirectory(submit, pages),
    limits: new SqliteLimits(clock),
    ledger,
    log: new SqliteRequestLog(new WaitingRows(buffer, logWriter), pages),
    notices: new SqliteNotices(submit, pages),
    get down() {
      return writer.down;
    },
    audit: () => audits.ask("audit", true),
    close() {
      closing ??= withinTime(close(), clock, () => writer.kill());
      return closing;
    },
  };
}

function databaseSettings(options: SqliteOptions): DatabaseSettings {
  const { file, fileBytesMax, busyMs = 2_000 } = options;
  const isName = file !== "" && !file.startsWith(":memory:") && !file.startsWith("file:");
  assert(isName, () => `"${file}" is no file: two threads open it by its name`);
  return {
    file: resolve(file),
    ...(fileBytesMax !== undefined && { fileBytesMax }),
    busyMs,
    cacheBytes: 64 * megabyte,
  };
}

/** What is in it is nobody else's business. */
function makeFile(file: string): void {
  closeSync(openSync(file, "a", 0o600));
}

function outcomes([values, errors]: BatchReply): readonly Outcome<unknown, unknown>[] {
  if (errors === undefined) return values.map(done);
  return values.map((value, at) => (errors.has(at) ? refused(errors.get(at)) : done(value)));
}

function submitTo(batcher: Batcher<Command, unknown>): Submit {
  const submit = (name: CommandName, ...told: readonly unknown[]) =>
    batcher.submit([commandNumbers[name], ...told]);
  return submit as Submit;
}

/** Waits for what should be over soon; what is not is given up. */
async function withinTime(ending: Promise<void>, clock: Clock, giveUp: () => void): Promise<void> {
  let cancel = () => {};
  const tooLong = new Promise<never>((_, reject) => {
    cancel = clock.after(closeMs, () => {
      giveUp();
      reject(new BatchError("stalled", `The store did not close within ${closeMs} ms`));
    });
  });
  await Promise.race([ending, tooLong]).finally(cancel);
}
