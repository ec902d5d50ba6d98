// The nine steps of a request as a column: what passed, what ended it, what was not reached, with the numbers of that moment.

import type { Explanation } from "../operator/shapes.ts";
import { printable } from "../print/table.ts";
import { isUnicode, styled } from "../print/terminal.ts";
import { grouped, moment, span } from "../print/words.ts";

type Step = Explanation["steps"][number];
type Facts = Record<string, string | number>;

const drawn = { passed: "✓", ended: "✗", "not reached": "–", line: "│" } as const;
const plain = { passed: "+", ended: "x", "not reached": "-", line: "|" } as const;

export function stepLines({ steps, request }: Explanation, environment = process.env): string[] {
  const signs = isUnicode(environment) ? drawn : plain;
  return steps.map((step, index) => {
    const { verdict } = step;
    const hasEnded = verdict !== "passed" && verdict !== "not reached";
    const sign = hasEnded ? signs.ended : signs[verdict as "passed" | "not reached"];
    const told = [hasEnded ? verdict : "", ...numbersOf(step, request)].filter(
      (part) => part !== "",
    );
    const line = `  ${signs.line} ${index + 1} ${sign} ${step.step.padEnd(9)}  ${printable(told.join(", "))}`;
    if (hasEnded) return styled("red", line.trimEnd());
    return verdict === "passed" ? line.trimEnd() : styled("dim", line.trimEnd());
  });
}

function numbersOf({ step, verdict, facts }: Step, request: Explanation["request"]): string[] {
  if (verdict === "not reached") return [];
  const left: Facts = { ...facts };
  const known = [...aboutCall(step, request), ...aboutLimits(left), ...aboutMoney(left)];
  if (step === "respond") {
    delete left["status"];
    delete left["code"];
    known.push(
      [request.status, request.code, `after ${span(request.durationMs)}`].filter(Boolean).join(" "),
    );
  }
  if (typeof left["retryAfterMs"] === "number") left["told to wait"] = span(left["retryAfterMs"]);
  if (typeof left["resetAtMs"] === "number") left["starts anew"] = moment(left["resetAtMs"]);
  // The headline has what refused.
  take(left, "retryAfterMs", "resetAtMs", "condition", "by");
  return [...known, ...Object.entries(left).map(([name, value]) => `${name} ${value}`)];
}

function aboutCall(step: Step["step"], request: Explanation["request"]): string[] {
  const { method, path, operation, accountId, keyId, address } = request;
  if (step === "match") return [`${method} ${path}${operation === null ? "" : ` (${operation})`}`];
  if (step !== "identify") return [];
  const who = accountId === null ? [] : [`account ${accountId}`, `key ${keyId}`];
  return [...who, `from ${address}`];
}

/** `window requests: 60 of 60 used`. What is told is taken out of what is left. */
function aboutLimits(left: Facts): string[] {
  const { window, used, limit, slots, slotsTaken, slotLimit } = left;
  const told: string[] = [];
  if (window !== undefined && limit !== undefined) {
    told.push(`window ${window}: ${numbers(used, limit)} used`);
    take(left, "window", "used", "limit");
  }
  if (slots !== undefined) {
    told.push(`slots ${slots}: ${numbers(slotsTaken, slotLimit)} taken`);
    take(left, "slots", "slotsTaken", "slotLimit");
  }
  return told;
}

function aboutMoney(left: Facts): string[] {
  const { held, charged, creditsRemaining, budget, budgetUsed, budgetHeld, budgetCap } = left;
  const { cap, used, remaining } = left;
  const told: string[] = [];
  if (cap !== undefined) {
    told.push(`${numbers(used, cap)} credits used and ${numbers(held)} held`);
    take(left, "cap", "used", "held");
  } else if (held !== undefined) {
    told.push(`${numbers(held)} credits held`);
    take(left, "held");
  }
  if (remaining !== undefined) {
    told.push(`${numbers(remaining)} credits left`);
    take(left, "remaining");
  }
  if (charged !== undefined) {
    told.push(`${numbers(charged)} credits charged`);
    take(left, "charged");
  }
  if (creditsRemaining !== undefined) {
    told.push(`${numbers(creditsRemaining)} left in the account`);
    take(left, "creditsRemaining");
  }
  if (budget !== undefined) {
    told.push(
      `budget of ${budget}: ${numbers(budgetUsed)} used and ${numbers(budgetHeld)} held of ${numbers(budgetCap)}`,
    );
    take(left, "budget", "budgetUsed", "budgetHeld", "budgetCap");
  }
  return told;
}

function take(left: Facts, ...names: readonly string[]): void {
  for (const name of names) delete left[name];
}

/** `60` or `60 of 60`. */
function numbers(...values: readonly (string | number | undefined)[]): string {
  return values
    .map((value) => (typeof value === "number" ? grouped(value) : String(value ?? "?")))
    .join(" of ");
}
