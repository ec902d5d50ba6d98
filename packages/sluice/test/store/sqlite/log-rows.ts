// Rows of the log for tests.

import type { LogRow } from "../../../src/gate/stores.ts";

let made = 0;

/** An uneventful request but for what is said. */
export function row(changed: Partial<LogRow>): LogRow {
  made++;
  return {
    requestId: `request ${made}`,
    clientRequestId: undefined,
    api: "Acme",
    atMs: made,
    durationMs: 3,
    accountId: "acct_1",
    keyId: "key_1",
    isOlderSecret: false,
    address: "203.0.113.7",
    operation: "list",
    method: "GET",
    path: "/things",
    status: 200,
    code: undefined,
    condition: undefined,
    endedAt: "respond",
    ending: "done",
    window: "requests",
    windowLimit: 60,
    windowRemaining: 59,
    held: 0,
    charged: 0,
    creditsRemaining: undefined,
    by: undefined,
    param: undefined,
    retryAfterMs: undefined,
    details: undefined,
    simulated: false,
    degraded: undefined,
    ...changed,
  };
}
