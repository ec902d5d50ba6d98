/**
 * What an account would have left under the second contract: what it really has, less what the second contract would have charged
 * more until now. The real ledger is only ever read. Holds of other calls count as large as they really are.
 */
import { monthEndMs, monthStartMs, periodEndMs, periodStartMs } from "../../contract/index.ts";
import type {
  AccountFunds,
  Budget,
  BudgetState,
  JobStarted,
  Ledger,
  Reservation,
  Reserved,
  Settled,
  Settlement,
} from "../stores.ts";

/** Accounts and budgets that a difference is kept of; the one that came first is forgotten. */
const KEPT_MAX = 20_000;

/** How the money of a call's account stood before the call took any. */
export interface RealFunds {
  /** Undefined where nobody knows: then there is enough. */
  readonly available: number | undefined;
  /** Under the contract in force. */
  readonly allowance: AccountFunds["allowance"];
  readonly budgets: readonly BudgetState[];
}

interface Ahead {
  credits: number;
  /** When what it was taken from begins anew. */
  readonly untilMs: number;
}

/** The part of a ledger that *reserve* and *settle* ask. */
type Asked = Pick<Ledger, "reserve" | "settle" | "release" | "detach">;

export class ShadowFunds implements Asked {
  readonly #ahead = new Map<string, Ahead>();
  readonly #calls = new Map<string, RealFunds>();

  /** What *reserve* decides a call by. */
  begin(holdId: string, real: RealFunds): void {
    this.#calls.set(holdId, real);
  }

  end(holdId: string): void {
    this.#calls.delete(holdId);
  }

  reserve({ holdId, funds, amount }: Reservation, nowMs: number): Reserved {
    const real = this.#calls.get(holdId);
    for (const { budget, used, held, resetAtMs } of real?.budgets ?? []) {
      const taken = used + this.#aheadOf(nameOf(budget), nowMs);
      if (amount === 0 || taken + held + amount <= budget.cap) continue;
      return { kind: "budget_exceeded", budget, used: taken, held, resetAtMs };
    }
    if (real?.available === undefined) return { kind: "held", remaining: 0 };
    const comes = (funds.allowance?.credits ?? 0) - (real.allowance?.credits ?? 0);
    const left = real.available + comes - this.#aheadOf(funds.accountId, nowMs);
    const remaining = Math.max(0, left);
    if (amount > remaining) return { kind: "credits_exhausted", remaining, resetAtMs: undefined };
    return { kind: "held", remaining: remaining - amount };
  }

  settle({ charge }: Settlement): Settled {
    return { kind: "settled", charged: charge, remaining: 0 };
  }

  release(): void {}

  detach(): JobStarted {
    return { kind: "detached" };
  }

  /** A call would have cost so many credits more, or fewer. */
  book(funds: AccountFunds, budgets: readonly Budget[], more: number, nowMs: number): void {
    if (more === 0) return;
    const { accountId, allowance } = funds;
    const reset = allowance?.reset;
    const untilMs =
      reset === undefined
        ? Number.POSITIVE_INFINITY
        : periodEndMs(reset, periodStartMs(reset, nowMs));
    this.#add(accountId, more, untilMs, nowMs);
    const monthUntilMs = monthEndMs(monthStartMs(nowMs));
    for (const budget of budgets) this.#add(nameOf(budget), more, monthUntilMs, nowMs);
  }

  /** How many accounts and budgets a difference is kept of. */
  get kept(): number {
    return this.#ahead.size;
  }

  #add(name: string, more: number, untilMs: number, nowMs: number): void {
    const known = this.#ahead.get(name);
    if (known !== undefined && nowMs < known.untilMs) {
      known.credits += more;
      return;
    }
    this.#ahead.delete(name);
    this.#ahead.set(name, { credits: more, untilMs });
    if (this.#ahead.size <= KEPT_MAX) return;
    for (const oldest of this.#ahead.keys()) {
      this.#ahead.delete(oldest);
      return;
    }
  }

  #aheadOf(name: string, nowMs: number): number {
    const known = this.#ahead.get(name);
    return known === undefined || nowMs >= known.untilMs ? 0 : known.credits;
  }
}

/** No id of an account has a space before its own. */
function nameOf({ scope, id }: Budget): string {
  return ` ${scope} ${id}`;
}
