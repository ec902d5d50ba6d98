// What the admin API asks of whoever delivers warnings.

import type { Attempt, WarningRecord } from "sluice/gate";

export interface WarningDesk {
  /** The secret that an account's webhook is signed with: derived, so it is nowhere kept. */
  signingSecret(accountId: string, version: number): Promise<string>;
  /** Sends a warning once, now; undefined where nothing delivers. */
  readonly send: ((warning: WarningRecord) => Promise<Attempt>) | undefined;
}
