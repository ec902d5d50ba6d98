// What Ledger promises, said as simply as possible: holds and where they took from are kept for
// ever, and every number is a sum over them.

import type { Allowance } from "../../contract/index.ts";
import type {
  AccountFunds,
  Balance,
  Budget,
  Grant,
  Reservation,
  Reserved,
  Settled,
} from "../../gate/stores.ts";

/** Where credits come from: an allowance's period, or a grant. */
interface Source {
  readonly accountId: string;
  readonly startMs: number | undefined;
  readonly amount: number;
  readonly expiresAtMs: number;
}

interface ModelHold {
  readonly reservation: Reservation;
  readonly parts: readonly { readonly source: Source; readonly amount: number }[];
  readonly month: string;
  expiresAtMs: number;
  state: "open" | "settled" | "released" | "expired";
  charged: number;
}

/** The oracle. */
export class LedgerModel {
  readonly holds: Map<string, ModelHold> = new Map();
  readonly #barred = new Set<string>();
  readonly #grants: Source[] = [];
  /** The period that was opened last, by account. */
  readonly #periods = new Map<string, Source>();

  grant({ accountId, amount, expiresAtMs = Number.POSITIVE_INFINITY }: Grant): void {
    this.#grants.push({ accountId, amount, expiresAtMs, startMs: undefined });
    const later = (a: Source, b: Source) => Number(a.expiresAtMs > b.expiresAtMs);
    this.#grants.sort((a, b) => later(a, b) - later(b, a));
  }

  reserve(reservation: Reservation, nowMs: number): Reserved {
    const { funds, amount, budgets, holdId } = reservation;
    for (const scope of ["key", "project", "workspace"]) {
      const budget = budgets.find((each) => each.scope === scope);
      if (budget === undefined || amount === 0) continue;
      const { used, held } = this.#spentOf(budget, nowMs);
      if (used + held + amount > budget.cap) return { kind: "budget_exceeded", budget, used };
    }
    const remaining = this.remaining(funds, nowMs);
    if (amount > remaining) return { kind: "credits_exhausted", remaining };
    const parts = amount === 0 ? [] : this.#take(funds, amount, nowMs);
    const { expiresAtMs } = reservation;
    const month = monthOf(nowMs);
    this.holds.set(holdId, { reservation, parts, month, expiresAtMs, state: "open", charged: 0 });
    return { kind: "held", remaining: remaining - amount };
  }

  settle(holdId: string, charge: number, nowMs: number): Settled {
    const hold = this.holds.get(holdId);
    if (hold === undefined) {
      const kind = this.#barred.has(holdId) ? "released" : "unknown";
      return { kind, charged: 0, remaining: 0 };
    }
    if (hold.state === "open") {
      hold.state = "settled";
      hold.charged = charge;
    }
    const remaining = this.remaining(hold.reservation.funds, nowMs);
    return { kind: hold.state, charged: hold.charged, remaining };
  }

  end(holdId: string, state: "released" | "expired"): void {
    const hold = this.holds.get(holdId);
    if (hold === undefined) this.#barred.add(holdId);
    if (hold?.state === "open") hold.state = state;
  }

  overdue(nowMs: number): string[] {
    const open = [...this.holds].filter(([, { state }]) => state === "open");
    return open.filter(([, { expiresAtMs }]) => expiresAtMs <= nowMs).map(([id]) => id);
  }

  remaining(funds: AccountFunds, nowMs: number): number {
    return this.#sources(funds, nowMs).reduce((sum, { available }) => sum + available, 0);
  }

  balance(funds: AccountFunds, nowMs: number): Balance {
    const { accountId, allowance } = funds;
    const period = this.#runningPeriod(funds, nowMs);
    const open = [...this.holds.values()].filter(
      ({ state, reservation }) => state === "open" && reservation.funds.accountId === accountId,
    );
    const monthly = allowance?.reset.kind === "calendar_month" ? monthStart(nowMs) : undefined;
    return {
      remaining: this.remaining(funds, nowMs),
      held: open.reduce((sum, { reservation }) => sum + reservation.amount, 0),
      used: period === undefined ? 0 : this.#spentFrom(period).used,
      allowance: allowance?.credits ?? 0,
      periodStartMs: period?.startMs ?? monthly,
    };
  }

  /** In the order in which they are spent; the allowance's source is made up until it is needed. */
  #sources(funds: AccountFunds, nowMs: number): { source: Source; available: number }[] {
    const { accountId, allowance } = funds;
    const credits = allowance?.credits ?? 0;
    const startMs = allowance?.reset.kind === "lazy" ? nowMs : monthStart(nowMs);
    const expiresAtMs = Number.POSITIVE_INFINITY;
    const period = this.#runningPeriod(funds, nowMs) ?? {
      accountId,
      startMs,
      amount: 0,
      expiresAtMs,
    };
    const grants = this.#grants.filter(
      (grant) => grant.accountId === accountId && grant.expiresAtMs > nowMs,
    );
    return [period, ...grants].map((source) => {
      const { used, held } = this.#spentFrom(source);
      const cap = source === period ? credits : source.amount;
      return { source, available: Math.max(0, cap - used - held) };
    });
  }

  #take(funds: AccountFunds, amount: number, nowMs: number): ModelHold["parts"] {
    const parts: { source: Source; amount: number }[] = [];
    let left = amount;
    const sources = this.#sources(funds, nowMs);
    const [period] = sources;
    if (period !== undefined && funds.allowance !== undefined) {
      this.#periods.set(funds.accountId, period.source);
    }
    for (const { source, available } of sources) {
      const taken = Math.min(left, available);
      if (taken > 0) parts.push({ source, amount: taken });
      left -= taken;
    }
    return parts;
  }

  #runningPeriod({ accountId, allowance }: AccountFunds, nowMs: number): Source | undefined {
    const period = this.#periods.get(accountId);
    if (period?.startMs === undefined || allowance === undefined) return undefined;
    return nowMs < periodEnd(allowance, period.startMs) ? period : undefined;
  }

  #spentFrom(source: Source): { used: number; held: number } {
    const sum = { used: 0, held: 0 };
    for (const { state, parts, charged } of this.holds.values()) {
      let left = charged;
      for (const part of parts) {
        const paid = Math.min(left, part.amount);
        left -= paid;
        if (part.source !== source) continue;
        if (state === "open") sum.held += part.amount;
        sum.used += paid;
      }
    }
    return sum;
  }

  #spentOf(budget: Budget, nowMs: number): { used: number; held: number } {
    const sum = { used: 0, held: 0 };
    for (const { reservation, month, state, charged } of this.holds.values()) {
      const within = reservation.budgets.some(
        ({ scope, id }) => scope === budget.scope && id === budget.id,
      );
      if (!within || month !== monthOf(nowMs)) continue;
      if (state === "open") sum.held += reservation.amount;
      sum.used += charged;
    }
    return sum;
  }
}

function monthOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 7);
}

function monthStart(atMs: number): number {
  return Date.parse(`${monthOf(atMs)}-01T00:00:00.000Z`);
}

function periodEnd({ reset }: Allowance, startMs: number): number {
  if (reset.kind === "lazy") return startMs + reset.everyMs;
  const longestMonthMs = 31 * 24 * 60 * 60 * 1000;
  return monthStart(monthStart(startMs) + longestMonthMs);
}
