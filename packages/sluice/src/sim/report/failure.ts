// A run that broke a law, for people: the seed, the law, the scenario, the last that happened, and how to have it again.

import type { AnyScenario } from "../contract-scenario.ts";
import type { Run } from "../run/run.ts";

/** Of the trace, as much as one reads. */
const LINES_SHOWN = 40;

/** @param again The command that has the same run again. */
export function describeFailure(run: Run<AnyScenario>, again: string): string {
  const { seed, violations, scenario, lastLines } = run;
  const laws = violations.map(
    ({ law, atMs, found }) => `  at ${atMs.toFixed(1)} ms: ${law}\n    ${found}`,
  );
  return [
    `Seed ${seed} breaks a law:`,
    ...laws,
    `The scenario: ${JSON.stringify(scenario)}`,
    `The last that happened, of ${run.totals.events} events (digest ${run.digest}):`,
    ...lastLines.slice(-LINES_SHOWN).map((line) => `  ${line}`),
    `Again: ${again}`,
  ].join("\n");
}
