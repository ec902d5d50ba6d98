// `npm run bench:client`: what the client and its peers do about limits, outages, lost answers and keys, in
// virtual time; and what a call costs of the machine, in real time.

import { inspect, parseArgs } from "node:util";
import { TUNED } from "./client/line-up.ts";
import { breakers } from "./client/rows/breakers.ts";
import { keyLeaks } from "./client/rows/key-leaks.ts";
import { allLostAnswers, someLostAnswers } from "./client/rows/lost-answers.ts";
import { metastability, metastableFleet } from "./client/rows/metastability.ts";
import { outage } from "./client/rows/outage.ts";
import { ownMemory, ownTime } from "./client/rows/own-cost.ts";
import { oneShardBad, threeShardsBad } from "./client/rows/partial-failure.ts";
import { fixedWindow, slidingLog } from "./client/rows/rate-limits.ts";
import { retryAfter } from "./client/rows/retry-after.ts";
import { throughput, throughputOfAll } from "./client/rows/throughput.ts";
import { type Aim, aimLine, type Group, printGroup } from "./client/score.ts";

const GROUPS = {
  sliding: slidingLog,
  fixed: fixedWindow,
  outage,
  metastable: metastability,
  "shard-1": oneShardBad,
  "shard-3": threeShardsBad,
  "retry-after": retryAfter,
  lost: someLostAnswers,
  "all-lost": allLostAnswers,
  leaks: keyLeaks,
  breakers,
  time: ownTime,
  memory: ownMemory,
  throughput,
};

const MORE = { throughput: throughputOfAll, fleet: metastableFleet };

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    all: { type: "boolean", default: false },
  },
});
const { only, all } = values;
const groups: Readonly<Record<string, Group>> = all ? { ...GROUPS, ...MORE } : GROUPS;
const known = { ...GROUPS, ...MORE };
const unknown = only.filter((name) => !Object.hasOwn(known, name));
if (unknown.length > 0) {
  console.error(`--only takes ${Object.keys(known).join(", ")}, not ${unknown.join(", ")}`);
  process.exit(1);
}
console.log('Set by hand, beforehand, for all rows ("tuned"):');
for (const { name, tuning } of TUNED) {
  console.log(`  ${name}: ${inspect(tuning, { breakLength: Number.POSITIVE_INFINITY })}`);
}
const aims: Aim[] = [];
for (const [name, group] of Object.entries(only.length > 0 ? { ...known, ...groups } : groups)) {
  if (only.length > 0 && !only.includes(name)) continue;
  console.error(name);
  aims.push(...(await printGroup(group)));
}
console.log(`\n${aims.map(aimLine).join("\n")}`);
