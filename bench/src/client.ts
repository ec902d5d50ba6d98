// `npm run bench:client`: what the client and its peers do about limits, outages, lost answers and keys, in
// virtual time; and what a call costs of the machine, in real time.

import { parseArgs } from "node:util";
import { breakers } from "./client/rows/breakers.ts";
import { keyLeaks } from "./client/rows/key-leaks.ts";
import { allLostAnswers, someLostAnswers } from "./client/rows/lost-answers.ts";
import { outage } from "./client/rows/outage.ts";
import { ownMemory, ownTime } from "./client/rows/own-cost.ts";
import { fixedWindow, slidingLog } from "./client/rows/rate-limits.ts";
import { retryAfter } from "./client/rows/retry-after.ts";
import { printGroup } from "./client/score.ts";

const GROUPS = {
  sliding: slidingLog,
  fixed: fixedWindow,
  outage,
  "retry-after": retryAfter,
  lost: someLostAnswers,
  "all-lost": allLostAnswers,
  leaks: keyLeaks,
  breakers,
  time: ownTime,
  memory: ownMemory,
};

const { values } = parseArgs({
  options: { only: { type: "string", multiple: true, default: [] } },
});
const { only } = values;
const unknown = only.filter((name) => !Object.hasOwn(GROUPS, name));
if (unknown.length > 0) {
  console.error(`--only takes ${Object.keys(GROUPS).join(", ")}, not ${unknown.join(", ")}`);
  process.exit(1);
}
for (const [name, group] of Object.entries(GROUPS)) {
  if (only.length > 0 && !only.includes(name)) continue;
  console.error(name);
  await printGroup(group);
}
