// A run that broke a law, made small: whatever can go is left out as long as the same law still breaks.

import type { Run } from "../run/run.ts";
import { simulate } from "../run/simulate.ts";
import type { Scenario } from "../scenario.ts";
import { simpler } from "./simpler.ts";

/** Runs that are tried: each is short, and the first cuts are the largest. */
const TRIES_MAX = 300;

export interface Shrunk {
  readonly run: Run;
  readonly tries: number;
}

/** The smallest run of this seed that is found to break the law that `run` broke first. */
export async function shrink(run: Run, triesMax: number = TRIES_MAX): Promise<Shrunk> {
  const law = run.violations[0]?.law;
  let smallest = run;
  let tries = 0;
  const stillBreaks = async (scenario: Scenario) => {
    tries++;
    const tried = await simulate(scenario, run.seed);
    if (tried.violations[0]?.law !== law) return false;
    smallest = tried;
    return true;
  };
  for (let found = law !== undefined; found; ) {
    found = false;
    for (const scenario of simpler(smallest.scenario)) {
      if (tries >= triesMax) return { run: smallest, tries };
      if (!(await stillBreaks(scenario))) continue;
      found = true;
      break;
    }
  }
  return { run: smallest, tries };
}
