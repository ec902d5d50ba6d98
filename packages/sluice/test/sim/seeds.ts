// Runs seeds, and says of one that breaks a law all that there is to say.

import { readFileSync } from "node:fs";
import { describeFailure, scenarioOf, shrink, simulate } from "../../src/sim/index.ts";

/** The seeds of the past that are run each time. */
export function pinnedSeeds(): number[] {
  const text = readFileSync(new URL("./seeds.txt", import.meta.url), "utf8");
  const lines = text.split("\n").filter((line) => /^\d/.test(line));
  return lines.map((line) => Number.parseInt(line, 10));
}

/** Throws with the minimised run where a law is broken. */
export async function runSeed(seed: number | string): Promise<void> {
  const run = await simulate(scenarioOf(seed), seed);
  if (run.violations.length === 0) return;
  const { run: small } = await shrink(run);
  throw new Error(describeFailure(small, `npm run sim -- --seed ${seed}`));
}
