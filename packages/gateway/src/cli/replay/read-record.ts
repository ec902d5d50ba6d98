// A record to replay: what explains a request, or how a call of a client ended.

import { readFileSync } from "node:fs";
import type { PastDecision, PastFailure } from "sluice/sim";
import { CommandError, exitCodes } from "../exit-codes.ts";
import type { Explanation } from "../operator/shapes.ts";

export type ReplayRecord =
  | {
      readonly kind: "explanation";
      readonly explanation: Explanation;
      readonly past: PastDecision;
    }
  | { readonly kind: "why"; readonly past: PastFailure };

export function readRecord(file: string): ReplayRecord {
  const value = parsed(file, textOf(file));
  if (value["request"] !== undefined && Array.isArray(value["steps"])) {
    const explanation = value as unknown as Explanation;
    return { kind: "explanation", explanation, past: pastOf(file, explanation) };
  }
  const { code, status, endpoint, why, response } = value;
  if (typeof code !== "string" || typeof endpoint !== "string") throw unknown(file);
  if (typeof status !== "number") {
    throw refused(`${file} has no status: no answer came, so there is nothing to replay.`);
  }
  const reasons = Array.isArray(why) ? why.map(String) : [];
  return { kind: "why", past: { code, status, endpoint, response, why: reasons } };
}

function pastOf(file: string, { request, refusal, steps }: Explanation): PastDecision {
  const { accountId, atMs, slots: _, budget, ...columns } = request;
  if (accountId === null || accountId === undefined) {
    throw refused(
      `${file} lacks an account: the request was refused before anybody knew whose it was, and its key alone decided.`,
    );
  }
  const known = Object.fromEntries(
    Object.entries(columns).filter(([, value]) => value !== null),
  ) as Omit<PastDecision, "atMs" | "accountId" | "status">;
  const waitMs = refusal?.passesAtMs ? Math.max(0, refusal.passesAtMs - atMs) : undefined;
  const short = steps.find(({ step }) => step === "reserve")?.facts ?? {};
  return {
    ...known,
    ...{ atMs, accountId, status: request.status, waitMs },
    budget: fullBudget(request.by, short) ?? (budget ? stateOf(budget) : undefined),
  };
}

type Facts = Readonly<Record<string, string | number>>;

/** The budget that refused: `by` names it, the step has its numbers. */
function fullBudget(by: string | null, facts: Facts): PastDecision["budget"] {
  const [scope, id] = by?.split(" ") ?? [];
  const { cap, used, held, resetAtMs = 0 } = facts;
  if (scope !== "workspace" && scope !== "project" && scope !== "key") return undefined;
  if (id === undefined || typeof cap !== "number") return undefined;
  const numbers = { used: Number(used), held: Number(held), resetAtMs: Number(resetAtMs) };
  return { budget: { scope, id, cap }, ...numbers };
}

function stateOf(budget: NonNullable<Explanation["request"]["budget"]>): PastDecision["budget"] {
  const { scope, id, cap, used, held, resetAtMs } = budget;
  return { budget: { scope, id, cap }, used, held, resetAtMs };
}

function textOf(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch {
    throw new CommandError(
      `${file} cannot be read. Write it: sluice explain <request id> --json > ${file}`,
      exitCodes.notThere,
    );
  }
}

function parsed(file: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {}
  throw unknown(file);
}

function unknown(file: string): CommandError {
  return refused(
    `${file} is no record that can be replayed: write one with "sluice explain <request id> --json", ` +
      "or { ...error.toJSON(), why: error.why } of a client's error.",
  );
}

function refused(message: string): CommandError {
  return new CommandError(message, exitCodes.refused);
}
