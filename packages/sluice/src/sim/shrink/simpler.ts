// Scenarios that are a little simpler than one, the largest cut first.

import type { CallerGroup, Fault, Scenario } from "../scenario.ts";

export function* simpler(scenario: Scenario): Generator<Scenario> {
  const { callers, faults, revocations, nodes, durationMs } = scenario;
  if (faults.length > 0) yield { ...scenario, faults: [] };
  if (revocations.length > 0) yield { ...scenario, revocations: [] };
  for (const one of without(faults)) yield { ...scenario, faults: one };
  for (const one of without(revocations)) yield { ...scenario, revocations: one };
  if (callers.length > 1) {
    for (const one of without(callers)) yield { ...scenario, callers: one };
  }
  if (nodes.count > 1) yield* withFewerNodes(scenario);
  if (nodes.driftPpm > 0) yield { ...scenario, nodes: { ...nodes, driftPpm: 0 } };
  for (const [at, group] of callers.entries()) {
    for (const one of simplerGroups(group)) yield { ...scenario, callers: callers.with(at, one) };
  }
  yield* simplerWork(scenario);
  for (const [at, fault] of faults.entries()) {
    if (fault.lengthMs < 2) continue;
    const lengthMs = Math.floor(fault.lengthMs / 2);
    yield { ...scenario, faults: faults.with(at, { ...fault, lengthMs }) };
  }
  if (durationMs > 2_000) yield shorter(scenario, Math.floor(durationMs / 2));
}

function* without<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at++) yield all.toSpliced(at, 1);
}

function* withFewerNodes(scenario: Scenario): Generator<Scenario> {
  const count = scenario.nodes.count - 1;
  const isLeft = (fault: Fault) => !("node" in fault) || (fault.node ?? 0) < count;
  const faults = scenario.faults.filter(isLeft);
  yield { ...scenario, nodes: { ...scenario.nodes, count }, faults };
}

function* simplerGroups(group: CallerGroup): Generator<CallerGroup> {
  if (group.count > 1) yield { ...group, count: 1 };
  if (group.policy !== "none") yield { ...group, policy: "none" };
  if (group.shape !== "steady") yield { ...group, shape: "steady" };
  if (group.leavePercent > 0) yield { ...group, leavePercent: 0 };
  if (group.strangerPercent > 0) yield { ...group, strangerPercent: 0 };
  if (group.askPercent > 0) yield { ...group, askPercent: 0 };
  if (group.makePercent > 0) yield { ...group, makePercent: 0 };
}

function* simplerWork(scenario: Scenario): Generator<Scenario> {
  const { work } = scenario;
  if (work.failPercent > 0) yield { ...scenario, work: { ...work, failPercent: 0 } };
  if (work.longPercent > 0) yield { ...scenario, work: { ...work, longPercent: 0 } };
}

function shorter(scenario: Scenario, durationMs: number): Scenario {
  const faults = scenario.faults.filter(({ fromMs }) => fromMs < durationMs);
  const revocations = scenario.revocations.filter(({ atMs }) => atMs < durationMs);
  const within = faults.map((fault) => ({
    ...fault,
    lengthMs: Math.min(fault.lengthMs, durationMs - fault.fromMs),
  }));
  return { ...scenario, faults: within, revocations, durationMs };
}
