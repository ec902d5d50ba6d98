// What an operator asks of the ledger: one hold, and the holds that nobody ended.

import type { ExpiredHold } from "../../../gate/stores.ts";
import type { Database } from "../connection/database.ts";

/** A hold as the operator sees it. */
export interface HoldRecord {
  readonly id: string;
  readonly accountId: string;
  readonly amount: number;
  readonly charged: number;
  /** What it cost beyond the hold: never taken. */
  readonly overage: number;
  readonly state: "open" | "settled" | "released" | "expired";
  readonly operation: string;
  readonly keyId: string;
}

const one = {
  name: "sluice_hold",
  text:
    "SELECT h.id, substr(s.name, 9), amount, charged, overage, state, operation, key_id " +
    "FROM sluice.hold h JOIN sluice.scope s ON s.n = h.account WHERE h.id = $1",
};
const expired = {
  name: "sluice_expired",
  text:
    "SELECT h.id, substr(s.name, 9), amount, operation, key_id, made_ms, ended_ms " +
    "FROM sluice.hold h JOIN sluice.scope s ON s.n = h.account WHERE state = 'expired' " +
    "ORDER BY h.n DESC LIMIT $1",
};

export async function holdRecord(
  database: Database,
  holdId: string,
): Promise<HoldRecord | undefined> {
  const [row] = await database.ask(one, [holdId]);
  if (row === undefined) return undefined;
  const [id, accountId, amount, charged, overage, state, operation, keyId] = row;
  return {
    id: id ?? "",
    accountId: accountId ?? "",
    amount: Number(amount),
    charged: Number(charged),
    overage: Number(overage),
    state: state as HoldRecord["state"],
    operation: operation ?? "",
    keyId: keyId ?? "",
  };
}

/** The newest first. */
export async function expiredHolds(
  database: Database,
  limit: number,
): Promise<readonly ExpiredHold[]> {
  const rows = await database.ask(expired, [limit]);
  return rows.map(([holdId, accountId, amount, operation, keyId, madeAtMs, endedAtMs]) => ({
    holdId: holdId ?? "",
    accountId: accountId ?? "",
    amount: Number(amount),
    operation: operation ?? "",
    keyId: keyId ?? "",
    madeAtMs: Number(madeAtMs),
    endedAtMs: Number(endedAtMs),
  }));
}
