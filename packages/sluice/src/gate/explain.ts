/** A row of the log read as the way of its request through the gate: each step, its verdict and its numbers. */
import { STEPS, type StepName } from "../contract/index.ts";
import type { LogRow, RowEnding } from "./stores.ts";

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

function factsOf(row: LogRow, step: StepName): Readonly<Record<string, number | string>> {
  const facts: Record<string, number | string | undefined> = {};
  if (step === "identify" && row.degraded?.endsWith("keys")) facts["degraded"] = "keys";
  if (step === "admit") {
    facts["limit"] = row.windowLimit;
    facts["remaining"] = row.windowRemaining;
    if (row.degraded?.startsWith("limits")) facts["degraded"] = "limits";
  }
  if (step === "reserve" && row.held > 0) facts["held"] = row.held;
  if (step === "settle" && row.charged > 0) facts["charged"] = row.charged;
  if (step === row.endedAt && row.ending === "refused") {
    facts["condition"] = row.condition;
    facts["by"] = row.by;
    facts["param"] = row.param;
    facts["retryAfterMs"] = row.retryAfterMs;
    // Of a budget `held` is then what runs has of it: a call that is refused holds nothing.
    Object.assign(facts, row.shortage);
  }
  if (step === "respond") {
    facts["status"] = row.status;
    facts["code"] = row.code;
  }
  const known = Object.entries(facts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Record<string, number | string>;
}
