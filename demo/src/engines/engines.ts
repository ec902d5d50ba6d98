// What the demo keeps everything in: files of this machine, or servers that several demos share.

import type { AnyApi } from "sluice";
import type { Gate, Stores } from "sluice/gate";
import type { openPepper } from "sluice/store/sqlite";

export interface Engines {
  readonly stores: Stores;
  readonly pepper: ReturnType<typeof openPepper>;
  /** Puts in order what the process before left behind, before anybody calls. */
  takeOver(gate: Gate, apis: readonly AnyApi[]): Promise<void>;
  /** From now on another demo may begin to start. Says where this one listens. */
  started(address: string): void;
  close(): Promise<void>;
}

/** What `npm run audit` asks of a ledger. */
export interface Audited {
  audit(): Promise<readonly string[]>;
  /** How many holds ran out, uncharged. */
  expired(): Promise<number>;
  close(): Promise<void>;
}
