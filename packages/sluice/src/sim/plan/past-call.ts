// A call of a log, with whatever the log knows of it: the least that there must be is when it came, whose it was, and what it
// asked for.

import { type AnyApi, isCondition, STEPS, type StepName, stepOf } from "../../contract/index.ts";
import type { Account, LogRow } from "../../gate/index.ts";

type Column<Name extends keyof LogRow> = { readonly [Key in Name]?: LogRow[Key] | undefined };

/** Each column that is missing makes the result less certain, in its own way. */
export interface PastCall
  extends Column<"requestId" | "api" | "operation" | "method" | "path" | "condition" | "code">,
    Column<"keyId" | "durationMs" | "endedAt" | "ending" | "held" | "charged" | "by">,
    Column<"creditsRemaining" | "simulated" | "degraded" | "retryAfterMs"> {
  readonly atMs: number;
  readonly accountId: string;
  readonly status: number;
  /** The plan that its account was on. @default what is known of the account */
  readonly plan?: string | undefined;
}

/** What is known of an account beside its calls. */
export type PastAccount = Pick<Account, "plan" | "overrides">;

/** The row that a gate would have written. */
export function rowOfPast(call: PastCall, api: AnyApi, number: number): LogRow {
  const { atMs, status, accountId, charged = 0, code } = call;
  const condition = call.condition ?? conditionOf(api, code, status);
  const ending = call.ending ?? endingOf(status);
  return {
    requestId: call.requestId ?? `row ${number}`,
    clientRequestId: undefined,
    api: call.api ?? api.wire.about.title,
    atMs,
    durationMs: call.durationMs ?? 0,
    accountId,
    keyId: keyOf(call),
    isOlderSecret: false,
    address: "",
    operation: call.operation,
    method: call.method ?? "GET",
    path: call.path ?? "/",
    status,
    code,
    condition,
    endedAt: call.endedAt ?? stepIn(ending, condition),
    ending,
    window: undefined,
    windowLimit: undefined,
    windowRemaining: undefined,
    held: call.held ?? charged,
    charged,
    creditsRemaining: call.creditsRemaining,
    by: call.by,
    param: undefined,
    retryAfterMs: call.retryAfterMs,
    details: undefined,
    simulated: call.simulated === true,
    degraded: call.degraded,
  };
}

/** An account whose keys nobody names has one. */
export function keyOf({ keyId, accountId }: PastCall): string {
  return keyId ?? `the key of ${accountId}`;
}

const LEFT = 499;

function endingOf(status: number): LogRow["ending"] {
  if (status === LEFT) return "abandoned";
  return status < 400 ? "done" : "refused";
}

/** The likeliest that the code stands for; without a code, what the status alone says. */
function conditionOf(api: AnyApi, code: string | undefined, status: number): string | undefined {
  if (code !== undefined) return api.wire.spellings.conditionsOf(code)[0];
  if (status === 429) return "rate_limited";
  return status === 402 ? "credits_exhausted" : undefined;
}

/** What nobody knows the step of was said by the API's own work. */
function stepIn(ending: LogRow["ending"], condition: string | undefined): StepName {
  if (ending === "done") return STEPS[STEPS.length - 1] ?? "respond";
  return condition !== undefined && isCondition(condition) ? stepOf(condition) : "run";
}
