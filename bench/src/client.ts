// `npm run bench:client`: what the client and its peers do about limits, outages, lost answers and keys, in
// virtual time; and what a call costs of the machine, in real time.

import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect, parseArgs } from "node:util";
import { TUNED } from "./client/line-up.ts";
import { breakers } from "./client/rows/breakers.ts";
import { brownOut } from "./client/rows/brown-out.ts";
import { hopeless } from "./client/rows/hopeless.ts";
import { keyLeaks } from "./client/rows/key-leaks.ts";
import { allLostAnswers, someLostAnswers } from "./client/rows/lost-answers.ts";
import { metastability, metastabilityOfAll, metastableFleet } from "./client/rows/metastability.ts";
import { flapping, outage, slowThenDead } from "./client/rows/outage.ts";
import { ownMemory, ownTime } from "./client/rows/own-cost.ts";
import { oneShardBad, threeShardsBad } from "./client/rows/partial-failure.ts";
import {
  fixedWindow,
  fourClients,
  moreRates,
  slidingLog,
  tokenBucket,
} from "./client/rows/rate-limits.ts";
import { headersAndContract, headersOnly } from "./client/rows/rate-matrix.ts";
import { realTime, realTimeOfAll } from "./client/rows/real-time.ts";
import { retryAfter } from "./client/rows/retry-after.ts";
import { retryAfterForms } from "./client/rows/retry-after-forms.ts";
import { streams } from "./client/rows/streams.ts";
import { throughput, throughputOfAll } from "./client/rows/throughput.ts";
import { type Group, measureGroup } from "./client/score.ts";
import { faultsOf } from "./results/faults.ts";
import { recordTo } from "./results/recorder.ts";
import type { Aim } from "./results/table.ts";
import { aimLine, terminalTable } from "./results/terminal.ts";

/** Each by the name that `--only` takes. */
const GROUPS: Readonly<Record<string, Group>> = {
  sliding: slidingLog,
  fixed: fixedWindow,
  bucket: tokenBucket,
  dialects: headersOnly,
  contract: headersAndContract,
  clients: fourClients,
  outage,
  metastable: metastability,
  "brown-out": brownOut,
  "shard-1": oneShardBad,
  "shard-3": threeShardsBad,
  "retry-after": retryAfter,
  forms: retryAfterForms,
  hopeless,
  streams,
  lost: someLostAnswers,
  "all-lost": allLostAnswers,
  leaks: keyLeaks,
  breakers,
  "real-time": realTime,
  time: ownTime,
  memory: ownMemory,
  throughput,
};

/** What `--all` adds, or measures with more rows. */
const MORE: Readonly<Record<string, Group>> = {
  ...moreRates,
  flapping,
  slow: slowThenDead,
  metastable: metastabilityOfAll,
  fleet: metastableFleet,
  "real-time": realTimeOfAll,
  throughput: throughputOfAll,
};

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    all: { type: "boolean", default: false },
    pictures: { type: "string" },
    record: { type: "string" },
  },
});
const { only, all, pictures } = values;
const known = { ...MORE, ...GROUPS, ...(all && MORE) };
/** A group, or `group/row`. */
const groupOf = (asked: string) => asked.split("/", 1)[0] ?? "";
const unknown = only.filter((asked) => !Object.hasOwn(known, groupOf(asked)));
if (unknown.length > 0) {
  const groups = Object.keys(known).join(", ");
  console.error(
    `--only takes ${groups}, or a row of one, such as outage/ky, not ${unknown.join(", ")}`,
  );
  process.exit(1);
}
console.log("Set by hand and for all rows, where a name ends in “tuned”:");
for (const { name, tuning } of TUNED) {
  console.log(`  ${name}: ${inspect(tuning, { breakLength: Number.POSITIVE_INFINITY })}`);
}
const folder = pictures ?? mkdtempSync(join(tmpdir(), "sluice-bench-pictures-"));
mkdirSync(folder, { recursive: true });
const draw = (name: string, svg: string) => writeFileSync(join(folder, `${name}.svg`), svg);
const names = Object.keys(all ? { ...GROUPS, ...MORE } : GROUPS);
const record = recordTo(values.record);
const aims: Aim[] = [];
const faults: string[] = [];
for (const id of only.length > 0 ? new Set(only.map(groupOf)) : names) {
  const group = known[id];
  if (group === undefined) continue;
  console.error(id);
  const table = await measureGroup({ command: "bench:client", id }, group, only, draw);
  console.log(terminalTable(table));
  record.keep(table);
  aims.push(...table.aims);
  faults.push(...faultsOf(table));
}
console.log(`\npictures are in ${folder}`);
console.log(`\n${aims.map(aimLine).join("\n")}`);
if (faults.length > 0) {
  record.fail(faults.join("\n"));
  console.error(`\nbench:client FAILED: ${faults.join("\n")}`);
  process.exitCode = 1;
}
