// One decision once more: counters are put where the record says that they stood, the gate's own steps decide again, and then
// they decide as if one thing had been different.

import { VirtualClock } from "../../base/index.ts";
import { type AnyApi, limitFor, stepOf } from "../../contract/index.ts";
import { type BudgetState, type LogRow, openJudge, type Subscriber } from "../../gate/index.ts";
import { createMemoryStores } from "../../store/memory/index.ts";
import { type PastCall, rowOfPast } from "../plan/past-call.ts";

/** A call with what its record knows of the moment at which it was decided. */
export interface PastDecision extends PastCall {
  /** Until the same call passed, as it was counted. */
  readonly waitMs?: number | undefined;
  readonly window?: string | undefined;
  readonly windowLimit?: number | undefined;
  readonly windowRemaining?: number | undefined;
  readonly budget?: BudgetState | undefined;
}

export interface DecidedAgain {
  readonly passes: boolean;
  readonly condition: string | undefined;
  readonly by: string | undefined;
  readonly retryAfterMs: number | undefined;
}

export interface Change {
  /** `plan`: on another plan; `later`: after so long; `credits`: with so many more. */
  readonly kind: "plan" | "later" | "credits";
  readonly plan?: string;
  readonly laterMs?: number;
  readonly credits?: number;
  readonly decided: DecidedAgain;
}

export interface DecisionReplay {
  /** Undefined where nobody knows it, and the contract has several. */
  readonly plan: string | undefined;
  /** Undefined where the record has too little. */
  readonly again: DecidedAgain | undefined;
  /** Whether it ends as the record says. */
  readonly agrees: boolean;
  /** What would be needed, and is not there: a sentence each. */
  readonly lacks: readonly string[];
  readonly changes: readonly Change[];
}

/** What a contract decides by numbers that a record has. */
const DECIDABLE: readonly (string | undefined)[] = [
  ...["rate_limited", "concurrency_limited", "plan_required"],
  ...["credits_exhausted", "budget_exceeded", "not_found", "method_not_allowed"],
];
/** Any moment at which much time has passed. */
const NOW_MS = 40 * 86_400_000;

interface Trial {
  readonly plan: string;
  readonly laterMs?: number;
  readonly credits?: number;
}

export async function replayDecision(api: AnyApi, past: PastDecision): Promise<DecisionReplay> {
  const row = rowOfPast(past, api, 1);
  const plan = past.plan ?? planIn(api, past);
  const lacks = whatLacks(row, plan, Object.keys(api.server.plans));
  if (plan === undefined || isBeyond(row)) {
    return { plan, again: undefined, agrees: false, lacks, changes: [] };
  }
  const decide = (trial: Trial) => decideAs(api, past, row, plan, trial);
  const again = await decide({ plan });
  const agrees = again.passes ? row.ending === "done" : again.condition === row.condition;
  const trials = again.passes || !agrees ? [] : trialsOf(api, past, row, plan);
  const changes: Change[] = [];
  for (const { kind, ...trial } of trials) {
    changes.push({ kind, ...trial, decided: await decide({ plan, ...trial }) });
  }
  return { plan, again, agrees, lacks, changes };
}

function isBeyond({ ending, condition, operation }: LogRow): boolean {
  if (ending === "done") return false;
  return (
    ending !== "refused" ||
    !DECIDABLE.includes(condition) ||
    (condition === "not_found" && operation !== undefined)
  );
}

function whatLacks(row: LogRow, plan: string | undefined, plans: readonly string[]): string[] {
  const lacks: string[] = [];
  if (plan === undefined) lacks.push(`the plan of the account: one of ${plans.join(", ")}`);
  const { condition = "", ending } = row;
  if (ending === "fault") lacks.push("what failed: our own log has the error");
  else if (ending === "abandoned") lacks.push("what it would have come to: its caller left");
  else if (ending === "replayed") lacks.push("the first call with its idempotency key");
  else if (isBeyond(row))
    lacks.push(LACKING[stepOf(condition)] ?? `what "${condition}" was decided by`);
  return lacks;
}

/** By the step that refused. */
const LACKING: Readonly<Record<string, string>> = {
  identify: "the key: whether it exists and may be used is all that was decided",
  authorise: "the records of the account and its key, by which alone this was decided",
  validate: "the request's input: no record has it",
  reserve: "the first call with the same idempotency key, or the store that was away",
  run: "what the API's own work saw: that decided",
};

/** The only one, the one that refused, or the only one that has the window's limit. */
function planIn({ server, wire }: AnyApi, past: PastDecision): string | undefined {
  const plans = Object.keys(server.plans);
  if (plans.length === 1) return plans[0];
  if (past.condition === "plan_required" && plans.some((one) => one === past.by)) return past.by;
  const window = wire.windows[past.window ?? ""];
  if (window === undefined) return undefined;
  const fit = plans.filter((plan) => limitFor(window.limit, plan) === past.windowLimit);
  return fit.length === 1 ? fit[0] : undefined;
}

type NamedTrial = Pick<Change, "kind" | "plan" | "laterMs" | "credits">;

