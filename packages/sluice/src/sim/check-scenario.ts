// A scenario is checked before it is run: every number has a bound, and nothing in it does nothing.

import { assert, DAY_MS, HOUR_MS } from "../base/index.ts";
import {
  type AnyGroup,
  type AnyScenario,
  type ContractScenario,
  isOverContract,
} from "./contract-scenario.ts";
import type { Delay, Fault, Jobs, Scenario } from "./scenario.ts";

/** A scenario is a story of a day at most. */
const DURATION_MS_MAX = DAY_MS;
const NODES_MAX = 16;
const CALLERS_MAX = 10_000;
const FAULTS_MAX = 64;
const USES_MAX = 100;

/** Throws, with the place, for a scenario that cannot be run as it says. */
export function checkScenario(scenario: AnyScenario): void {
  const { nodes, limits, network, work, callers, faults, revocations } = scenario;
  within("durationMs", scenario.durationMs, 1_000, DURATION_MS_MAX);
  within("recoveryMs", scenario.recoveryMs, 1_000, HOUR_MS);
  within("nodes.count", nodes.count, 1, NODES_MAX);
  within("nodes.driftPpm", nodes.driftPpm, 0, 1_000);
  within("limits.aheadMs", limits.aheadMs, 0, 1e12);
  within("limits.deadlineMs", limits.deadlineMs, 1, 10_000);
  within("limits.leaseMs", limits.leaseMs, 1_000, HOUR_MS);
  within("limits.replicaLagMs", limits.replicaLagMs, 0, 10_000);
  checkDelay("network.callers", network.callers);
  checkDelay("network.stores", network.stores);
  if (isOverContract(scenario)) checkContractUse(scenario);
  else checkAllowed(scenario);
  checkDelay("work.tookMs", work.tookMs);
  percent("work.longPercent", work.longPercent);
  within("work.longMs", work.longMs, 0, 50_000);
  percent("work.failPercent", work.failPercent);
  if (scenario.jobs !== undefined) checkJobs(scenario.jobs);
  for (const [scope, cap] of Object.entries(scenario.budgets ?? {})) {
    within(`budgets.${scope}`, cap, 1, 1e12);
  }
  between("callers", callers.length, 1, 100);
  for (const [at, group] of callers.entries()) checkCallers(`callers[${at}]`, group);
  const keys = callers.reduce((sum, { count }) => sum + count, 0);
  between("callers in all", keys, 1, CALLERS_MAX);
  between("faults", faults.length, 0, FAULTS_MAX);
  for (const [at, fault] of faults.entries()) checkFault(`faults[${at}]`, fault, scenario);
  between("revocations", revocations.length, 0, FAULTS_MAX);
  for (const [at, { atMs, keys: ended }] of revocations.entries()) {
    within(`revocations[${at}].atMs`, atMs, 0, scenario.durationMs);
    within(`revocations[${at}].keys`, ended, 1, keys);
  }
}

function checkJobs({ tookMs, failPercent, lostPercent, ageMs }: Jobs): void {
  checkDelay("jobs.tookMs", tookMs);
  percent("jobs.failPercent + lostPercent", failPercent + lostPercent);
  within("jobs.ageMs", ageMs, 1_000, 60_000);
}

function checkAllowed({ allowed, callers }: Scenario): void {
  within("allowed.windowLimit", allowed.windowLimit, 1, 1_000_000);
  within("allowed.windowMs", allowed.windowMs, 1_000, DURATION_MS_MAX);
  within("allowed.workLimit", allowed.workLimit, 1, 1_000_000);
  within("allowed.workMs", allowed.workMs, 1_000, DURATION_MS_MAX);
  within("allowed.slots", allowed.slots, 1, 10_000);
  within("allowed.credits", allowed.credits, 0, 1e12);
  for (const [at, group] of callers.entries()) {
    const { makePercent, askPercent, tellPercent = 0, buildPercent = 0 } = group;
    const operations = "makePercent + askPercent + tellPercent + buildPercent";
    const sum = makePercent + askPercent + tellPercent + buildPercent;
    percent(`callers[${at}].${operations}`, sum);
  }
}

/** What the contract has of it is checked where the contract is at hand. */
function checkContractUse({ credits, callers }: ContractScenario): void {
  within("credits", credits, 0, 1e12);
  for (const [at, { uses }] of callers.entries()) {
    between(`operations in callers[${at}].uses`, uses.length, 1, USES_MAX);
    for (const { operation, share, credits: cost = 0 } of uses) {
      within(`callers[${at}].uses ${operation}.share`, share, 0.001, 1e6);
      within(`callers[${at}].uses ${operation}.credits`, cost, 0, 1e9);
    }
  }
}

function checkCallers(place: string, group: AnyGroup): void {
  within(`${place}.count`, group.count, 1, CALLERS_MAX);
  within(`${place}.perAccount`, group.perAccount, 1, CALLERS_MAX);
  within(`${place}.perMinute`, group.perMinute, 0.001, 60_000);
  percent(`${place}.keyedPercent`, group.keyedPercent ?? 0);
  percent(`${place}.reusedPercent`, group.reusedPercent ?? 0);
  percent(`${place}.leavePercent`, group.leavePercent);
  percent(`${place}.strangerPercent`, group.strangerPercent);
}

function checkFault(place: string, fault: Fault, { nodes, durationMs }: AnyScenario): void {
  within(`${place}.fromMs`, fault.fromMs, 0, durationMs);
  within(`${place}.lengthMs`, fault.lengthMs, 0, durationMs);
  if ("node" in fault && fault.node !== undefined) {
    within(`${place}.node`, fault.node, 0, nodes.count - 1);
  }
  switch (fault.kind) {
    case "slow":
      within(`${place}.moreMs`, fault.moreMs, 1, HOUR_MS);
      break;
    case "clock_step":
    case "wall_step":
      within(`${place}.stepMs`, fault.stepMs, -HOUR_MS, HOUR_MS);
      break;
    case "crash":
      within(`${place}.afterMessages`, fault.afterMessages, 0, 1_000_000);
      break;
    case "failing":
    case "loss":
      percent(`${place}.percent`, fault.percent);
      break;
    default:
  }
}

function checkDelay(place: string, { leastMs, moreMs }: Delay): void {
  within(`${place}.leastMs`, leastMs, 0, HOUR_MS);
  within(`${place}.moreMs`, moreMs, 0, HOUR_MS);
}

function percent(place: string, value: number): void {
  within(place, value, 0, 100);
}

function within(place: string, value: number, least: number, most: number): void {
  assert(
    value >= least && value <= most,
    () => `scenario: ${place} is ${value}; give ${least} to ${most}`,
  );
}

function between(place: string, count: number, least: number, most: number): void {
  assert(
    count >= least && count <= most,
    () => `scenario: there are ${count} ${place}; give ${least} to ${most}`,
  );
}
