// What a database must bring to be measured: the stores on it, and the bound that they are measured
// against.

import type { Awaitable } from "sluice/base";
import type { Stores } from "sluice/gate";

export interface Engine {
  readonly name: string;
  /** New and empty stores; a folder for those that need one. */
  openStores(folder: string): Promise<OpenStores>;
  /** The least that a durable debit can cost on the same kind of file or server. */
  openRaw(folder: string): Promise<RawDebits>;
  /** Rows inserted or updated for each reserve + settle. */
  readonly rowsPerPair: number;
  /** And once for each batch, however many calls it has. */
  readonly rowsPerBatch: number;
}

export interface OpenStores extends Stores {
  close(): Awaitable<void>;
}

export interface RawDebits {
  /** So many debits of one hot account in one durable step. */
  debit(count: number): Awaitable<void>;
  close(): Awaitable<void>;
}

/** Each raw debit updates the balance and inserts a line. */
export const ROWS_PER_RAW_DEBIT = 2;
