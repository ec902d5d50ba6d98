// `npm run sim:hour`: an hour of a thousand callers with an outage in its midst, all laws watched, and the processor time that
// it takes. A number to be read, and compared on one machine only.

import { simulate } from "sluice/sim";

const MINUTE_MS = 60_000;
const group = {
  perAccount: 10,
  makePercent: 10,
  askPercent: 20,
  leavePercent: 1,
  strangerPercent: 1,
  perMinute: 1,
} as const;

const began = process.cpuUsage();
const { totals, violations } = await simulate(
  {
    nodes: { count: 4, driftPpm: 50 },
    limits: { aheadMs: 1_000, deadlineMs: 30, leaseMs: 15_000, replicaLagMs: 100 },
    network: { callers: { leastMs: 10, moreMs: 20 }, stores: { leastMs: 0.3, moreMs: 0.2 } },
    allowed: {
      windowLimit: 60,
      windowMs: MINUTE_MS,
      workLimit: 100,
      workMs: MINUTE_MS,
      slots: 5,
      credits: 100_000,
      limitsDown: "local",
    },
    work: { tookMs: { leastMs: 5, moreMs: 50 }, longPercent: 1, longMs: 20_000, failPercent: 1 },
    callers: [
      { ...group, name: "ours", count: 500, shape: "steady", policy: "sluice" },
      { ...group, name: "theirs", count: 500, shape: "diurnal", policy: "openai" },
    ],
    faults: [
      { kind: "hung", part: "limits", fromMs: 20 * MINUTE_MS, lengthMs: MINUTE_MS },
      { kind: "crash", node: 1, afterMessages: 0, fromMs: 40 * MINUTE_MS, lengthMs: MINUTE_MS },
    ],
    revocations: [{ atMs: 30 * MINUTE_MS, keys: 5 }],
    durationMs: 60 * MINUTE_MS,
    recoveryMs: 10_000,
  },
  1,
);
const { user, system } = process.cpuUsage(began);
console.log(totals);
console.log(
  `${((user + system) / 1e6).toFixed(1)} s of processor, ${violations.length} laws broken`,
);
process.exitCode = violations.length === 0 ? 0 : 1;
