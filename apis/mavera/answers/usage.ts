// What the account has spent and asked in the current month. Only numbers that somebody keeps: the documents also
// show transcription, storage, tokens and automatic recharging, which this gate knows nothing of.

import { type InputFor, monthly, monthStartMs, periodEndMs } from "sluice";
import { assert } from "sluice/base";
import { type OwnContext, reply, type WorkDone } from "sluice/gate";
import type { mavera } from "../contract/index.ts";
import { reachOf } from "./reach.ts";

type Operations = (typeof mavera)["server"]["operations"];

export async function getUsage(
  _input: InputFor<Operations["getUsage"]>,
  context: OwnContext,
): Promise<WorkDone> {
  const { stores, funds, nowMs, windows } = context;
  const startMs = monthStartMs(nowMs);
  const [balance, requests, usageLimit] = await Promise.all([
    stores.ledger.balance(funds, nowMs),
    stores.log.usage(funds.accountId, startMs, nowMs),
    usageLimitOf(context),
  ]);
  const [window] = windows;
  assert(window !== undefined, "the contract has a window for every operation");
  return reply({
    object: "usage",
    billing_period: {
      start: iso(startMs),
      end: iso(periodEndMs(monthly, startMs) - 1),
    },
    credits: {
      // What was charged to the plan's credits. What is held for calls and jobs that still run is not used yet.
      used: balance.used,
      included: balance.allowance,
      // What the next call can have: less what is held, and with credits that were granted beside the plan's. So
      // it is not always the difference of the two above.
      remaining: balance.remaining,
      percentage_used: percentage(balance.used, balance.allowance),
    },
    api_requests: {
      total_requests: requests.requests,
      // From the ledger, like the number above: the log is not told what a job cost in the end.
      credits_used: balance.used,
      error_count: requests.refusals + requests.faults,
    },
    rate_limit: { requests_per_minute: window.limit },
    // Alerts are the dashboard's: nothing here is told of them.
    limits: { budget_alert: null, usage_limit: usageLimit },
  });
}

/** That of the workspace that the key belongs to. */
async function usageLimitOf(context: OwnContext): Promise<number | null> {
  const { workspaceId } = await reachOf(context);
  if (workspaceId === undefined) return null;
  const workspace = await context.stores.directory.workspace(workspaceId);
  return workspace?.budget ?? null;
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** To two decimal places. */
function percentage(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100;
}
