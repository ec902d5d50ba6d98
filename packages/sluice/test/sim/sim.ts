// `npm run sim`: runs seeds, and makes the first that breaks a law small.
//   npm run sim -- --seed 7              one seed, with what came of it
//   npm run sim -- --seeds 1-2000        many
//   npm run sim -- --seed 7 --scenario minimised.json    a scenario from a file, in place of the one that the seed draws

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { describeFailure, type Run, type Scenario, scenarioOf, shrink, simulate } from "sluice/sim";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    seeds: { type: "string", default: "1-100" },
    scenario: { type: "string" },
  },
});

const again = (run: Run) => `npm run sim -- --seed ${run.seed}`;

function seedsAsked(): number[] {
  if (values.seed !== undefined) return [Number(values.seed)];
  const [from = 1, to = from] = values.seeds.split("-").map(Number);
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

function scenarioFor(seed: number): Scenario {
  if (values.scenario === undefined) return scenarioOf(seed);
  return JSON.parse(readFileSync(values.scenario, "utf8")) as Scenario;
}

const seeds = seedsAsked();
let events = 0;
for (const seed of seeds) {
  const scenario = scenarioFor(seed);
  // First, so that a run that never ends can be had again.
  if (seeds.length === 1) console.log(JSON.stringify(scenario));
  const run = await simulate(scenario, seed);
  events += run.totals.events;
  if (run.violations.length > 0) {
    const { run: small, tries } = await shrink(run);
    console.log(describeFailure(small, `${again(run)} (made smaller in ${tries} runs)`));
    process.exit(1);
  }
  if (seeds.length === 1) console.log(run.totals, `digest ${run.digest}`);
}
console.log(`${seeds.length} seeds, ${events} events, no law broken`);
