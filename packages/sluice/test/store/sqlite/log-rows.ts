// Rows of the log for tests.

import type { LogRow } from "../../../src/gate/stores.ts";

let made = 0;

/** An uneventful request but for what is said. */
export function row(changed: Partial<LogRow>): LogRow {
  made++;
  return {
    requestId: `request ${made}`,
    clientRequestId: undefined,
    atMs: made,
    durationMs: 3,
    accountId: "acct_1",
    keyId: "key_1",
    operation: "list",
    method: "GET",
    path: "/things",
    status: 200,
    code: undefined,
    condition: undefined,
    endedAt: "respond",
    ending: "done",
    windowLimit: 60,
    windowRemaining: 59,
    held: 0,
    charged: 0,
    by: undefined,
    param: undefined,
    retryAfterMs: undefined,
    shortage: undefined,
    simulated: false,
    degraded: undefined,
    ...changed,
  };
}
