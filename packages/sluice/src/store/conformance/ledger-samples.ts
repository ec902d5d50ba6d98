// An account with 100 credits a month, and calls on it.

import type {
  AccountFunds,
  Idempotency,
  JobStart,
  Reservation,
  Settlement,
  StoredAnswer,
  Stores,
} from "../../gate/stores.ts";

/** All that this part of the suite needs of a store. */
export type LedgerOnly = Pick<Stores, "ledger">;

/** Amid a month. */
export const wallMs: number = Date.UTC(2026, 0, 15, 12);

export const funds: AccountFunds = {
  accountId: "acct_1",
  allowance: { credits: 100, reset: { kind: "calendar_month" } },
};

export function reservation(changed: Partial<Reservation>): Reservation {
  return {
    holdId: "hold_1",
    funds,
    budgets: [],
    amount: 10,
    expiresAtMs: wallMs + 60_000,
    operation: "create",
    keyId: "key_1",
    ...changed,
  };
}

export function settlement(changed: Partial<Settlement>): Settlement {
  return { holdId: "hold_1", charge: 0, rememberMs: 60_000, ...changed };
}

/** Of an hour at most, and without an answer. */
export function jobStart(changed: Partial<JobStart>): JobStart {
  return {
    holdId: "hold_1",
    slots: ["jobs", 'acct_1/"ä"'],
    expiresAtMs: wallMs + 3_600_000,
    rememberMs: 60_000,
    ...changed,
  };
}

export function idempotency(changed: Partial<Idempotency>): Idempotency {
  return {
    accountId: "acct_1",
    operation: "create",
    key: "order-7",
    fingerprint: "f1",
    ...changed,
  };
}

/** Of the call that started a job. */
export const jobAnswer: StoredAnswer = {
  status: 202,
  headers: ["Content-Type", "application/json", "X-Note", 'ä, "quoted"'],
  body: '{"job":"❤"}\n',
  requestId: "hold_1",
};
