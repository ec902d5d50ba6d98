// What is played in both kinds of time: a limit that is too low, an outage, work that fails now and then, a ledger and a
// server of limits that are away, a storm of retries. Waits are long beside what this machine is late by.

import type { CallerGroup, Fault, PolicyName, Scenario } from "../../../src/sim/index.ts";

const group = (
  name: string,
  policy: PolicyName,
  count: number,
  more: Partial<CallerGroup> = {},
): CallerGroup => ({
  name,
  count,
  perAccount: 1,
  shape: "steady",
  perMinute: 60,
  policy,
  makePercent: 0,
  askPercent: 0,
  leavePercent: 0,
  strangerPercent: 0,
  ...more,
});

const AMPLE = { windowLimit: 100_000, windowMs: 5_000, workLimit: 100_000, workMs: 5_000 };

const base = {
  nodes: { count: 2, driftPpm: 0 },
  // A deadline that a busy machine keeps: what happens after it is the outage of the limits.
  limits: { aheadMs: 0, deadlineMs: 150, leaseMs: 5_000, replicaLagMs: 0 },
  network: { callers: { leastMs: 20, moreMs: 20 }, stores: { leastMs: 0.5, moreMs: 0 } },
  allowed: { ...AMPLE, slots: 100, credits: 1_000_000, limitsDown: "local" },
  work: { tookMs: { leastMs: 20, moreMs: 20 }, longPercent: 0, longMs: 0, failPercent: 0 },
  faults: [] as readonly Fault[],
  revocations: [],
  durationMs: 18_000,
  recoveryMs: 12_000,
} satisfies Partial<Scenario>;

const down = (node: number): Fault => ({
  ...{ kind: "crash", node, afterMessages: 0 },
  ...{ fromMs: 8_000, lengthMs: 8_000 },
});

/**
 * How often it is played anew, where once is too few. Of five calls four wait for nothing when work fails: among those of one
 * round chance alone puts their mean wait 4 % apart. And who of the refused is first when limits are back, a millisecond decides.
 */
export const ROUNDS: Readonly<Record<string, number>> = {
  "20 of 100 pieces of work fail": 5,
  "the server of the limits hangs for 6 s, and calls are refused": 3,
};

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "a limit of 10 in 5 s, and callers who want 15": {
    ...base,
    allowed: { ...base.allowed, windowLimit: 10 },
    callers: [
      group("ours", "sluice", 8, { perMinute: 180 }),
      group("openai", "openai", 4, { perMinute: 180 }),
      group("ky", "ky", 4, { perMinute: 180 }),
    ],
  },
  "every node is down for 8 s": {
    ...base,
    faults: [down(0), down(1)],
    callers: [group("ours", "sluice", 20), group("openai", "openai", 10), group("aws", "aws", 10)],
  },
  "a storm of retries: the same, and nobody of ours": {
    ...base,
    faults: [down(0), down(1)],
    callers: [
      group("p-retry", "p-retry", 15, { shape: "bursty" }),
      group("axios-retry", "axios-retry", 15, { shape: "bursty" }),
    ],
  },
  "20 of 100 pieces of work fail": {
    ...base,
    work: { ...base.work, failPercent: 20 },
    callers: [
      group("ours", "sluice", 20, { askPercent: 50 }),
      group("openai", "openai", 40, { askPercent: 50 }),
    ],
  },
  "the ledger refuses for 8 s": {
    ...base,
    faults: [{ kind: "refused", part: "ledger", fromMs: 8_000, lengthMs: 8_000 }],
    callers: [
      group("ours", "sluice", 20, { askPercent: 100 }),
      group("openai", "openai", 10, { askPercent: 100 }),
    ],
  },
  // The fourth probe comes 4 s after its beginning, the fifth after 8, give or take: the end is at neither.
  "the server of the limits hangs for 6 s, and calls are refused": {
    ...base,
    allowed: { ...base.allowed, limitsDown: "closed" },
    faults: [{ kind: "hung", part: "limits", fromMs: 8_000, lengthMs: 6_000 }],
    callers: [group("ours", "sluice", 20), group("openai", "openai", 20)],
  },
  "the server of the limits hangs for 6 s, and nodes count by themselves": {
    ...base,
    allowed: { ...base.allowed, windowLimit: 10 },
    faults: [{ kind: "hung", part: "limits", fromMs: 8_000, lengthMs: 6_000 }],
    callers: [
      group("ours", "sluice", 16, { perMinute: 110 }),
      group("openai", "openai", 16, { perMinute: 110 }),
    ],
  },
};
