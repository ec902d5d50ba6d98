// A call of an account with 100 credits a month.

import type { Reservation } from "../../../src/gate/stores.ts";

/** Amid a month. */
export const wallMs: number = Date.UTC(2026, 0, 15, 12);

export function reservation(changed: Partial<Reservation>): Reservation {
  return {
    holdId: "hold_1",
    funds: {
      accountId: "acct_1",
      allowance: { credits: 100, reset: { kind: "calendar_month" } },
    },
    budgets: [],
    amount: 10,
    expiresAtMs: wallMs + 60_000,
    operation: "create",
    keyId: "key_1",
    ...changed,
  };
}
