// A row of the log as operators see it: every member there, null where nothing is known.

import type { BudgetState, LogRow } from "sluice/gate";
import type { z } from "zod";
import type * as schemas from "../contract/schemas/requests.ts";

type Shown = z.output<typeof schemas.row>;

export function shownRow(row: LogRow): Shown {
  const { details } = row;
  return {
    requestId: row.requestId,
    clientRequestId: row.clientRequestId ?? null,
    api: row.api,
    atMs: row.atMs,
    durationMs: row.durationMs,
    accountId: row.accountId ?? null,
    keyId: row.keyId ?? null,
    isOlderSecret: row.isOlderSecret,
    address: row.address,
    operation: row.operation ?? null,
    method: row.method,
    path: row.path,
    status: row.status,
    code: row.code ?? null,
    condition: row.condition ?? null,
    endedAt: row.endedAt,
    ending: row.ending,
    window: row.window ?? null,
    windowLimit: row.windowLimit ?? null,
    windowRemaining: row.windowRemaining ?? null,
    slots: details?.slots ?? null,
    budget: details?.budget === undefined ? null : shownBudget(details.budget),
    held: row.held,
    charged: row.charged,
    creditsRemaining: row.creditsRemaining ?? null,
    by: row.by ?? null,
    param: row.param ?? null,
    retryAfterMs: row.retryAfterMs ?? null,
    simulated: row.simulated,
    degraded: row.degraded ?? null,
  };
}

function shownBudget({ budget, used, held, resetAtMs }: BudgetState): NonNullable<Shown["budget"]> {
  return { ...budget, used, held, resetAtMs };
}
