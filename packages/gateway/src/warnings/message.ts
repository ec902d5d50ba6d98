// A warning as its receiver reads it: a payload of Standard Webhooks, the same at every attempt.

import { createHash } from "node:crypto";
import type { LeakWarning, SpendWarning, Warning } from "sluice/gate";
import { leakPayload } from "./leak-message.ts";
import type { Standing } from "./standing.ts";

const ID_CHARACTERS = 32;

/**
 * The same for whoever finds the same, and different for all else; also the `webhook-id`, which must not hold a full stop
 * (Standard Webhooks, "Signature scheme"). A digest, since ids of accounts may be long and of any characters.
 */
export function warningId(
  accountId: string,
  { subject, period }: Pick<Standing, "subject" | "period">,
  percent: number,
): string {
  const about = subject.kind === "credits" ? ["credits"] : ["budget", subject.scope, subject.id];
  const text = JSON.stringify([accountId, ...about, period, percent]);
  return `wrn_${createHash("sha256").update(text).digest("hex").slice(0, ID_CHARACTERS)}`;
}

export interface WarningPayload {
  readonly type: "credits.low" | "budget.low";
  /** When it was noticed, not when it is delivered. */
  readonly timestamp: string;
  readonly data: {
    readonly id: string;
    readonly accountId: string;
    /** Of a budget: whose it is. */
    readonly scope?: "workspace" | "project" | "key";
    readonly scopeId?: string;
    /** The part that was reached. */
    readonly percent: number;
    readonly used: number;
    /** All that there was in the period. */
    readonly cap: number;
    /** Null where they never start anew. */
    readonly periodStart: string | null;
    readonly resetAt: string | null;
  };
}

/** The bytes that are signed and sent. */
export function bodyOf(warning: Warning): string {
  return JSON.stringify(isLeak(warning) ? leakPayload(warning) : spendPayload(warning));
}

function isLeak(warning: Warning): warning is LeakWarning {
  return warning.subject.kind === "leak";
}

function spendPayload(warning: SpendWarning): WarningPayload {
  const { id, accountId, subject, percent, used, cap, atMs } = warning;
  return {
    type: subject.kind === "credits" ? "credits.low" : "budget.low",
    timestamp: instant(atMs),
    data: {
      id,
      accountId,
      ...(subject.kind === "budget" && { scope: subject.scope, scopeId: subject.id }),
      percent,
      used,
      cap,
      periodStart: warning.periodStartMs === undefined ? null : instant(warning.periodStartMs),
      resetAt: warning.resetAtMs === undefined ? null : instant(warning.resetAtMs),
    },
  };
}

function instant(atMs: number): string {
  return new Date(atMs).toISOString();
}
