// Which holds are open, told by the file without an index: those from a mark on that have no end, and
// the few older ones that are listed one by one. The mark moves every few thousand holds.

import type { DatabaseSync, StatementSync } from "node:sqlite";

export type HoldRow = Readonly<Record<string, unknown>>;

export const holdColumns =
  "SELECT hold_now.n, hold_now.id, account_id, state, amount, charged, overage, parts, budgets, " +
  "allowance_credits, allowance_every_ms, operation, key_id, expires_ms, record, slots " +
  "FROM hold_now JOIN ledger_account ON ledger_account.n = hold_now.account " +
  "LEFT JOIN job ON job.hold = hold_now.n ";

/** Holds that a start may have to look at, open or not. */
const lookedAt = 4_096;

export class OpenHoldRows {
  readonly #mark: StatementSync;
  readonly #load: StatementSync;
  readonly #addLong: StatementSync;
  readonly #endLong: StatementSync;
  readonly #move: StatementSync;
  #since = 1;

  constructor(database: DatabaseSync) {
    this.#mark = database.prepare("SELECT n FROM open_since");
    this.#load = database.prepare(
      `${holdColumns} WHERE hold_now.n IN (SELECT n FROM long_hold) AND state = 'open' ` +
        `UNION ALL ${holdColumns} WHERE hold_now.n >= ? AND state = 'open' ORDER BY 1`,
    );
    this.#addLong = database.prepare("INSERT INTO long_hold (n) VALUES (?)");
    this.#endLong = database.prepare("DELETE FROM long_hold WHERE n = ?");
    this.#move = database.prepare("UPDATE open_since SET n = ?");
  }

  /** In the order in which they were made. */
  load(): readonly HoldRow[] {
    this.#since = Number(this.#mark.get()?.["n"]);
    return this.#load.all(this.#since);
  }

  /** A hold was made; `current` begins with the oldest. */
  advance(newest: number, current: Iterable<Readonly<{ n: number; state: string }>>): void {
    if (newest - this.#since < lookedAt) return;
    const since = newest - lookedAt / 2;
    for (const { n, state } of current) {
      if (n >= since) break;
      if (n >= this.#since && state === "open") this.#addLong.run(n);
    }
    this.#move.run(since);
    this.#since = since;
  }

  /** A hold has ended. */
  end(n: number): void {
    if (n < this.#since) this.#endLong.run(n);
  }
}
