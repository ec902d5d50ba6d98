// `sluice simulate`: plans, policies and outages tried out in a world with virtual time, before customers do. A file for each.

import type { TypedFor } from "../command/commands.ts";
import type { simulateCommands } from "../command/simulate-commands.ts";

type SimulateName = keyof typeof simulateCommands;

/** Each loads what it needs, and nothing else. */
export const simulate: {
  readonly [Name in SimulateName]: (typed: TypedFor<Name>) => Promise<void>;
} = {
  "simulate outage": async (typed) => (await import("./outage.ts")).outage(typed),
  "simulate plan": async (typed) => (await import("./plan.ts")).plan(typed),
  "simulate scale": async (typed) => (await import("./scale/scale.ts")).scale(typed),
};
