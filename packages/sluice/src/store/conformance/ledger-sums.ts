// What an operator is told of a ledger, as sums over all the holds that there ever were.

import { DAY_MS } from "../../base/index.ts";
import type {
  Budget,
  BudgetState,
  Grant,
  GrantState,
  HoldRecord,
  JobStart,
  OddHoldQuery,
  Page,
  Reservation,
} from "../../gate/stores.ts";

/** Where credits come from: an allowance's period, or a grant. */
export interface Source {
  readonly accountId: string;
  readonly startMs: number | undefined;
  readonly amount: number;
  readonly expiresAtMs: number;
  readonly grant?: Grant;
}

export interface ModelHold {
  readonly reservation: Reservation;
  readonly parts: readonly { readonly source: Source; readonly amount: number }[];
  readonly month: string;
  readonly madeAtMs: number;
  expiresAtMs: number;
  state: "open" | "settled" | "released" | "expired";
  charged: number;
  overage: number;
  endedAtMs: number | undefined;
  /** What it was left to. */
  job: JobStart | undefined;
}

type Holds = ReadonlyMap<string, ModelHold>;

/** What holds take from a source of credits. */
export function spentFrom(holds: Holds, source: Source): { used: number; held: number } {
  const sum = { used: 0, held: 0 };
  for (const { state, parts, charged } of holds.values()) {
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

/** How each stands in the month of `nowMs`, by what was held over it in that month. */
export function budgetStates(
  holds: Holds,
  budgets: readonly Budget[],
  nowMs: number,
): readonly BudgetState[] {
  const thisMonth = monthOf(nowMs);
  return budgets.map((budget) => {
    const state = { budget, used: 0, held: 0, resetAtMs: nextMonth(nowMs) };
    for (const { reservation, month, state: ended, charged } of holds.values()) {
      const within = reservation.budgets.some(
        ({ scope, id }) => scope === budget.scope && id === budget.id,
      );
      if (!within || month !== thisMonth) continue;
      if (ended === "open") state.held += reservation.amount;
      state.used += charged;
    }
    return state;
  });
}

/** The first of those that have the least room. */
export function scarcest(states: readonly BudgetState[]): BudgetState | undefined {
  const room = ({ budget, used, held }: BudgetState) => budget.cap - used - held;
  const least = Math.min(...states.map(room));
  return states.find((state) => room(state) === least);
}

/** Of the sources that were granted, in the order in which they were, those of a page; newest first. */
export function grantStates(
  holds: Holds,
  granted: readonly Source[],
  page: Page,
  nowMs: number,
): readonly GrantState[] {
  const states = granted.toReversed().flatMap((source): GrantState[] => {
    const { grant } = source;
    if (grant === undefined) return [];
    const { used, held } = spentFrom(holds, source);
    const left = grant.amount - used - held;
    const isOver = source.expiresAtMs <= nowMs;
    const remaining = isOver ? 0 : left;
    return [{ ...grant, remaining, held, charged: used, lapsed: left - remaining }];
  });
  return behind(states, page.after).slice(0, page.limit);
}

export function holdRecord(id: string, hold: ModelHold | undefined): HoldRecord | undefined {
  if (hold === undefined) return undefined;
  const { reservation, charged, overage, state, job, madeAtMs, endedAtMs } = hold;
  const { funds, operation, keyId, amount } = reservation;
  const about = { id, accountId: funds.accountId, operation, keyId, amount, madeAtMs, endedAtMs };
  return { ...about, charged, overage, state, isJob: job !== undefined };
}

export function oddHolds(
  holds: Holds,
  { accountId, limit, before }: OddHoldQuery,
): readonly HoldRecord[] {
  const all = [...holds].toReversed().map(([id, hold]) => holdRecord(id, hold) as HoldRecord);
  const odd = ({ state, overage }: HoldRecord) => state === "expired" || overage > 0;
  return behind(all, before)
    .filter((hold) => odd(hold) && (accountId ?? hold.accountId) === hold.accountId)
    .slice(0, limit);
}

export function monthOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 7);
}

export function monthStart(atMs: number): number {
  return Date.parse(`${monthOf(atMs)}-01T00:00:00.000Z`);
}

export function nextMonth(atMs: number): number {
  const longestMonthMs = 31 * DAY_MS;
  return monthStart(monthStart(atMs) + longestMonthMs);
}

/** All, or those behind the one with that id; none behind one that is not there. */
function behind<Record extends { readonly id: string }>(
  records: readonly Record[],
  id: string | undefined,
): readonly Record[] {
  if (id === undefined) return records;
  const at = records.findIndex((record) => record.id === id);
  return at === -1 ? [] : records.slice(at + 1);
}
