// A scenario drawn from a seed alone (swarm testing): few kinds of trouble at a time, and each run others, so that one kind does
// not hide another. Small, so that many can be run.

import { type Random, seededRandom } from "../base/index.ts";
import type { CallerGroup, Delay, Fault, Part, PolicyName, Scenario, Shape } from "./scenario.ts";

const PARTS: readonly Part[] = ["limits", "limits", "limits", "ledger", "directory"];
const SHAPES: readonly Shape[] = ["steady", "bursty", "diurnal"];
const POLICIES: readonly PolicyName[] = ["sluice", "none", "openai", "ky", "p-retry", "aws"];

export function scenarioOf(seed: number | string): Scenario {
  const random = seededRandom(`${seed}, scenario`);
  const durationMs = 4_000 + random.integer(12_000);
  const count = 1 + random.integer(3);
  const windowMs = random.pick([1_000, 2_000, 5_000, 10_000]);
  const leaseMs = random.pick([1_000, 2_000, 5_000, 15_000]);
  return {
    nodes: { count, driftPpm: random.pick([0, 0, 50, 500]) },
    limits: {
      aheadMs: random.integer(1_000_000),
      deadlineMs: random.pick([10, 30, 30, 100]),
      leaseMs,
      replicaLagMs: random.pick([0, 100, 1_000]),
    },
    network: { callers: drawWay(random, 20), stores: drawWay(random, 2) },
    allowed: {
      windowLimit: 1 + random.integer(20),
      windowMs,
      workLimit: 1 + random.integer(12),
      workMs: random.pick([1_000, 3_000, 10_000]),
      slots: 1 + random.integer(3),
      credits: random.pick([0, 50, 500, 10_000, 10_000]),
      limitsDown: random.pick(["local", "local", "local", "open", "closed"] as const),
    },
    work: {
      tookMs: { leastMs: 1, moreMs: random.pick([5, 50, 300]) },
      longPercent: random.pick([0, 10, 30]),
      longMs: Math.min(50_000, random.pick([2 * leaseMs, 4 * leaseMs, 500])),
      failPercent: random.pick([0, 0, 10]),
    },
    callers: drawGroups(random),
    faults: drawFaults(random, durationMs, count),
    revocations: drawRevocations(random, durationMs),
    durationMs,
    recoveryMs: 10_000,
  };
}

function drawWay(random: Random, mostMs: number): Delay {
  return {
    leastMs: 0.1 + random.float() * mostMs,
    moreMs: random.pick([0, 0.1, 1]) * random.float() * mostMs,
  };
}

function drawGroups(random: Random): CallerGroup[] {
  const groups: CallerGroup[] = [];
  for (let at = 0; at <= random.integer(2); at++) {
    const makePercent = random.pick([0, 20, 60]);
    groups.push({
      name: `group${at}`,
      count: 1 + random.integer(3),
      perAccount: 1 + random.integer(3),
      shape: random.pick(SHAPES),
      perMinute: random.pick([20, 60, 200, 400]),
      policy: random.pick(POLICIES),
      makePercent,
      askPercent: random.pick([0, 20, 40]),
      leavePercent: random.pick([0, 0, 10, 30]),
      strangerPercent: random.pick([0, 0, 5]),
    });
  }
  return groups;
}

/** Soon after one another: what a node has just asked for is then out of date before it hears of it. */
function drawRevocations(random: Random, durationMs: number): Scenario["revocations"] {
  if (random.integer(2) === 0) return [];
  const count = 1 + random.integer(4);
  const firstMs = random.float() * durationMs;
  return Array.from({ length: count }, () => ({
    atMs: Math.floor(Math.min(durationMs, firstMs + random.float() * 3_000)),
    keys: 1,
  }));
}

/** A quarter of the runs has none: what breaks without a fault is told best without one. */
function drawFaults(random: Random, durationMs: number, nodes: number): Fault[] {
  const count = random.pick([0, 1, 2, 4]);
  // Of what there is, a run meets some kinds only.
  const kinds = FAULT_KINDS.filter(() => random.integer(2) === 0);
  if (kinds.length === 0) return [];
  return Array.from({ length: count }, () => {
    const fromMs = Math.floor(random.float() * durationMs * 0.8);
    const mostMs = random.pick([50, 500, 3_000, 8_000]);
    const lengthMs = Math.floor(Math.min(random.float() * mostMs, durationMs - fromMs));
    const fault = drawFault(random, random.pick(kinds), { fromMs, lengthMs }, nodes);
    return random.integer(3) === 0 ? again(fault, random.integer(1_500), durationMs) : [fault];
  }).flat();
}

const AGAIN_MAX = 3;

/** Some things go wrong, seem to be over, and come back. */
function again(fault: Fault, pauseMs: number, durationMs: number): Fault[] {
  return Array.from({ length: AGAIN_MAX }, (_, at) => ({
    ...fault,
    fromMs: fault.fromMs + at * (fault.lengthMs + pauseMs),
  })).filter(({ fromMs, lengthMs }) => fromMs + lengthMs <= durationMs);
}

const FAULT_KINDS = [
  "slow",
  "hung",
  "mute",
  "refused",
  "crash",
  "failover",
  "clock_step",
  "wall_step",
  "loss",
] as const satisfies readonly Fault["kind"][];

function drawFault(
  random: Random,
  kind: (typeof FAULT_KINDS)[number],
  time: { readonly fromMs: number; readonly lengthMs: number },
  nodes: number,
): Fault {
  const node = random.integer(nodes);
  const where = random.integer(3) === 0 ? { node } : {};
  const stepMs = random.pick([-60_000, -2_000, -50, 50, 2_000, 60_000]);
  switch (kind) {
    case "slow":
      return {
        kind,
        part: random.pick(PARTS),
        moreMs: random.pick([5, 40, 200, 1_500]),
        ...where,
        ...time,
      };
    case "hung":
    case "mute":
    case "refused":
      return { kind, part: random.pick(PARTS), ...where, ...time };
    case "crash":
      return { kind, node, afterMessages: random.integer(8), ...time };
    case "wall_step":
      return { kind, node, stepMs, ...time };
    case "clock_step":
      return { kind, stepMs, ...time };
    case "failover":
      return { kind, ...time };
    case "loss":
      return { kind, percent: random.pick([2, 20, 60]), ...time };
  }
}
