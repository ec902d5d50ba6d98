// Who can tell what became of the money and the log: the database, read past the store's own code, and the store's own
// ledger, which no server has open for as long as it is asked here.

import type { Ledger } from "sluice/gate";
import { openSqliteStores } from "sluice/store/sqlite";
import { type BooksAndWorks, readBooks } from "./books.ts";
import { worksOver } from "./works.ts";

export interface Witness {
  books(): Promise<BooksAndWorks>;
  /** The store's own audit, also while servers run. */
  audit(): Promise<readonly string[]>;
  /** The store's own ledger for a while. */
  withLedger<T>(body: (ledger: Ledger) => Promise<T>): Promise<T>;
}

/** Of files, which nobody may have open here when a server is killed. */
export function sqliteWitness(file: string, worksFile: string): Witness {
  const open = () => openSqliteStores({ file });
  return {
    books: async () => ({ ...readBooks(file), over: worksOver(worksFile) }),
    async audit() {
      const stores = await open();
      return stores.audit().finally(() => stores.close());
    },
    async withLedger(body) {
      const stores = await open();
      return body(stores.ledger).finally(() => stores.close());
    },
  };
}
