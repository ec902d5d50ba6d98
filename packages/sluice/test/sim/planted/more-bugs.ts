// Bugs in what is more than one answer to one call: streams, jobs, repeated calls, budgets.

import type { Planted } from "./planted-bug.ts";

const JOBS = "gate/jobs/job-desk.ts";
const KEYS = "gate/keys/key-verifier.ts";
const JOB_SLOTS = "gate/jobs/job-slots.ts";

/** Jobs that outlive many leases, and nothing goes wrong. */
const LONG_JOBS: Planted["scenario"] = {
  limits: { aheadMs: 0, deadlineMs: 30, leaseMs: 1_000, replicaLagMs: 0 },
  callers: [
    {
      name: "studio",
      count: 2,
      perAccount: 1,
      shape: "steady",
      perMinute: 100,
      policy: "none",
      makePercent: 0,
      askPercent: 0,
      buildPercent: 60,
      leavePercent: 0,
      strangerPercent: 0,
    },
  ],
  jobs: { tookMs: { leastMs: 1, moreMs: 3_000 }, failPercent: 0, lostPercent: 0, ageMs: 60_000 },
  faults: [],
  revocations: [],
  durationMs: 10_000,
};

/** Jobs that are over before anybody has heard that they began. */
const QUICK_JOBS: Planted["scenario"] = {
  ...LONG_JOBS,
  nodes: { count: 2, driftPpm: 0 },
  network: { callers: { leastMs: 8, moreMs: 0 }, stores: { leastMs: 4, moreMs: 2 } },
  jobs: { tookMs: { leastMs: 1, moreMs: 5 }, failPercent: 0, lostPercent: 0, ageMs: 60_000 },
};

/** So many calls hold a slot at once that one beat of their leases is more than a batch. */
const MANY_SLOTS: Planted["scenario"] = {
  nodes: { count: 1, driftPpm: 0 },
  limits: { aheadMs: 0, deadlineMs: 100, leaseMs: 3_000, replicaLagMs: 0 },
  allowed: {
    windowLimit: 1_000,
    windowMs: 1_000,
    workLimit: 1_000,
    workMs: 1_000,
    slots: 1_000,
    credits: 100_000,
    limitsDown: "local",
  },
  work: { tookMs: { leastMs: 4_000, moreMs: 0 }, longPercent: 0, longMs: 0, failPercent: 0 },
  callers: [
    {
      name: "crowd",
      count: 10,
      perAccount: 10,
      shape: "steady",
      perMinute: 400,
      policy: "none",
      makePercent: 100,
      askPercent: 0,
      leavePercent: 0,
      strangerPercent: 0,
    },
  ],
  faults: [],
  revocations: [],
  durationMs: 6_000,
  recoveryMs: 10_000,
};

export const MORE_BUGS: readonly Planted[] = [
  {
    name: "batcher: a batch has no bound",
    seed: 1,
    scenario: MANY_SLOTS,
    file: "store/redis/limits/lane.ts",
    find: "const BATCH_MAX = 128;",
    put: "const BATCH_MAX = 128_000;",
  },
  {
    name: "stream: its last event leaves before it is settled",
    seed: 677,
    file: "gate/stream/relay.ts",
    find: "if (completes && !(await end.complete())) return undefined;",
    put: "if (completes) void end.complete();",
  },
  {
    name: "stream: a caller who leaves pays for all that was held",
    seed: 165,
    file: "gate/stream/meter.ts",
    find: "return this.#isActual ? (this.#seen ?? 0) : this.#held;",
    put: "return this.#held;",
  },
  {
    name: "stream: a caller who leaves pays for nothing that it has heard",
    seed: 165,
    file: "gate/stream/stream-end.ts",
    find: 'if (ending === "abandoned" && this.began) {',
    put: 'if (ending === "abandoned" && !this.began) {',
  },
  {
    name: "stream: costs what its first event says",
    seed: 15,
    file: "gate/stream/meter.ts",
    find: "    if (isCredits(credits)) this.#seen = credits;\n  }\n\n  /** What came behind",
    put: "    if (isCredits(credits)) this.#seen ??= credits;\n  }\n\n  /** What came behind",
  },
  {
    name: "job: its end is unknown while another process answers its call",
    seed: 2,
    scenario: QUICK_JOBS,
    file: JOBS,
    find: 'hold?.state !== "open",',
    put: "true,",
  },
  {
    name: "job: its end leaves its slot taken",
    seed: 15,
    file: JOB_SLOTS,
    find: "await stores.limits.release(claimsOf(job, 1, NO_NEW), job.accountId);",
    put: "",
  },
  {
    name: "job: nobody keeps its slot",
    seed: 1,
    scenario: LONG_JOBS,
    file: JOB_SLOTS,
    find: "this.#beatAgain(jobLeaseMs / BEATS);",
    put: "",
  },
  {
    name: "job: its slot goes with its call",
    seed: 1,
    scenario: LONG_JOBS,
    file: "gate/steps/detach.ts",
    find: "if (await hasEndedElsewhere(visit, gate, hold)) return;\n  visit.slots = undefined;",
    put: "",
  },
  {
    name: "job: one that failed is charged",
    seed: 55,
    file: JOBS,
    find: 'if (outcome.kind === "failed") {\n    await',
    put: 'if (outcome.kind === "nothing") {\n    await',
  },
  {
    name: "idempotency: a key leads to the answer of another call",
    seed: 16,
    file: "gate/steps/idempotency.ts",
    find: "visit.search}",
    put: '""}',
  },
  {
    name: "idempotency: what is sent again is done again",
    seed: 16,
    file: "gate/steps/reserve.ts",
    find: "        ...(idempotency && { idempotency }),\n",
    put: "",
  },
  {
    name: "idempotency: what is under way is done a second time",
    seed: 719,
    file: "store/memory/idempotency.ts",
    find: 'if (record.state === "running") return { kind: "in_progress" };',
    put: 'if (record.state === "running") return undefined;',
  },
  {
    name: "budgets: only the widest is asked",
    seed: 15,
    file: "gate/steps/reserve.ts",
    find: "        budgets: visit.budgets,\n        amount,",
    put: "        budgets: visit.budgets.slice(0, 1),\n        amount,",
  },
  {
    name: "budgets: what is held does not count",
    seed: 47,
    file: "store/memory/budgets.ts",
    find: "if (pot.used + pot.held + amount <= budget.cap) continue;",
    put: "if (pot.used + amount <= budget.cap) continue;",
  },
  {
    name: "log: its buffer has no bound",
    seed: 80,
    file: "store/log/buffer.ts",
    find: "if (this.size === this.#rowsMax) {",
    put: "if (this.size < 0) {",
  },
  {
    name: "log: what could not be written is forgotten",
    seed: 62,
    file: "store/log/log-writer.ts",
    find: "      this.#refused += await sink.write(this.#chunk);\n      this.#chunk = [];",
    put: "      const chunk = this.#chunk;\n      this.#chunk = [];\n      this.#refused += await sink.write(chunk);",
  },
  {
    name: "key cache: everybody who asks for a key looks it up",
    seed: 43,
    file: KEYS,
    find: "    this.#inFlight.set(key, look);\n",
    put: "",
  },
];
