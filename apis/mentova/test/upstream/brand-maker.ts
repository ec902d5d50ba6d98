// A program: makes brands in a file of records, and prints the id of each once it is acknowledged, until
// it is killed or the plan is full. Every run draws from one seed.

import { writeSync } from "node:fs";
import { seededRandom, systemClock } from "sluice/base";
import { openMentovaRecords } from "../../upstream/file/index.ts";
import { createMentovaUpstream } from "../../upstream/index.ts";

const [file = "", limit = ""] = process.argv.slice(2);
const records = openMentovaRecords(file);
const upstream = createMentovaUpstream({
  clock: systemClock,
  random: seededRandom("brand maker"),
  records,
});
const caller = {
  accountId: "acct_1",
  keyId: "key_1",
  plan: "agency",
  limits: { brands: Number(limit) },
  requestId: "request_1",
};

for (let n = 0; ; n += 1) {
  const response = await upstream.fetch(
    new Request("http://upstream.test/brands", {
      method: "POST",
      body: JSON.stringify({ name: `Brand ${n} of ${records.opening}` }),
    }),
    caller,
  );
  const body = (await response.json()) as { data?: { id: string }; problem?: string };
  if (body.problem === "plan_limit") break;
  // Not by `process.stdout`, which may print later than it is told to.
  writeAll(`${body.data?.id}\n`);
}
records.close();

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
