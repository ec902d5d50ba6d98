/** What must be true of the server layer and the pages, given their wire layer. */

import { DAY_MS } from "../../base/index.ts";
import { CONDITION_NAMES } from "../condition.ts";
import type { FoldingRule } from "../fold.ts";
import { parsePage } from "../page.ts";
import type { Plan } from "../plan.ts";
import { CREDITS_MAX } from "../price.ts";
import { LIMITS_DOWN, type ServerDeclaration } from "../server.ts";
import { areWarningPercents, WARNING_PERCENTS_MAX } from "../warning.ts";
import type { AnyWire } from "../wire.ts";
import { Complaints } from "./advice.ts";
import { checkRefusedExamples } from "./example.ts";
import { checkPlanNames, checkPointer, checkServerOperations } from "./server-operation.ts";

type Server = ServerDeclaration<string, string>;

export function checkApi(
  wire: AnyWire,
  server: Server,
  pages: Readonly<Record<string, string>>,
): void {
  const complaints = new Complaints();
  const required = ["plans", "operations"];
  complaints.unknownMembers("", server, [
    ...required,
    ...["requires", "limitsDown", "warnings", "folding", "examples"],
  ]);
  complaints.missingMembers("", server, required);
  complaints.settle(wire.about.title);
  if (server.limitsDown !== undefined) {
    complaints.unknownName("limitsDown", "mode", server.limitsDown, LIMITS_DOWN);
  }
  if (server.warnings !== undefined) checkWarnings(server.warnings, complaints);
  checkPlans(wire, server, complaints);
  checkServerOperations(wire, server, complaints);
  checkFolding(wire, server.folding ?? [], complaints);
  checkRefusedExamples(wire, server, complaints);
  checkPages(wire, pages, complaints);
  complaints.settle(wire.about.title);
}

function checkWarnings(warnings: NonNullable<Server["warnings"]>, complaints: Complaints): void {
  complaints.unknownMembers("warnings", warnings, ["percents"]);
  complaints.missingMembers("warnings", warnings, ["percents"]);
  const percents: readonly unknown[] | undefined = warnings.percents;
  if (percents === undefined || areWarningPercents(percents)) return;
  complaints.add(
    "warnings.percents",
    `[${percents.join(", ")}] is not usable`,
    `give 1 to ${WARNING_PERCENTS_MAX} whole numbers from 1 to 100, rising: [50, 75, 90, 100]`,
  );
}

function checkPlans(wire: AnyWire, server: Server, complaints: Complaints): void {
  complaints.unknownMembers("plans", server.plans, wire.plans);
  for (const name of wire.plans) {
    const plan: Plan | undefined = server.plans[name];
    if (plan === undefined) {
      complaints.add(`plans.${name}`, "is not described", `add ${name}: { title: … }`);
    } else checkPlan(`plans.${name}`, plan, complaints);
  }
  if (server.requires !== undefined) {
    complaints.unknownMembers("requires", server.requires, ["plans"]);
    checkPlanNames("requires.plans", server.requires.plans ?? [], wire, complaints);
  }
}

function checkPlan(at: string, plan: Plan, complaints: Complaints): void {
  complaints.unknownMembers(at, plan, ["title", "allowance", "limits"]);
  if (plan.allowance !== undefined) {
    const { credits, reset } = plan.allowance;
    complaints.unknownMembers(`${at}.allowance`, plan.allowance, ["credits", "reset"]);
    complaints.wholeNumber(`${at}.allowance.credits`, credits, 1, CREDITS_MAX);
    complaints.unknownName(`${at}.allowance.reset`, "reset", reset.kind, [
      "calendar_month",
      "lazy",
    ]);
    if (reset.kind === "lazy") {
      complaints.wholeNumber(`${at}.allowance.reset.everyMs`, reset.everyMs, DAY_MS, 400 * DAY_MS);
    }
  }
  for (const [name, limit] of Object.entries(plan.limits ?? {})) {
    complaints.wholeNumber(`${at}.limits.${name}`, limit, 1, CREDITS_MAX);
  }
}

