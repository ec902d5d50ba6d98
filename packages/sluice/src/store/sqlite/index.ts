// All ports durable in one SQLite file, for a gate that runs in one process and loses nothing. A
// worker thread owns the file; calls reach it in batches, and each batch is on the disk before any of
// its calls is answered.

export { BatchError, type BatchErrorReason } from "../batch/index.ts";
export { SqliteDirectory } from "./directory/directory.ts";
export { ForeignFileError } from "./file/migrations.ts";
export { SqliteLedger } from "./ledger/ledger.ts";
export { SqliteLimits } from "./limits.ts";
export { acquireLock, type Holder, LockedError, type ServingLock } from "./lock.ts";
export { SqliteRequestLog } from "./log/request-log.ts";
export { SqliteNotices } from "./notices/notices.ts";
export { openPepper, PepperError, type PepperVersion } from "./pepper.ts";
export {
  type LedgerOptions,
  type LogOptions,
  openSqliteStores,
  type SqliteOptions,
  type SqliteStores,
} from "./stores.ts";
export { StoreDownError } from "./thread/thread.ts";
