// Bugs, each as a change to one line of the production code: what was there, what stands there instead, and the law that the
// simulator must find broken.

import type { Scenario } from "sluice/sim";
import { MORE_BUGS } from "./more-bugs.ts";
import type { Planted } from "./planted-bug.ts";

const LANE = "store/redis/limits/lane.ts";
const DENIALS = "store/redis/limits/denials.ts";
const BREAKER = "store/redis/limits/breaker.ts";
const LEASES = "store/redis/limits/leases.ts";
const LOCAL = "store/redis/limits/local-limits.ts";
const DISTANT = "store/redis/limits/distant-limits.ts";
const KEYS = "gate/keys/key-verifier.ts";
const RESERVE = "gate/steps/reserve.ts";
const ADMIT = "gate/steps/admit.ts";

/** One account, whose keys end one after the other while whoever looks them up waits long. */
const ENDING_KEYS: Partial<Scenario> = {
  callers: [
    {
      name: "firm",
      count: 12,
      perAccount: 12,
      shape: "steady",
      perMinute: 200,
      policy: "none",
      makePercent: 0,
      askPercent: 0,
      leavePercent: 0,
      strangerPercent: 0,
    },
  ],
  faults: [{ kind: "slow", part: "directory", moreMs: 900, fromMs: 0, lengthMs: 5_000 }],
  revocations: Array.from({ length: 10 }, (_, at) => ({ atMs: 500 + 400 * at, keys: 1 })),
  durationMs: 16_000,
};

