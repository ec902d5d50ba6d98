// A program: starts jobs in a file of records, prints the request of each once it is acknowledged and
// the outcome of each once it ended, until it is killed. Every run draws from one seed.

import { writeSync } from "node:fs";
import { seededRandom, systemClock } from "sluice/base";
import { openMaveraRecords } from "../../upstream/file/index.ts";
import { createMaveraUpstream } from "../../upstream/index.ts";

const [file = ""] = process.argv.slice(2);
const records = openMaveraRecords(file);
const upstream = createMaveraUpstream({
  clock: systemClock,
  random: seededRandom("job maker"),
  records,
  onJobEnd: async ({ requestId, outcome }) => writeAll(`${requestId} ${outcome.kind}\n`),
});
upstream.resume();

for (let n = 0; ; n += 1) {
  const requestId = `request_${n}_of_${records.opening}`;
  const body = JSON.stringify({ name: requestId, delay: 20 });
  const response = await upstream.fetch(
    new Request("http://upstream/focus-groups", { method: "POST", body }),
    { accountId: "acct_1", keyId: "key_1", plan: "starter", limits: {}, requestId },
  );
  await response.body?.cancel();
  // Not by `process.stdout`, which may print later than it is told to.
  writeAll(`${requestId} begun\n`);
  await systemClock.sleep(1);
}

/** Whole, also through a pipe that is full for the moment: who reads it may be slow. */
function writeAll(text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}
