// Caps on spending below the account, a pot for each calendar month (UTC). Nothing is issued to a
// budget, so it has no entries: it counts what the holds take from the account's money.

import { monthEndMs, monthStartMs } from "../../contract/index.ts";
import type { Budget, BudgetState, FullBudget } from "../../gate/stores.ts";
import { Hand } from "./hand.ts";

/** One budget in one month. */
export interface BudgetPot {
  readonly name: string;
  readonly startMs: number;
  /** As it was when something was last held over it: a cap that falls later only refuses. */
  cap: number;
  used: number;
  held: number;
  /** The part of `used` whose holds are no longer remembered. */
  usedBefore: number;
}

/** The order in which a caller can do something about it. */
const narrowestFirst: readonly Budget["scope"][] = ["key", "project", "workspace"];

export class Budgets {
  readonly #pots = new Map<string, BudgetPot>();
  readonly #hand = new Hand(
    this.#pots,
    ({ held, startMs }, nowMs) => held === 0 && monthEndMs(startMs) <= nowMs,
  );

  /** The narrowest budget that has no room for `amount`. */
  full(budgets: readonly Budget[], amount: number, nowMs: number): FullBudget | undefined {
    for (const scope of narrowestFirst) {
      for (const budget of budgets) {
        if (budget.scope !== scope) continue;
        const pot = this.#current(budget, nowMs);
        if (pot.used + pot.held + amount <= budget.cap) continue;
        return { kind: "budget_exceeded", ...stateOf(budget, pot) };
      }
    }
    return undefined;
  }

  /** Holds `amount` whole over each, for whoever has seen that none is full. */
  hold(budgets: readonly Budget[], amount: number, nowMs: number): BudgetPot[] {
    return budgets.map((budget) => {
      const pot = this.#current(budget, nowMs);
      if (this.#pots.get(pot.name) !== pot) {
        this.#pots.set(pot.name, pot);
        this.#hand.sweep(nowMs);
      }
      pot.cap = budget.cap;
      pot.held += amount;
      return pot;
    });
  }

  states(budgets: readonly Budget[], nowMs: number): BudgetState[] {
    return budgets.map((budget) => stateOf(budget, this.#current(budget, nowMs)));
  }

  /** The one with the least room, the first of equals. */
  scarcest(
    budgets: readonly Budget[],
    nowMs: number,
    pots: readonly BudgetPot[] = budgets.map((budget) => this.#current(budget, nowMs)),
  ): BudgetState | undefined {
    let least = Number.POSITIVE_INFINITY;
    let found = -1;
    for (let at = 0; at < budgets.length; at++) {
      const { used, held } = pots[at] as BudgetPot;
      const room = (budgets[at] as Budget).cap - used - held;
      if (room >= least) continue;
      least = room;
      found = at;
    }
    return found === -1 ? undefined : stateOf(budgets[found] as Budget, pots[found] as BudgetPot);
  }

  end(pots: readonly BudgetPot[], amount: number, charge: number): void {
    for (const pot of pots) {
      pot.held -= amount;
      pot.used += charge;
    }
  }

  /** Of the newest month that each was used in. */
  pots(): Iterable<BudgetPot> {
    return this.#pots.values();
  }

  /** The pot of this month, a new one if need be: it counts once something is held over it. */
  #current({ scope, id, cap }: Budget, nowMs: number): BudgetPot {
    const name = `${scope}/${id}`;
    const pot = this.#pots.get(name);
    const startMs = monthStartMs(nowMs);
    // A clock that steps back over the end of a month does not open the old month again.
    if (pot !== undefined && pot.startMs >= startMs) return pot;
    return { name, startMs, cap, used: 0, held: 0, usedBefore: 0 };
  }
}

function stateOf(budget: Budget, { used, held, startMs }: BudgetPot): BudgetState {
  return { budget, used, held, resetAtMs: monthEndMs(startMs) };
}