export const PLANTED: readonly Planted[] = [
  {
    name: "batcher: a batch answers the wrong callers",
    seed: 13,
    file: LANE,
    find: ".answered(answers[at]);",
    put: ".answered(answers[batch.length - 1 - at]);",
  },
  {
    name: "batcher: a batch that hung counts whenever it arrives",
    seed: 17,
    file: LANE,
    find: "Math.ceil(sentMs + this.#aheadMs + 2 * deadlineMs)",
    put: "0",
  },
  {
    name: "batcher: the deadline is that of another unit",
    seed: 2,
    file: LANE,
    find: "const cancel = clock.after(deadlineMs, () => {",
    put: "const cancel = clock.after(1_000 * deadlineMs, () => {",
  },
  {
    name: "batcher: a failed batch counts as a good one",
    seed: 2,
    file: LANE,
    find: "this.#breaker.tell(answers === undefined,",
    put: "this.#breaker.tell(false,",
  },
  {
    name: "deny cache: a denial outlives the first free place",
    seed: 3,
    file: DENIALS,
    find: "untilMs: askedMs + holdMs - 1",
    put: "untilMs: askedMs + 2 * holdMs",
  },
  {
    name: "deny cache: one call's denial refuses another kind of call",
    seed: 2,
    file: DENIALS,
    find: "if (!sameClaims(denial.claims, windows)) return undefined;",
    put: "",
  },
  {
    name: "deny cache: time that passed is taken off the wait twice",
    seed: 3,
    file: DENIALS,
    find: "retryAfterMs: verdict.retryAfterMs - passedMs,",
    put: "retryAfterMs: verdict.retryAfterMs - 2 * passedMs,",
  },
  {
    name: "breaker: never half-opens",
    seed: 2,
    file: BREAKER,
    find: 'if (this.#probing || nowMs < this.#untilMs) return "stay";',
    put: 'return "stay";',
  },
  {
    name: "breaker: a probe that failed is never over",
    seed: 2,
    file: BREAKER,
    find: "    this.#probing = false;\n    if (failed) {",
    put: "    if (failed) {",
  },
  {
    name: "breaker: failures in a row do not open it",
    seed: 2,
    file: BREAKER,
    find: "if (isStrained || this.#streak >= CONSECUTIVE) this.#open(nowMs);",
    put: "if (isStrained) this.#open(nowMs);",
  },
  {
    name: "breaker: more than one probe at a time",
    seed: 2,
    file: BREAKER,
    find: 'if (this.#probing || nowMs < this.#untilMs) return "stay";',
    put: 'if (nowMs < this.#untilMs) return "stay";',
  },
  {
    name: "leases: no heartbeat",
    seed: 1,
    file: LEASES,
    find: "clock.after(leaseMs / BEATS, () => {",
    put: "clock.after(leaseMs * 100, () => {",
  },
  {
    name: "leases: the heartbeat keeps what was given back",
    seed: 1,
    file: LEASES,
    find: "this.#held.delete(key);\n      // What was said last counts.\n",
    put: "",
  },
  {
    name: "counting alone: each outage begins with empty windows",
    seed: 216,
    file: LOCAL,
    find: "if (this.#clock.monotonicMs() >= this.#staleMs) this.#memory",
    put: "this.#memory",
  },
  {
    name: "counting alone: the server is never told",
    seed: 13,
    file: LOCAL,
    find: "if (this.#unheard.size === 0) return NOTHING;",
    put: "return NOTHING;",
  },
  {
    name: "counting alone: the server is told of what it may have counted",
    seed: 10,
    file: DISTANT,
    find: "resolve(this.#decideHere(admission, nowMs, error, false));",
    put: "resolve(this.#decideHere(admission, nowMs, error, true));",
  },
  {
    name: "exact window: > for >=",
    seed: 13,
    file: "store/memory/exact-window.ts",
    find: "if (needed <= 0) return 0;",
    put: "if (needed <= 1) return 0;",
  },
  {
    name: "key cache: outlives a revocation",
    seed: 2,
    file: KEYS,
    find: "if (identity.caller.accountId === accountId) this.#known.delete(key);",
    put: "if (identity.caller.accountId === accountId) this.#known.get(key);",
  },
  {
    name: "key cache: keeps what was read before a change",
    seed: 9,
    scenario: ENDING_KEYS,
    file: KEYS,
    find: "      if (changes === this.#changes) break;\n    }\n    this.#announceBack();\n    const mayKeep = changes === this.#changes;",
    put: "      break;\n    }\n    this.#announceBack();\n    const mayKeep = true;",
  },
  {
    name: "key cache: believes what it knew while it could not hear of changes",
    seed: 463,
    file: KEYS,
    find: "for (const known of this.#known.values()) known.untilMs = 0;",
    put: "",
  },
  {
    name: "key cache: everybody waits for one look-up, whoever's it is",
    seed: 16,
    file: KEYS,
    find: "const running = this.#inFlight.get(key);",
    put: "const running = this.#inFlight.values().next().value;",
  },
  {
    name: "gate: the undo forgets the slot",
    seed: 1,
    file: ADMIT,
    find: "await gate.stores.limits.release(slots, visit.known.caller.accountId);",
    put: "",
  },
  {
    name: "gate: who counted alone does not say so",
    seed: 10,
    file: ADMIT,
    find: "    announceDown(gate, verdict.local.cause);\n    visit.limitsAreDown = true;",
    put: "    announceDown(gate, verdict.local.cause);",
  },
  {
    name: "gate: a hold whose reply got lost is not given back",
    seed: 165,
    file: RESERVE,
    find: '  gate.onEvent({ kind: "fault", step: "reserve"',
    put: '  visit.hold = undefined;\n  gate.onEvent({ kind: "fault", step: "reserve"',
  },
  {
    name: "gate: the undo forgets the hold",
    seed: 4,
    file: RESERVE,
    find: "  await gate.stores.ledger.release(hold.id, gate.clock.wallMs());\n",
    put: "",
  },
  {
    name: "gate: the undo charges",
    seed: 4,
    file: RESERVE,
    find: "await gate.stores.ledger.release(hold.id, gate.clock.wallMs());",
    put: "await gate.stores.ledger.settle({ holdId: hold.id, charge: hold.amount, rememberMs: 0 }, gate.clock.wallMs());",
  },
  {
    name: "gate: the answer of work that failed shows why",
    seed: 3,
    file: "contract/render.ts",
    find: "const message = refusal.message ?? fillTemplate(template, refusal, retryAfter);",
    put: 'const message = refusal.condition === "internal" ? "the work failed" : (refusal.message ?? fillTemplate(template, refusal, retryAfter));',
  },
  {
    name: "client: jitter without a floor under what the server said",
    seed: 2,
    file: "client/decide/backoff.ts",
    find: "return toldMs + random.float() * Math.min(toldMs * JITTER_SHARE, JITTER_MAX_MS);",
    put: "return toldMs * random.float();",
  },
  {
    name: "client: what needs payment is tried again",
    seed: 2,
    file: "client/decide/decide.ts",
    find: "if (objection !== undefined) return stop(objection);",
    put: 'if (objection === "would happen twice") return stop(objection);',
  },
  ...MORE_BUGS,
];