function checkFolding(wire: AnyWire, rules: readonly FoldingRule[], complaints: Complaints): void {
  const known = [...CONDITION_NAMES, ...Object.keys(wire.domain ?? {})];
  for (const [index, rule] of rules.entries()) {
    const at = `folding.${index}`;
    complaints.unknownMembers(at, rule, ["when", "condition", "param", "message"]);
    const isUnknown = complaints.unknownName(`${at}.condition`, "condition", rule.condition, known);
    if (!isUnknown) checkFoldedWait(`${at}.condition`, rule.condition, wire, complaints);
    checkWhen(`${at}.when`, rule.when, complaints);
    for (const part of ["param", "message"] as const) {
      const source = rule[part];
      if (source === undefined) continue;
      complaints.unknownMembers(`${at}.${part}`, source, ["pointer"]);
      checkPointer(`${at}.${part}.pointer`, source.pointer, complaints);
    }
    const { status } = rule.when;
    if (status !== undefined && status >= 500 && rule.message !== undefined) {
      complaints.add(`${at}.message`, "messages of a 5xx are never passed on", "leave it out");
    }
    const broader = rules.findIndex((other, i) => i < index && covers(other, rule));
    if (broader >= 0) {
      complaints.add(
        at,
        `never reached: folding.${broader} fits first`,
        "put the narrower rule first",
      );
    }
  }
}

function checkWhen(at: string, when: FoldingRule["when"], complaints: Complaints): void {
  complaints.unknownMembers(at, when, ["status", "pointer", "equals"]);
  const { status, pointer, equals } = when;
  if (status === undefined && pointer === undefined) {
    complaints.add(at, "holds for every error", "give a status or a pointer");
  }
  if ((pointer === undefined) !== (equals === undefined)) {
    complaints.add(at, "pointer and equals go together", "give both");
  }
  if (status !== undefined) complaints.wholeNumber(`${at}.status`, status, 400, 599);
  if (pointer !== undefined) checkPointer(`${at}.pointer`, pointer, complaints);
}

/** Law: every 429 and 503 carries `Retry-After`, also when it was an upstream that said no. */
function checkFoldedWait(
  at: string,
  condition: string,
  wire: AnyWire,
  complaints: Complaints,
): void {
  // The gate itself knows when to come back to a service that is down.
  if (condition === "unavailable") return;
  for (const [code, { status, retryAfter }] of Object.entries(wire.codes)) {
    if (!wire.spellings.conditionsOf(code).includes(condition)) continue;
    if ((status !== 429 && status !== 503) || retryAfter !== undefined) continue;
    const add = `add retryAfter: { otherwiseMs: <milliseconds> } to codes.${code}`;
    complaints.add(at, `an upstream's answer does not say when ${condition} is over`, add);
    return;
  }
}

function covers(first: FoldingRule, later: FoldingRule): boolean {
  const { status, pointer, equals } = first.when;
  return (
    (status === undefined || status === later.when.status) &&
    (pointer === undefined || (pointer === later.when.pointer && equals === later.when.equals))
  );
}

function checkPages(
  wire: AnyWire,
  pages: Readonly<Record<string, string>>,
  complaints: Complaints,
): void {
  const codes = Object.keys(wire.codes);
  for (const name of Object.keys(pages)) {
    complaints.unknownName(`pages.${name}`, "code", name, codes);
  }
  for (const code of codes) {
    const markdown = pages[code];
    const page = markdown === undefined ? "is missing" : parsePage(code, markdown);
    if (typeof page !== "string") continue;
    complaints.add(
      `pages.${code}`,
      page,
      `write ${code}.md: "# ${code}", then What happened, How to fix, What to show an end user`,
    );
  }
}
