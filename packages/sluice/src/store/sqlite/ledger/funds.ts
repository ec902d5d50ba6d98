// One account's money in the worker: the allowance of the current period and the grants, as pots in the
// order in which they are spent.

import { assert } from "../../../base/index.ts";
import { type Allowance, periodEndMs, periodStartMs, resetAtMs } from "../../../contract/index.ts";
import type { Balance, Grant } from "../../../gate/stores.ts";
import { type Books, type Chain, moves, type Pot } from "./books.ts";
import type { NewPot, PotRows } from "./pot-rows.ts";

/** An allowance on its way to the worker: its credits and, where it is a lazy one, its length. */
export type PackedAllowance = readonly [credits: number, everyMs: number | undefined] | undefined;

/** What a hold took from one pot: the pot's number and the amount. */
export type Part = readonly [pot: number, amount: number];

/** Reads change nothing: periods open and close only when credits are taken. */
export class Funds implements Chain {
  readonly accountId: string;
  readonly #rows: PotRows;
  readonly #books: Books;
  /** Undefined until something is written about the account. */
  #n: number | undefined;
  /** Those in use: the allowance first, then grants, soonest-expiring first, else as they were granted. */
  #pots: Pot[];
  lastEntry: number;
  #allowance: Allowance | undefined;

  constructor(accountId: string, rows: PotRows, books: Books) {
    this.accountId = accountId;
    this.#rows = rows;
    this.#books = books;
    const loaded = rows.load(accountId);
    this.#n = loaded.n;
    this.#pots = loaded.pots;
    this.lastEntry = loaded.lastEntry;
  }

  /** The allowance as an object; nearly always the same one as the last time. */
  unpack(packed: PackedAllowance): Allowance | undefined {
    if (packed === undefined) return undefined;
    const [credits, everyMs] = packed;
    const last = this.#allowance;
    const lastMs = last?.reset.kind === "lazy" ? last.reset.everyMs : undefined;
    if (last?.credits === credits && lastMs === everyMs) return last;
    const reset =
      everyMs === undefined
        ? ({ kind: "calendar_month" } as const)
        : ({ kind: "lazy", everyMs } as const);
    this.#allowance = { credits, reset };
    return this.#allowance;
  }

  /** The account's number in the database; it gets one if it has none. */
  number(): number {
    this.#n ??= this.#rows.addAccount(this.accountId);
    return this.#n;
  }

