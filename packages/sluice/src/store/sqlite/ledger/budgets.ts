// Caps on spending below the account in the worker, a pot for each calendar month (UTC). Nothing is
// issued to a budget, so it has no entries: it counts what the holds take from the account's money.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { monthEndMs, monthStartMs } from "../../../contract/index.ts";
import type { Budget, FullBudget } from "../../../gate/stores.ts";

/** One budget in one month. */
interface BudgetPot {
  /** Undefined until something is held over it. */
  n: number | undefined;
  readonly name: string;
  readonly monthMs: number;
  /** As it was when something was last held over it: a cap that falls later only refuses. */
  cap: number;
  used: number;
  held: number;
  isDirty: boolean;
}

type BudgetRow = Pick<BudgetPot, "monthMs" | "cap" | "used" | "held"> & {
  readonly n: number;
  readonly scope: string;
  readonly id: string;
};

/** Which of some budgets has the least room, by its place among them, and how it stands; the first of equals. */
export class Scarcest {
  at = 0;
  used = 0;
  held = 0;
  monthMs = 0;
  #looked = 0;
  #least: number = Number.POSITIVE_INFINITY;

  look({ used, held, monthMs }: BudgetPot, cap: number): void {
    const at = this.#looked++;
    const room = cap - used - held;
    if (room >= this.#least) return;
    this.#least = room;
    this.at = at;
    this.used = used;
    this.held = held;
    this.monthMs = monthMs;
  }
}

export interface HeldOver {
  /** The budgets' numbers. */
  readonly numbers: readonly number[];
  readonly scarcest: Scarcest;
}

/** The order in which a caller can do something about it. */
const narrowestFirst: readonly Budget["scope"][] = ["key", "project", "workspace"];

const columns = "SELECT n, scope, id, month_ms AS monthMs, cap, used, held FROM budget";

export class Budgets {
  readonly #newest: StatementSync;
  readonly #byNumber: StatementSync;
  readonly #add: StatementSync;
  readonly #update: StatementSync;
  readonly #keptMax: number;
  /** The newest month of each budget that was asked about. */
  readonly #current = new Map<string, BudgetPot>();
  readonly #numbered = new Map<number, BudgetPot>();
  readonly #dirty: BudgetPot[] = [];

  constructor(database: DatabaseSync, keptMax: number) {
    this.#keptMax = keptMax;
    this.#newest = database.prepare(
      `${columns} WHERE scope = ? AND id = ? ORDER BY month_ms DESC LIMIT 1`,
    );
    this.#byNumber = database.prepare(`${columns} WHERE n = ?`);
    this.#add = database.prepare(
      "INSERT INTO budget (scope, id, month_ms, cap, used, held) VALUES (?, ?, ?, ?, 0, ?)",
    );
    this.#update = database.prepare("UPDATE budget SET cap = ?, used = ?, held = ? WHERE n = ?");
  }

  /** The narrowest budget that has no room for `amount`. */
  full(budgets: readonly Budget[], amount: number, nowMs: number): FullBudget | undefined {
    for (const scope of narrowestFirst) {
      for (const budget of budgets) {
        if (budget.scope !== scope) continue;
        const { used, held, monthMs } = this.#at(budget, nowMs);
        if (used + held + amount <= budget.cap) continue;
        return { kind: "budget_exceeded", budget, used, held, resetAtMs: monthEndMs(monthMs) };
      }
    }
    return undefined;
  }

  /** Holds `amount` whole over each, for whoever has seen that none is full. */
  hold(budgets: readonly Budget[], amount: number, nowMs: number): HeldOver {
    const numbers: number[] = [];
    const scarcest = new Scarcest();
    for (const budget of budgets) {
      const pot = this.#at(budget, nowMs);
      pot.cap = budget.cap;
      pot.held += amount;
      scarcest.look(pot, budget.cap);
      if (pot.n === undefined) pot.n = this.#make(budget, pot);
      else this.#touch(pot);
      numbers.push(pot.n);
    }
    return { numbers, scarcest };
  }

  /** The one with the least room, as it stands. */
  scarcest(budgets: readonly Budget[], nowMs: number): Scarcest {
    const scarcest = new Scarcest();
    for (const budget of budgets) scarcest.look(this.#at(budget, nowMs), budget.cap);
    return scarcest;
  }

  end(numbers: readonly number[], amount: number, charge: number): void {
    for (const n of numbers) {
      const pot = this.#pot(n);
      pot.held -= amount;
      pot.used += charge;
      this.#touch(pot);
    }
  }

  flush(): void {
    for (const pot of this.#dirty) {
      this.#update.run(pot.cap, pot.used, pot.held, pot.n ?? null);
      pot.isDirty = false;
    }
    this.#dirty.length = 0;
    if (this.#numbered.size > this.#keptMax || this.#current.size > this.#keptMax) this.reset();
  }

  /** Forgets what was not committed, and what was. */
  reset(): void {
    this.#dirty.length = 0;
    this.#current.clear();
    this.#numbered.clear();
  }

  /** The pot of this month, a new one if need be: it counts once something is held over it. */
  #at({ scope, id, cap }: Budget, nowMs: number): BudgetPot {
    const name = `${scope}/${id}`;
    const pot = this.#current.get(name) ?? this.#load(scope, id);
    const monthMs = monthStartMs(nowMs);
    // A clock that steps back over the end of a month does not open the old month again.
    if (pot !== undefined && pot.monthMs >= monthMs) return pot;
    return { n: undefined, name, monthMs, cap, used: 0, held: 0, isDirty: false };
  }

  /** Its row; the pot is from now on the one of its month. */
  #make({ scope, id, cap }: Budget, pot: BudgetPot): number {
    const n = Number(this.#add.run(scope, id, pot.monthMs, cap, pot.held).lastInsertRowid);
    this.#numbered.set(n, pot);
    this.#current.set(pot.name, pot);
    return n;
  }

  #load(scope: string, id: string): BudgetPot | undefined {
    const row = this.#newest.get(scope, id) as unknown as BudgetRow | undefined;
    if (row === undefined) return undefined;
    const pot = this.#known(row);
    this.#current.set(pot.name, pot);
    return pot;
  }

  /** Of any month in which something is still held. */
  #pot(n: number): BudgetPot {
    const pot = this.#numbered.get(n);
    if (pot !== undefined) return pot;
    const row = this.#byNumber.get(n) as unknown as BudgetRow | undefined;
    if (row === undefined) throw new Error(`there is no budget ${n}`);
    return this.#known(row);
  }

  #known(row: BudgetRow): BudgetPot {
    const known = this.#numbered.get(row.n);
    if (known !== undefined) return known;
    const { n, scope, id, monthMs, cap, used, held } = row;
    const pot = { n, name: `${scope}/${id}`, monthMs, cap, used, held, isDirty: false };
    this.#numbered.set(n, pot);
    return pot;
  }

  #touch(pot: BudgetPot): void {
    if (pot.isDirty) return;
    pot.isDirty = true;
    this.#dirty.push(pot);
  }
}
