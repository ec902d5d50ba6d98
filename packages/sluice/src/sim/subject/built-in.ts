// The API that runs have where nobody brings one: `look`, `make`, `ask`, `tell` and `build`, with the scenario's numbers.

import { reply } from "../../gate/index.ts";
import type { AnyGroup } from "../contract-scenario.ts";
import {
  ASK_CREDITS,
  BASE_PATH,
  DEADLINE_MS,
  MAKE_CREDITS,
  simApi,
  startsJobs,
} from "../nodes/sim-api.ts";
import type { CallerGroup, Scenario } from "../scenario.ts";
import { SHOWN } from "./call-name.ts";
import type { Callee, Subject } from "./subject.ts";

/** Ample for whatever the work of a call may take, and for ours to be told of it. */
const CLIENT_DEADLINE = { totalMs: 60_000, attemptMs: 55_000 };

export function builtIn(scenario: Scenario): Subject {
  const { allowed, callers } = scenario;
  const { limitsDown, credits, windowMs, workMs } = allowed;
  return {
    api: simApi(scenario),
    callees: CALLEES,
    ...{ limitsDown, credits },
    hasProbers: false,
    hasJobs: callers.some(startsJobs),
    probed: "look",
    windowsMs: Math.max(windowMs, workMs),
    deadlineMs: DEADLINE_MS,
    planOf: () => "only",
    draw(group, random) {
      const { makePercent, askPercent, tellPercent = 0, buildPercent = 0 } = group as CallerGroup;
      let drawn = random.integer(100);
      if (drawn < makePercent) return "make";
      drawn -= makePercent;
      if (drawn < askPercent) return "ask";
      drawn -= askPercent;
      if (drawn < tellPercent) return "tell";
      return drawn < tellPercent + buildPercent ? "build" : "look";
    },
    clientOf: (_group: AnyGroup) => ({ deadline: CLIENT_DEADLINE }),
  };
}

const CALLEES: Subject["callees"] = {
  look: callee("GET", "look"),
  make: { ...callee("POST", "make"), hasSlot: true, fixedCredits: MAKE_CREDITS },
  ask: {
    ...callee("POST", "ask"),
    answer(call, account, random) {
      return reply({ [SHOWN]: { call, account }, cost: 1 + random.integer(ASK_CREDITS) });
    },
  },
  tell: { ...callee("POST", "tell"), way: "streams" },
  build: { ...callee("POST", "build"), way: "starts a job" },
};

function callee(method: string, name: string): Callee {
  return {
    method,
    input: {},
    target: `${BASE_PATH}/${name}`,
    body: undefined,
    hasSlot: false,
    fixedCredits: undefined,
    quotedCredits: 0,
    answer: (call, account) => reply({ [SHOWN]: { call, account }, cost: 0 }),
  };
}