  grant(grant: Grant, nowMs: number): void {
    const pot = this.#add({
      name: `grant/${grant.id}`,
      kind: "grant",
      startMs: nowMs,
      expiresAtMs: grant.expiresAtMs ?? Number.POSITIVE_INFINITY,
      reason: grant.reason,
    });
    this.#books.move(this, pot, moves.issue, grant.amount, nowMs);
    const later = this.#pots.findIndex(
      ({ kind, expiresAtMs }) => kind === "grant" && expiresAtMs > pot.expiresAtMs,
    );
    this.#pots.splice(later === -1 ? this.#pots.length : later, 0, pot);
  }

  /** What a reservation could take. */
  remaining(allowance: Allowance | undefined, nowMs: number): number {
    const current = this.#running(allowance, nowMs);
    let sum = allowance?.credits ?? 0;
    if (current !== undefined) sum -= current.charged + current.held;
    if (sum < 0) sum = 0;
    for (const { kind, state, expiresAtMs, available } of this.#pots) {
      if (kind === "grant" && state === "open" && expiresAtMs > nowMs) sum += available;
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
      held: this.#pots.reduce((sum, { held }) => sum + held, 0),
      used: current?.charged ?? 0,
      allowance: allowance?.credits ?? 0,
      periodStartMs:
        current?.startMs ??
        (allowance?.reset.kind === "calendar_month"
          ? periodStartMs(allowance.reset, nowMs)
          : undefined),
    };
  }

  /** Moves `amount` to held, for whoever has seen that so much remains. */
  hold(hold: number, amount: number, allowance: Allowance | undefined, nowMs: number): Part[] {
    this.#closeWhatIsOver(allowance, nowMs);
    this.#openAllowance(allowance, nowMs);
    const parts: Part[] = [];
    let left = amount;
    for (const pot of this.#pots) {
      if (left === 0) break;
      const taken = Math.min(left, pot.available);
      if (pot.state !== "open" || taken === 0) continue;
      this.#books.move(this, pot, moves.hold, taken, nowMs, hold);
      parts.push([pot.n, taken]);
      left -= taken;
    }
    assert(left === 0, () => `${this.accountId}: ${left} of hold ${hold} could not be taken`);
    return parts;
  }

  /** Charges the first pots and gives back to the last, so what remains is what lives longest. */
  end(hold: number, parts: readonly Part[], charge: number, nowMs: number): void {
    let left = charge;
    for (const [n, amount] of parts) {
      const pot = this.#pot(n);
      const charged = Math.min(left, amount);
      left -= charged;
      this.#books.move(this, pot, moves.charge, charged, nowMs, hold);
      this.#books.move(this, pot, moves.giveBack, amount - charged, nowMs, hold);
      if (pot.state !== "open") {
        this.#books.move(this, pot, moves.lapse, pot.available, nowMs);
      }
    }
    this.#forgetFinished();
  }

  #add(pot: NewPot): Pot {
    const added = this.#rows.add(this.number(), pot);
    this.#books.touch(added);
    return added;
  }

  /** A pot with something held is in use, so it is here. */
  #pot(n: number): Pot {
    for (const pot of this.#pots) if (pot.n === n) return pot;
    throw new Error(`${this.accountId} has no pot ${n} in use`);
  }

  /** The allowance's pot, if its period runs. */
  #running(allowance: Allowance | undefined, nowMs: number): Pot | undefined {
    const pot = this.#allowancePot();
    if (pot === undefined || allowance === undefined) return undefined;
    return nowMs < periodEndMs(allowance.reset, pot.startMs) ? pot : undefined;
  }

  /** The allowance's pot that was not closed yet: at most one, since each closes before the next. */
  #allowancePot(): Pot | undefined {
    for (const pot of this.#pots) {
      if (pot.kind === "allowance" && pot.state === "open") return pot;
    }
    return undefined;
  }

  #closeWhatIsOver(allowance: Allowance | undefined, nowMs: number): void {
    for (const pot of this.#pots) {
      if (pot.state !== "open") continue;
      if (pot.kind === "grant") {
        if (pot.expiresAtMs > nowMs) continue;
      } else if (allowance === undefined || periodEndMs(allowance.reset, pot.startMs) > nowMs) {
        continue;
      }
      pot.state = "closed";
      this.#books.touch(pot);
      this.#books.move(this, pot, moves.lapse, pot.available, nowMs);
    }
    this.#forgetFinished();
  }

  /** Makes the allowance's pot what the plan says now; what is used or held stays issued. */
  #openAllowance(allowance: Allowance | undefined, nowMs: number): void {
    let pot = this.#allowancePot();
    if (pot === undefined) {
      if (allowance === undefined) return;
      const startMs = periodStartMs(allowance.reset, nowMs);
      pot = this.#add({
        name: `allowance/${this.accountId}/${new Date(startMs).toISOString()}`,
        kind: "allowance",
        startMs,
        expiresAtMs: Number.POSITIVE_INFINITY,
        reason: undefined,
      });
      this.#pots.unshift(pot);
    }
    const { charged, held, available } = pot;
    const wanted = Math.max(0, (allowance?.credits ?? 0) - charged - held);
    if (wanted > available) {
      this.#books.move(this, pot, moves.issue, wanted - available, nowMs);
    } else {
      this.#books.move(this, pot, moves.withdraw, available - wanted, nowMs);
    }
  }

  /** An empty grant, or a closed pot that nothing can come back to, is not looked at again. */
  #forgetFinished(): void {
    let isAny = false;
    for (const pot of this.#pots) {
      if (pot.held > 0 || (pot.state === "open" && (pot.kind === "allowance" || pot.available > 0)))
        continue;
      pot.state = "finished";
      this.#books.touch(pot);
      isAny = true;
    }
    if (isAny) this.#pots = this.#pots.filter(({ state }) => state !== "finished");
  }
}
