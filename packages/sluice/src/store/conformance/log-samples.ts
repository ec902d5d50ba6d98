// Rows of the log for the suite.

import type { LogRow, RequestLog } from "../../gate/stores.ts";
import { eventually } from "./check.ts";

export const tooFast = {
  status: 429,
  code: "too_fast",
  condition: "rate_limited",
  endedAt: "admit",
  ending: "refused",
  windowLimit: 60,
  windowRemaining: 0,
  by: "requests",
  retryAfterMs: 15_000,
} as const;

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
    window: undefined,
    windowLimit: undefined,
    windowRemaining: undefined,
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

/** Appends, and waits until the last can be seen. */
export async function append(log: RequestLog, rows: readonly LogRow[]): Promise<void> {
  for (const each of rows) log.append(each);
  const last = rows.at(-1)?.requestId ?? "";
  await eventually(() => log.explain(last), "the last row can be seen");
}
