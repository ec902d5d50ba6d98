// All ports in memory: for tests, for the embedded gate without a file, and as the model that
// every other store is compared with. Nothing survives the process.

import type { OperatorStores } from "../../gate/stores.ts";
import { MemoryDirectory } from "./directory.ts";
import { type LedgerOptions, MemoryLedger } from "./ledger.ts";
import { MemoryLimits } from "./limits.ts";
import { MemoryNotices } from "./notices.ts";
import { MemoryRequestLog, type RequestLogOptions } from "./request-log.ts";

export { ExactWindow, type Rate } from "./exact-window.ts";
export type { RequestLogOptions };
export {
  type LedgerOptions,
  MemoryDirectory,
  MemoryLedger,
  MemoryLimits,
  MemoryNotices,
  MemoryRequestLog,
};

export interface MemoryStoresOptions {
  readonly ledger?: LedgerOptions;
  readonly log?: RequestLogOptions;
}

/** All of them in memory; their methods answer at once, never by a promise. */
export interface MemoryStores extends OperatorStores {
  readonly directory: MemoryDirectory;
  readonly limits: MemoryLimits;
  readonly ledger: MemoryLedger;
  readonly log: MemoryRequestLog;
  readonly notices: MemoryNotices;
}

/** New and empty stores. */
export function createMemoryStores(options: MemoryStoresOptions = {}): MemoryStores {
  return {
    directory: new MemoryDirectory(),
    limits: new MemoryLimits(),
    ledger: new MemoryLedger(options.ledger),
    log: new MemoryRequestLog(options.log),
    notices: new MemoryNotices(),
  };
}
