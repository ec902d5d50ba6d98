// One account's money: the allowance of the current period and the grants, as pots in the order in
// which they are spent.

import { assert } from "../../base/index.ts";
import { type Allowance, periodEndMs, periodStartMs, resetAtMs } from "../../contract/index.ts";
import type { Balance, Booked, Grant, GrantState, Page } from "../../gate/stores.ts";
import type { Books } from "./books.ts";
import { pageOf } from "./pages.ts";
import { noSides, type Pot } from "./pot.ts";

/** What a hold took from one pot. */
export interface Part {
  readonly pot: Pot;
  readonly amount: number;
}

/** A grant and its pot, which tells what became of it also once nothing can move in it any more. */
interface Granted extends Grant {
  readonly pot: Pot;
}

/** Reads change nothing: periods open and close only when credits are taken. */
export class Funds {
  readonly accountId: string;
  readonly #books: Books;
  /** The allowance first, then grants, soonest-expiring first, else as they were granted. */
  #pots: Pot[] = [];
  /** All there ever were, oldest first: as many as an operator or a payment made. */
  readonly #granted: Granted[] = [];

  constructor(accountId: string, books: Books) {
    this.accountId = accountId;
    this.#books = books;
  }

  grant(grant: Grant, nowMs: number): void {
    const pot: Pot = {
      id: `grant/${grant.id}`,
      accountId: this.accountId,
      kind: "grant",
      startMs: nowMs,
      expiresAtMs: grant.expiresAtMs ?? Number.POSITIVE_INFINITY,
      sides: noSides(),
      closed: false,
    };
    this.#books.open(pot);
    this.#books.move(pot, "issued", "available", grant.amount, nowMs);
    const later = this.#pots.findIndex(
      ({ kind, expiresAtMs }) => kind === "grant" && expiresAtMs > pot.expiresAtMs,
    );
    this.#pots.splice(later === -1 ? this.#pots.length : later, 0, pot);
    this.#granted.push({ ...grant, pot });
  }

  /** Newest first. What is over by now lapses when credits are next taken; here it has. */
  grants(page: Page, nowMs: number): GrantState[] {
    return pageOf(this.#granted.toReversed(), page).map(({ pot, ...grant }) => {
      const { available, held, charged, lapsed } = pot.sides;
      const isOver = pot.closed || pot.expiresAtMs <= nowMs;
      const left = isOver ? { remaining: 0, lapsed: lapsed + available } : { remaining: available };
      return { ...grant, held, charged, lapsed, ...left };
    });
  }

  /** What a reservation could take. */
  remaining(allowance: Allowance | undefined, nowMs: number): number {
    const current = this.#running(allowance, nowMs);
    let sum = allowance?.credits ?? 0;
    if (current !== undefined) sum -= current.sides.charged + current.sides.held;
    if (sum < 0) sum = 0;
    for (const { kind, closed, expiresAtMs, sides } of this.#pots) {
      if (kind === "grant" && !closed && expiresAtMs > nowMs) sum += sides.available;
    }
    return sum;
  }

  /** When the allowance starts anew, as far as anybody can say. */
  resetAtMs(allowance: Allowance | undefined, nowMs: number): number | undefined {
    const startMs = this.#running(allowance, nowMs)?.startMs;
    return allowance && resetAtMs(allowance.reset, startMs, nowMs);
  }

  balance(allowance: Allowance | undefined, nowMs: number): Balance {
    const current = this.#running(allowance, nowMs);
    return {
      remaining: this.remaining(allowance, nowMs),
      held: this.#pots.reduce((sum, { sides }) => sum + sides.held, 0),
      used: current?.sides.charged ?? 0,
      allowance: allowance?.credits ?? 0,
      periodStartMs:
        current?.startMs ??
        (allowance?.reset.kind === "calendar_month"
          ? periodStartMs(allowance.reset, nowMs)
          : undefined),
    };
  }

  /** A pot that is finished has nothing of either. */
  booked(): Omit<Booked, "upTo"> {
    const sum = (side: "available" | "held") =>
      this.#pots.reduce((sum, { sides }) => sum + sides[side], 0);
    return { available: sum("available"), held: sum("held") };
  }

  /** Moves `amount` to held, for whoever has seen that so much remains. */
  hold(holdId: string, amount: number, allowance: Allowance | undefined, nowMs: number): Part[] {
    this.#closeWhatIsOver(allowance, nowMs);
    this.#openAllowance(allowance, nowMs);
    const parts: Part[] = [];
    let left = amount;
    for (const pot of this.#pots) {
      if (left === 0) break;
      const taken = Math.min(left, pot.sides.available);
      if (pot.closed || taken === 0) continue;
      this.#books.move(pot, "available", "held", taken, nowMs, holdId);
      parts.push({ pot, amount: taken });
      left -= taken;
    }
    assert(left === 0, () => `${this.accountId}: ${left} of hold ${holdId} could not be taken`);
    return parts;
  }

  /** Charges the first pots and gives back to the last, so what remains is what lives longest. */
  end(holdId: string, parts: readonly Part[], charge: number, nowMs: number): void {
    let left = charge;
    for (const { pot, amount } of parts) {
      const charged = Math.min(left, amount);
      left -= charged;
      this.#books.move(pot, "held", "charged", charged, nowMs, holdId);
      this.#books.move(pot, "held", "available", amount - charged, nowMs, holdId);
      if (pot.closed) this.#books.move(pot, "available", "lapsed", pot.sides.available, nowMs);
    }
    this.#forgetFinished();
  }

  /** The allowance's pot, if its period runs. */
  #running(allowance: Allowance | undefined, nowMs: number): Pot | undefined {
    const pot = this.#allowancePot();
    if (pot === undefined || allowance === undefined) return undefined;
    return nowMs < periodEndMs(allowance.reset, pot.startMs) ? pot : undefined;
  }

  /** The allowance's pot that was not closed yet: at most one, since each closes before the next. */
  #allowancePot(): Pot | undefined {
    return this.#pots.find(({ kind, closed }) => kind === "allowance" && !closed);
  }

  #closeWhatIsOver(allowance: Allowance | undefined, nowMs: number): void {
    for (const pot of this.#pots) {
      if (pot.closed) continue;
      if (pot.kind === "grant") pot.closed = pot.expiresAtMs <= nowMs;
      else if (allowance !== undefined) {
        pot.closed = periodEndMs(allowance.reset, pot.startMs) <= nowMs;
      }
      if (pot.closed) {
        this.#books.move(pot, "available", "lapsed", pot.sides.available, nowMs);
      }
    }
    this.#forgetFinished();
  }

  /** Makes the allowance's pot what the plan says now; what is used or held stays issued. */
  #openAllowance(allowance: Allowance | undefined, nowMs: number): void {
    let pot = this.#allowancePot();
    if (pot === undefined) {
      if (allowance === undefined) return;
      const startMs = periodStartMs(allowance.reset, nowMs);
      pot = {
        id: `allowance/${this.accountId}/${new Date(startMs).toISOString()}`,
        accountId: this.accountId,
        kind: "allowance",
        startMs,
        expiresAtMs: Number.POSITIVE_INFINITY,
        sides: noSides(),
        closed: false,
      };
      this.#books.open(pot);
      this.#pots.unshift(pot);
    }
    const { charged, held, available } = pot.sides;
    const wanted = Math.max(0, (allowance?.credits ?? 0) - charged - held);
    if (wanted > available) {
      this.#books.move(pot, "issued", "available", wanted - available, nowMs);
    } else {
      this.#books.move(pot, "available", "issued", available - wanted, nowMs);
    }
  }

  /** An empty grant, or a closed pot that nothing can come back to. */
  #forgetFinished(): void {
    const finished = ({ kind, closed, sides }: Pot) =>
      sides.held === 0 && (closed || (kind === "grant" && sides.available === 0));
    if (!this.#pots.some(finished)) return;
    for (const pot of this.#pots) if (finished(pot)) this.#books.forget(pot);
    this.#pots = this.#pots.filter((pot) => !finished(pot));
  }
}
