// Accounts and pots as rows: loaded once, kept by whoever asked, added when a period or a grant begins.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Pot } from "./books.ts";

export interface LoadedFunds {
  readonly n: number | undefined;
  readonly pots: Pot[];
  /** The account's newest entry, in whatever pot; 0 when there is none. */
  readonly lastEntry: number;
}

interface PotRow extends Omit<Pot, "expiresAtMs" | "isDirty"> {
  readonly expiresAtMs: number | null;
}

export interface NewPot extends Pick<Pot, "name" | "kind" | "startMs" | "expiresAtMs"> {
  readonly reason: string | undefined;
}

export class PotRows {
  readonly #account: StatementSync;
  readonly #addAccount: StatementSync;
  readonly #pots: StatementSync;
  readonly #lastEntry: StatementSync;
  readonly #add: StatementSync;
  readonly #granted: StatementSync;

  constructor(database: DatabaseSync) {
    this.#account = database.prepare("SELECT n FROM ledger_account WHERE account_id = ?");
    this.#addAccount = database.prepare("INSERT INTO ledger_account (account_id) VALUES (?)");
    this.#pots = database.prepare(
      "SELECT n, name, kind, start_ms AS startMs, expires_ms AS expiresAtMs, issued, available, " +
        "held, charged, lapsed, state, last_entry AS lastEntry FROM pot_now " +
        "WHERE account = ? AND state <> 'finished' " +
        "ORDER BY kind, iif(kind = 'allowance', -n, coalesce(expires_ms, 9e999)), n",
    );
    this.#lastEntry = database.prepare(
      "SELECT coalesce(max(last_entry), 0) AS lastEntry FROM pot_now WHERE account = ?",
    );
    this.#add = database.prepare(
      "INSERT INTO pot (account, name, kind, start_ms, expires_ms, reason) " +
        "VALUES (?, ?, ?, ?, ?, ?)",
    );
    this.#granted = database.prepare("SELECT 1 FROM pot WHERE name = ?");
  }

  load(accountId: string): LoadedFunds {
    const n = this.#account.get(accountId)?.["n"];
    if (typeof n !== "number") return { n: undefined, pots: [], lastEntry: 0 };
    const pots = (this.#pots.all(n) as unknown as PotRow[]).map(potOf);
    return { n, pots, lastEntry: Number(this.#lastEntry.get(n)?.["lastEntry"]) };
  }

  addAccount(accountId: string): number {
    return Number(this.#addAccount.run(accountId).lastInsertRowid);
  }

  add(account: number, pot: NewPot): Pot {
    const { name, kind, startMs, expiresAtMs, reason } = pot;
    const never = expiresAtMs === Number.POSITIVE_INFINITY;
    const added = this.#add.run(
      account,
      name,
      kind,
      startMs,
      never ? null : expiresAtMs,
      reason ?? null,
    );
    return potOf({
      ...{ n: Number(added.lastInsertRowid), name, kind, startMs },
      ...{ expiresAtMs: never ? null : expiresAtMs, state: "open", lastEntry: 0 },
      ...{ issued: 0, available: 0, held: 0, charged: 0, lapsed: 0 },
    });
  }

  /** Whether there ever was a grant of this id. */
  isGranted(grantId: string): boolean {
    return this.#granted.get(`grant/${grantId}`) !== undefined;
  }
}

/** Made in one place, so that all pots have one shape. */
function potOf(row: PotRow): Pot {
  return {
    n: row.n,
    name: row.name,
    kind: row.kind,
    startMs: row.startMs,
    expiresAtMs: row.expiresAtMs ?? Number.POSITIVE_INFINITY,
    issued: row.issued,
    available: row.available,
    held: row.held,
    charged: row.charged,
    lapsed: row.lapsed,
    state: row.state,
    lastEntry: row.lastEntry,
    isDirty: false,
  };
}
