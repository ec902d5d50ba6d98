// The API that runs have where nobody brings one: `look`, `make` and `ask`, with the scenario's numbers.

import { reply } from "../../gate/index.ts";
import type { AnyGroup } from "../contract-scenario.ts";
import { ASK_CREDITS, BASE_PATH, DEADLINE_MS, MAKE_CREDITS, simApi } from "../nodes/sim-api.ts";
import type { CallerGroup, Scenario } from "../scenario.ts";
import { SHOWN } from "./call-name.ts";
import type { Callee, Subject } from "./subject.ts";

/** Ample for whatever the work of a call may take, and for ours to be told of it. */
const CLIENT_DEADLINE = { totalMs: 60_000, attemptMs: 55_000 };

export function builtIn({ allowed }: Scenario): Subject {
  const { limitsDown, credits, windowMs, workMs } = allowed;
  return {
    api: simApi(allowed),
    callees: CALLEES,
    ...{ limitsDown, credits },
    hasProbers: false,
    probed: "look",
    windowsMs: Math.max(windowMs, workMs),
    deadlineMs: DEADLINE_MS,
    planOf: () => "only",
    draw(group, random) {
      const { makePercent, askPercent } = group as CallerGroup;
      const drawn = random.integer(100);
      if (drawn < makePercent) return "make";
      return drawn < makePercent + askPercent ? "ask" : "look";
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
