// `npm run planted`: each planted bug, the law by which the simulator finds it, and how many seeds that took. Fails where one is
// not found. `npm run planted -- breaker` tries those whose name has the word; `--known` tries the seed beside each bug only.

import { PLANTED } from "./bugs.ts";
import type { Planted } from "./planted-bug.ts";
import { simulatorWith } from "./planted-module.ts";

/** More seeds than any of them needs. */
const SEEDS_MAX = 3_000;

const [word = ""] = process.argv.slice(2);
const isKnown = word === "--known";

async function seedsToFind(bug: Planted): Promise<string> {
  const { scenarioOf, simulate } = await simulatorWith(bug);
  const [first, last] = isKnown ? [bug.seed, bug.seed] : [1, SEEDS_MAX];
  for (let seed = first; seed <= last; seed++) {
    const { violations } = await simulate({ ...scenarioOf(seed), ...bug.scenario }, seed);
    if (violations[0] !== undefined) return `${String(seed).padStart(5)}  ${violations[0].law}`;
  }
  missed++;
  return `    –  not found in seeds ${first} to ${last}; "npm run planted" says where it is`;
}

let missed = 0;
const chosen = PLANTED.filter(({ name }) => isKnown || name.includes(word));
console.log(`${"bug".padEnd(74)}seeds  law`);
for (const bug of chosen) console.log(`${bug.name.padEnd(74)}${await seedsToFind(bug)}`);
console.log(`${chosen.length - missed} of ${chosen.length} found`);
process.exitCode = missed === 0 ? 0 : 1;
