/** What accounts and budgets really have: as their calls' rows say, else as the ledger says, which is asked and never told. */
import { type Awaitable, andThen } from "../../base/index.ts";
import type { AccountFunds, Budget, BudgetState, Ledger, LogRow } from "../stores.ts";
import type { RealFunds } from "./funds.ts";

/** How long an answer of the ledger is believed; what calls have cost since then is taken from it. */
const KNOWN_MS = 10_000;
const KNOWN_MAX = 20_000;

interface Known {
  credits: number;
  readonly untilMs: number;
}

export class KnownFunds {
  readonly #ledger: Pick<Ledger, "balance" | "budgets"> | undefined;
  readonly #accounts = new Map<string, Known>();
  readonly #budgets = new Map<string, { readonly state: BudgetState; readonly untilMs: number }>();

  /** @param ledger where to ask; without one, what no row has said is unknown, and budgets are not looked at */
  constructor(ledger?: Pick<Ledger, "balance" | "budgets">) {
    this.#ledger = ledger;
  }

  get asksLedger(): boolean {
    return this.#ledger !== undefined;
  }

  /** How it stood before this call took anything, under the contract in force. Rejects where the ledger does not answer. */
  before(
    funds: AccountFunds,
    budgets: readonly Budget[],
    row: LogRow,
    took: number,
    nowMs: number,
  ): Awaitable<RealFunds> {
    const { allowance } = funds;
    return andThen(this.#available(funds, row, took, nowMs), (available) =>
      andThen(this.#states(budgets, took, nowMs), (states) => ({
        available,
        allowance,
        budgets: states,
      })),
    );
  }

  #available(
    funds: AccountFunds,
    row: LogRow,
    took: number,
    nowMs: number,
  ): Awaitable<number | undefined> {
    const { accountId } = funds;
    if (row.creditsRemaining !== undefined) {
      this.#keep(accountId, row.creditsRemaining, nowMs);
      return row.creditsRemaining + took;
    }
    const known = this.#accounts.get(accountId);
    if (known !== undefined && (this.#ledger === undefined || nowMs < known.untilMs)) {
      known.credits -= took;
      return known.credits + took;
    }
    if (this.#ledger === undefined) return undefined;
    return andThen(this.#ledger.balance(funds, nowMs), ({ remaining }) => {
      this.#keep(accountId, remaining, nowMs);
      return remaining + took;
    });
  }

  #states(
    budgets: readonly Budget[],
    took: number,
    nowMs: number,
  ): Awaitable<readonly BudgetState[]> {
    if (this.#ledger === undefined || budgets.length === 0) return [];
    const kept = budgets.map((budget) => this.#budgets.get(`${budget.scope} ${budget.id}`));
    const isKnown = kept.every(
      (one, at) =>
        one !== undefined && nowMs < one.untilMs && one.state.budget.cap === budgets[at]?.cap,
    );
    if (isKnown)
      return kept.flatMap((one) => (one === undefined ? [] : [this.#moved(one.state, took)]));
    return andThen(this.#ledger.budgets(budgets, nowMs), (states) =>
      states.map((state) => {
        this.#keepBudget(state, nowMs);
        return { ...state, used: Math.max(0, state.used - took) };
      }),
    );
  }

  /** As it was before the call, and is from now on with what it took. */
  #moved(state: BudgetState, took: number): BudgetState {
    const name = `${state.budget.scope} ${state.budget.id}`;
    const untilMs = this.#budgets.get(name)?.untilMs ?? 0;
    this.#budgets.set(name, { state: { ...state, used: state.used + took }, untilMs });
    return state;
  }

  #keep(accountId: string, credits: number, nowMs: number): void {
    this.#accounts.delete(accountId);
    this.#accounts.set(accountId, { credits, untilMs: nowMs + KNOWN_MS });
    bound(this.#accounts);
  }

  #keepBudget(state: BudgetState, nowMs: number): void {
    const name = `${state.budget.scope} ${state.budget.id}`;
    this.#budgets.delete(name);
    this.#budgets.set(name, { state, untilMs: nowMs + KNOWN_MS });
    bound(this.#budgets);
  }
}

/** The one that came first leaves when there are too many. */
function bound(map: Map<string, unknown>): void {
  if (map.size <= KNOWN_MAX) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
