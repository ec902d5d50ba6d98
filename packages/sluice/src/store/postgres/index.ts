// All ports but the limits on one PostgreSQL database, shared by several gates. The
// user passes the pool of his own driver (`pg`).

export { BatchError, type BatchErrorReason } from "../batch/index.ts";
export { DatabaseSilentError } from "./connection/database.ts";
export type {
  DriverConnection,
  DriverQuery,
  PostgresClient,
  PostgresPool,
  Submitted,
} from "./connection/driver.ts";
export { PostgresDirectory } from "./directory/directory.ts";
export { PostgresLedger } from "./ledger/ledger.ts";
export { PostgresRequestLog } from "./log/request-log.ts";
export { PostgresNotices } from "./notices/notices.ts";
export { ForeignSchemaError } from "./schema/migrations.ts";
export {
  type LedgerOptions,
  type LogOptions,
  openPostgresStores,
  type PostgresOptions,
  type PostgresStores,
} from "./stores.ts";
