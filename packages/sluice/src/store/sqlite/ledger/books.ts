// Double entry, in the worker: the only place where credits move. Everything is written at the end of
// the batch: a pot once, however many moves it saw, and each move as an entry.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { assert } from "../../../base/index.ts";
import { Appender } from "../file/appender.ts";

/** Credits of one origin: an allowance's period, or a grant. What was issued to it is its cap. */
export interface Pot {
  readonly n: number;
  readonly name: string;
  readonly kind: "allowance" | "grant";
  readonly startMs: number;
  /** When a grant expires. An allowance ends by its plan's reset, which may change. */
  readonly expiresAtMs: number;
  issued: number;
  available: number;
  held: number;
  charged: number;
  lapsed: number;
  /** Closed: its time is over, and what comes back to it lapses. Finished: nothing can come back. */
  state: "open" | "closed" | "finished";
  lastEntry: number;
  isDirty: boolean;
}

/** Whose entries form one chain. */
export interface Chain {
  lastEntry: number;
}

/** A way from one side of a pot to another, by its number in the table of moves. */
export interface Move {
  readonly n: number;
  readonly name: string;
}

export const moves = {
  issue: { n: 1, name: "issued → available" },
  withdraw: { n: 2, name: "available → issued" },
  hold: { n: 3, name: "available → held" },
  charge: { n: 4, name: "held → charged" },
  giveBack: { n: 5, name: "held → available" },
  lapse: { n: 6, name: "available → lapsed" },
} as const satisfies Readonly<Record<string, Move>>;

export class Books {
  readonly #newest: StatementSync;
  readonly #entries: Appender;
  readonly #balances: Appender;
  readonly #dirty: Pot[] = [];
  #sequence: number | undefined;

  constructor(database: DatabaseSync) {
    this.#newest = database.prepare("SELECT coalesce(max(sequence), 0) AS newest FROM entry");
    this.#entries = new Appender(
      database,
      "INSERT INTO entry (sequence, previous, at_ms, pot, hold, move, amount)",
      7,
    );
    this.#balances = new Appender(
      database,
      "INSERT OR REPLACE INTO pot_balance " +
        "(pot, state, issued, available, held, charged, lapsed, last_entry)",
      8,
    );
  }

  move(
    chain: Chain,
    pot: Pot,
    move: Move,
    amount: number,
    atMs: number,
    hold: number | null = null,
  ): void {
    if (amount === 0) return;
    apply(pot, move.n, amount);
    assert(
      amount > 0 && pot.available >= 0 && pot.held >= 0,
      () => `${pot.name}: ${amount} ${move.name} leaves ${pot.available} and ${pot.held} held`,
    );
    const sequence = ++this.#nextSequence;
    this.#entries.add(sequence, chain.lastEntry, atMs, pot.n, hold, move.n, amount);
    chain.lastEntry = sequence;
    pot.lastEntry = sequence;
    this.touch(pot);
  }

  /** The pot's row will be written with this batch. */
  touch(pot: Pot): void {
    if (pot.isDirty) return;
    pot.isDirty = true;
    this.#dirty.push(pot);
  }

  flush(): void {
    this.#entries.flush();
    for (const pot of this.#dirty) {
      const { n, state, issued, available, held, charged, lapsed, lastEntry } = pot;
      this.#balances.add(n, state, issued, available, held, charged, lapsed, lastEntry);
      pot.isDirty = false;
    }
    this.#dirty.length = 0;
    this.#balances.flush();
  }

  /** Forgets what was not committed. */
  reset(): void {
    this.#entries.reset();
    this.#balances.reset();
    this.#dirty.length = 0;
    this.#sequence = undefined;
  }

  get #nextSequence(): number {
    this.#sequence ??= Number(this.#newest.get()?.["newest"]);
    return this.#sequence;
  }

  set #nextSequence(sequence: number) {
    this.#sequence = sequence;
  }
}

function apply(pot: Pot, move: number, amount: number): void {
  switch (move) {
    case moves.issue.n:
      pot.issued += amount;
      pot.available += amount;
      return;
    case moves.withdraw.n:
      pot.issued -= amount;
      pot.available -= amount;
      return;
    case moves.hold.n:
      pot.available -= amount;
      pot.held += amount;
      return;
    case moves.charge.n:
      pot.held -= amount;
      pot.charged += amount;
      return;
    case moves.giveBack.n:
      pot.held -= amount;
      pot.available += amount;
      return;
    default:
      pot.available -= amount;
      pot.lapsed += amount;
  }
}
