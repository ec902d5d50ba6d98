// Work as transactions: all of it happens or none, and work inside other work is a part of that.

import type { DatabaseSync } from "node:sqlite";
import { assert, isPromise } from "sluice/base";

type Doing = "nothing" | "reading" | "writing";

export class Work {
  readonly #database: DatabaseSync;
  #doing: Doing = "nothing";

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  read<T>(look: () => T): T {
    return this.#doing === "nothing" ? this.#inTransaction("reading", "BEGIN", look) : look();
  }

  /** The right to write is asked for at once: asked for after a look, it may come too late. */
  write<T>(change: () => T): T {
    assert(this.#doing !== "reading", "Work that only reads cannot come to write");
    if (this.#doing === "writing") return change();
    return this.#inTransaction("writing", "BEGIN IMMEDIATE", change);
  }

  #inTransaction<T>(doing: Doing, begin: string, work: () => T): T {
    this.#database.exec(begin);
    this.#doing = doing;
    try {
      const outcome = work();
      assert(!isPromise(outcome), "Work on the records is synchronous");
      this.#database.exec("COMMIT");
      return outcome;
    } catch (error) {
      // A full disk may have taken it back already.
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    } finally {
      this.#doing = "nothing";
    }
  }
}