function trialsOf({ server }: AnyApi, past: PastDecision, row: LogRow, plan: string): NamedTrial[] {
  const others = Object.keys(server.plans).filter((one) => one !== plan);
  const trials: NamedTrial[] = others.map((other) => ({ kind: "plan", plan: other }));
  if (past.waitMs !== undefined && past.waitMs > 0) {
    trials.unshift({ kind: "later", laterMs: past.waitMs });
  }
  const { price } = server.operations[row.operation ?? ""] ?? {};
  const left = past.creditsRemaining;
  if (row.condition === "credits_exhausted" && left !== undefined && price?.kind !== "quote") {
    const more = (price?.credits ?? 0) - left;
    if (more > 0) trials.unshift({ kind: "credits", credits: more });
  }
  return trials;
}

async function decideAs(
  api: AnyApi,
  past: PastDecision,
  row: LogRow,
  was: string,
  { plan, laterMs = 0, credits = 0 }: Trial,
): Promise<DecidedAgain> {
  const allowance = (name: string) => api.server.plans[name]?.allowance?.credits ?? 0;
  const clock = new VirtualClock(row.atMs - NOW_MS);
  await clock.advance(NOW_MS);
  const stores = createMemoryStores();
  const remaining = (past.creditsRemaining ?? Number.MAX_SAFE_INTEGER / 2) + credits;
  const known =
    remaining + (past.creditsRemaining === undefined ? 0 : allowance(plan) - allowance(was));
  const balance = {
    remaining: Math.max(0, known),
    held: 0,
    used: 0,
    allowance: 0,
    periodStartMs: undefined,
  };
  const judge = openJudge({
    ...{ api, stores, clock },
    ledger: { balance: () => balance, budgets: () => (past.budget ? [past.budget] : []) },
  });
  fillCounters(api, { ...past, plan: was }, row, stores.limits);
  await clock.advance(laterMs);
  const { requestId, method, path, operation = "" } = row;
  const named = past.path === undefined ? api.wire.operations[operation] : undefined;
  const opened = await judge.open({
    ...{ requestId, atMs: row.atMs + laterMs, nowMs: clock.monotonicMs() },
    method: named?.method ?? method,
    target: api.wire.basePath + (named?.path.replaceAll(/\{[^}]*\}/g, "some") ?? path),
    subscriber: subscriberOf(past, row, plan),
  });
  // As if it had gone through: what refuses it now is the contract alone.
  const through = {
    ...row,
    condition: undefined,
    code: undefined,
    status: 200,
    creditsRemaining: undefined,
  };
  const judged = await judge.close(opened, {
    row: { ...through, ending: "done", endedAt: "respond", charged: 0, held: 0 },
    hasQuery: false,
  });
  if (judged.kind !== "judged") throw new Error("memory does not answer");
  const { condition, by, retryAfterMs, status } = judged.shadow;
  return { passes: status < 400, condition, by, retryAfterMs };
}

/** Places and slots as they were taken before the call; of places that nobody knows the age of, as young as can be. */
function fillCounters(
  { wire }: AnyApi,
  past: PastDecision,
  row: LogRow,
  limits: ReturnType<typeof createMemoryStores>["limits"],
): void {
  const fill = (id: string, windowMs: number, places: number, oldestMs: number) => {
    const take = (cost: number, atMs: number) => {
      if (cost === 0) return;
      limits.admit({ windows: [{ id, limit: places, windowMs, cost }], slots: [] }, atMs);
    };
    take(Math.min(1, places), Math.min(oldestMs, NOW_MS - 1));
    take(Math.max(0, places - 1), NOW_MS - 1);
  };
  const { by = "", condition } = row;
  const [name = ""] = by.split(":");
  const window = condition === "rate_limited" ? wire.windows[name] : undefined;
  if (window !== undefined) {
    const { windowMs } = window;
    const places = past.window === name ? past.windowLimit : undefined;
    const oldestMs = NOW_MS - windowMs + (past.waitMs ?? windowMs);
    fill(by, windowMs, places ?? limitFor(window.limit, past.plan ?? "") ?? 0, oldestMs);
  }
  const slot = condition === "concurrency_limited" ? wire.slots?.[name] : undefined;
  const taken = slot === undefined ? 0 : (limitFor(slot.limit, past.plan ?? "") ?? 0);
  for (let member = 0; member < taken; member++) {
    const claim = { id: by, member: `other ${member}`, limit: taken, leaseMs: NOW_MS };
    limits.admit({ windows: [], slots: [claim] }, NOW_MS - 1);
  }
}

function subscriberOf({ budget }: PastDecision, row: LogRow, plan: string): Subscriber {
  const { accountId = "", keyId = "" } = row;
  const own = { accountId, name: "" };
  const capOf = (scope: string) =>
    budget?.budget.scope === scope ? { budget: budget.budget.cap } : {};
  const idOf = (scope: string) => (budget?.budget.scope === scope ? budget.budget.id : scope);
  const key = { ...own, id: keyId, environment: "live" as const, digests: [], createdAtMs: 0 };
  return {
    key: { ...key, ...capOf("key"), prefix: "", lastFour: "" },
    account: { id: accountId, name: "", plan, subscription: "active" },
    workspace: { ...own, id: idOf("workspace"), ...capOf("workspace") },
    project: { ...own, id: idOf("project"), workspaceId: idOf("workspace"), ...capOf("project") },
  };
}
