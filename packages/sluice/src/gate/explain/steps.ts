/** A row of the log read as the way of its request through the gate: each step, its verdict and its numbers. */
import { STEPS, type StepName } from "../../contract/index.ts";
import type { LogRow, RowEnding } from "../stores.ts";

export interface ExplainedStep {
  readonly step: StepName;
  readonly verdict: "passed" | "not reached" | Exclude<RowEnding, "done">;
  readonly facts: Readonly<Record<string, number | string>>;
}

/** All nine steps, in order. *respond* always passes: there is one answer, whatever happened. */
export function stepsOf(row: LogRow): readonly ExplainedStep[] {
  const last = STEPS.indexOf(row.endedAt);
  return STEPS.map((step, index) => ({
    step,
    verdict: verdictOf(row, step, index, last),
    facts: factsOf(row, step),
  }));
}

function verdictOf(
  row: LogRow,
  step: StepName,
  index: number,
  last: number,
): ExplainedStep["verdict"] {
  if (index < last || step === "respond") return "passed";
  if (index > last) return "not reached";
  return row.ending === "done" ? "passed" : row.ending;
}

type Facts = Record<string, number | string | undefined>;

function factsOf(row: LogRow, step: StepName): ExplainedStep["facts"] {
  const facts: Facts = {};
  if (step === "identify" && row.degraded?.endsWith("keys")) facts["degraded"] = "keys";
  if (step === "identify" && row.isOlderSecret) facts["secret"] = "older";
  if (step === "admit") Object.assign(facts, admissionOf(row));
  if (step === "reserve") Object.assign(facts, reservationOf(row));
  if (step === "settle" && row.charged > 0) facts["charged"] = row.charged;
  if (step === row.endedAt && row.ending === "refused") {
    facts["condition"] = row.condition;
    facts["by"] = row.by;
    facts["param"] = row.param;
    facts["retryAfterMs"] = row.retryAfterMs;
    // Of a budget `held` is then what runs has of it: a call that is refused holds nothing.
    Object.assign(facts, row.details?.shortage);
  }
  if (step === "respond") {
    facts["status"] = row.status;
    facts["code"] = row.code;
  }
  const known = Object.entries(facts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Record<string, number | string>;
}

/** The window that is shown in headers, after the decision, and the slots of the first kind. */
function admissionOf({
  window,
  windowLimit: limit,
  windowRemaining,
  details,
  degraded,
}: LogRow): Facts {
  const slots = details?.slots;
  return {
    window,
    ...(limit !== undefined &&
      windowRemaining !== undefined && { used: Math.max(0, limit - windowRemaining) }),
    limit,
    ...(slots && { slots: slots.id, slotsTaken: slots.taken, slotLimit: slots.limit }),
    ...(degraded?.startsWith("limits") && { degraded: "limits" }),
  };
}

/** The hold, and what the account and its narrowest budget had with it. */
function reservationOf({ held, creditsRemaining, details }: LogRow): Facts {
  const state = details?.budget;
  return {
    ...(held > 0 && { held }),
    ...(details?.shortage === undefined && { creditsRemaining }),
    ...(state && {
      budget: `${state.budget.scope} ${state.budget.id}`,
      budgetUsed: state.used,
      budgetHeld: state.held,
      budgetCap: state.budget.cap,
    }),
  };
}
