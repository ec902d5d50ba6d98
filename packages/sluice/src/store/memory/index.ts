// The four ports in memory: for tests, for the embedded gate without a file, and as the model that
// every other store is compared with. Nothing survives the process.

import type { Stores } from "../../gate/stores.ts";
import { MemoryDirectory } from "./directory.ts";
import { type LedgerOptions, MemoryLedger } from "./ledger.ts";
import { MemoryLimits } from "./limits.ts";
import { MemoryRequestLog, type RequestLogOptions } from "./request-log.ts";

export { ExactWindow, type Rate } from "./exact-window.ts";
export { overwriteRow, type RowSlot } from "./row-slot.ts";
export type { RequestLogOptions };
export { type LedgerOptions, MemoryDirectory, MemoryLedger, MemoryLimits, MemoryRequestLog };

export interface MemoryStoresOptions {
  readonly ledger?: LedgerOptions;
  readonly log?: RequestLogOptions;
}

/** The four in memory; their methods answer at once, never by a promise. */
export interface MemoryStores extends Stores {
  readonly directory: MemoryDirectory;
  readonly limits: MemoryLimits;
  readonly ledger: MemoryLedger;
  readonly log: MemoryRequestLog;
}

/** New and empty stores. */
export function createMemoryStores(options: MemoryStoresOptions = {}): MemoryStores {
  return {
    directory: new MemoryDirectory(),
    limits: new MemoryLimits(),
    ledger: new MemoryLedger(options.ledger),
    log: new MemoryRequestLog(options.log),
  };
}
