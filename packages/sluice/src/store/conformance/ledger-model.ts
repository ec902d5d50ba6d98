// What Ledger promises, said as simply as possible: holds and where they took from are kept for
// ever, and every number is a sum over them.

import type { Allowance } from "../../contract/index.ts";
import type {
  AccountFunds,
  Balance,
  Grant,
  Idempotency,
  Job,
  JobStart,
  JobStarted,
  Recalled,
  Reservation,
  Reserved,
  Settled,
  Settlement,
} from "../../gate/stores.ts";
import {
  budgetStates,
  type ModelHold,
  monthOf,
  monthStart,
  nextMonth,
  type Source,
  scarcest,
  spentFrom,
} from "./ledger-sums.ts";
import { RecordsModel } from "./records-model.ts";

/** The oracle. */
export class LedgerModel {
  readonly holds: Map<string, ModelHold> = new Map();
  readonly #records = new RecordsModel();
  readonly #barred = new Set<string>();
  /** In the order in which they were made. */
  readonly grants: Source[] = [];
  /** The period that was opened last, by account. */
  readonly #periods = new Map<string, Source>();

  grant(grant: Grant): void {
    const { accountId, amount, expiresAtMs = Number.POSITIVE_INFINITY } = grant;
    this.grants.push({ accountId, amount, expiresAtMs, startMs: undefined, grant });
  }

  reserve(reservation: Reservation, nowMs: number): Reserved {
    const { funds, amount, budgets, holdId, idempotency } = reservation;
    const recalled = idempotency && this.recall(idempotency, nowMs);
    if (recalled !== undefined && recalled.kind !== "unknown") return recalled;
    for (const scope of ["key", "project", "workspace"]) {
      const budget = budgets.find((each) => each.scope === scope);
      if (budget === undefined || amount === 0) continue;
      const [state] = budgetStates(this.holds, [budget], nowMs);
      if (state === undefined || state.used + state.held + amount <= budget.cap) continue;
      return { kind: "budget_exceeded", ...state };
    }
    const remaining = this.remaining(funds, nowMs);
    if (amount > remaining) {
      return { kind: "credits_exhausted", remaining, resetAtMs: this.#resetAtMs(funds, nowMs) };
    }
    const parts = amount === 0 ? [] : this.#take(funds, amount, nowMs);
    this.holds.set(holdId, {
      ...{ reservation, parts, month: monthOf(nowMs), expiresAtMs: reservation.expiresAtMs },
      ...{ madeAtMs: nowMs, endedAtMs: undefined },
      ...{ state: "open", charged: 0, overage: 0, job: undefined },
    });
    if (idempotency !== undefined) this.#records.begin(holdId, idempotency);
    const budget = scarcest(budgetStates(this.holds, budgets, nowMs));
    return { kind: "held", remaining: remaining - amount, ...(budget && { budget }) };
  }

  settle(settlement: Settlement, nowMs: number): Settled {
    const { holdId, charge, overage = 0, answer, rememberMs } = settlement;
    const hold = this.holds.get(holdId);
    if (hold === undefined) return { kind: this.#withoutHold(holdId), charged: 0, remaining: 0 };
    if (hold.state === "open") {
      hold.state = "settled";
      hold.charged = charge;
      hold.overage = overage;
      hold.endedAtMs = nowMs;
      if (hold.job === undefined) this.#records.answer(holdId, answer, nowMs + rememberMs);
    }
    const remaining = this.remaining(hold.reservation.funds, nowMs);
    return { kind: hold.state, charged: hold.charged, remaining };
  }

  end(holdId: string, state: "released" | "expired", nowMs: number): void {
    const hold = this.holds.get(holdId);
    if (hold === undefined) this.#barred.add(holdId);
    if (hold?.state !== "open") return;
    hold.state = state;
    hold.endedAtMs = nowMs;
    if (hold.job !== undefined) return;
    if (state === "released") this.#records.forget(holdId);
    else this.#records.answer(holdId, undefined, undefined);
  }

  detach(start: JobStart, nowMs: number): JobStarted {
    const { holdId, answer, expiresAtMs } = start;
    const hold = this.holds.get(holdId);
    if (hold === undefined) return { kind: this.#withoutHold(holdId) };
    const forgetAtMs = nowMs + start.rememberMs;
    if (hold.state === "settled" && hold.job === undefined && answer !== undefined) {
      this.#records.answerLate(holdId, answer, forgetAtMs, nowMs);
    }
    if (hold.state !== "open") return { kind: hold.state };
    if (hold.job === undefined) {
      hold.job = start;
      hold.expiresAtMs = expiresAtMs;
      this.#records.answer(holdId, answer, forgetAtMs);
    }
    return { kind: "detached" };
  }

  jobs(): Job[] {
    return [...this.holds].flatMap(([holdId, { reservation, state, job, expiresAtMs }]) => {
      if (state !== "open" || job === undefined) return [];
      const { funds, operation, keyId, amount } = reservation;
      const { accountId } = funds;
      return [{ holdId, accountId, operation, keyId, amount, slots: job.slots, expiresAtMs }];
    });
  }

  /** Undefined where a store may say one thing or another. */
  recall(idempotency: Idempotency, nowMs: number): Recalled | undefined {
    return this.#records.recall(idempotency, nowMs);
  }

  /** Calls that are due by what was said, and jobs that are due now. */
  overdue(nowMs: number, dueMs: number): string[] {
    const open = [...this.holds].filter(([, { state }]) => state === "open");
    return open
      .filter(([, { expiresAtMs, job }]) => expiresAtMs <= (job === undefined ? dueMs : nowMs))
      .map(([id]) => id);
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
      used: period === undefined ? 0 : spentFrom(this.holds, period).used,
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
    const later = (a: Source, b: Source) => Number(a.expiresAtMs > b.expiresAtMs);
    const grants = this.grants
      .filter((grant) => grant.accountId === accountId && grant.expiresAtMs > nowMs)
      .sort((a, b) => later(a, b) - later(b, a));
    return [period, ...grants].map((source) => {
      const { used, held } = spentFrom(this.holds, source);
      const cap = source === period ? credits : source.amount;
      return { source, available: Math.max(0, cap - used - held) };
    });
  }

  #withoutHold(holdId: string): "released" | "unknown" {
    return this.#barred.has(holdId) ? "released" : "unknown";
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

  #resetAtMs(funds: AccountFunds, nowMs: number): number | undefined {
    const { allowance } = funds;
    const startMs = this.#runningPeriod(funds, nowMs)?.startMs;
    if (allowance === undefined) return undefined;
    if (startMs !== undefined) return periodEnd(allowance, startMs);
    return allowance.reset.kind === "lazy" ? undefined : nextMonth(nowMs);
  }
}

function periodEnd({ reset }: Allowance, startMs: number): number {
  return reset.kind === "lazy" ? startMs + reset.everyMs : nextMonth(startMs);
}
