// Warnings of one account, and attempts to deliver them.

import type { Attempt, Notices, SpendWarning, Warning } from "../../gate/stores.ts";

/** All that this part of the suite needs of a store. */
export interface NoticesOnly {
  readonly notices: Notices;
  /** The same, as another process sees it. @default there is no other */
  readonly others?: Notices;
}

/** Far ahead, so that nothing of the suite is old enough to be forgotten. */
export const nowMs: number = Date.UTC(2_100, 0, 15);

export function warning(id: string, change: Partial<SpendWarning> = {}): Warning {
  return {
    id,
    accountId: "acct_1",
    subject: { kind: "credits" },
    periodStartMs: Date.UTC(2_100, 0, 1),
    resetAtMs: Date.UTC(2_100, 1, 1),
    percent: 50,
    used: 500,
    cap: 1_000,
    atMs: nowMs,
    url: "https://example.com/hooks?of=acct_1",
    ...change,
  };
}

export const attempt: Attempt = {
  atMs: nowMs,
  url: "https://example.com/hooks?of=acct_1",
  secretVersion: 1,
  durationMs: 12.5,
  status: 204,
  error: undefined,
};

export const failed: Attempt = {
  ...attempt,
  status: undefined,
  error: "the connection was refused",
};

export async function raiseAll(
  notices: Notices,
  ids: readonly string[],
  change: Partial<SpendWarning> = {},
): Promise<void> {
  for (const id of ids) await notices.raise(warning(id, change));
}

export function ids(records: readonly { readonly id: string }[]): string {
  return records.map(({ id }) => id).join();
}
