// One client under load, in a process of its own: which one, says BENCH_CALLER. Each line on standard input is a time in
// milliseconds: for so long it calls the server, and then it prints how many calls were answered.

import { createInterface } from "node:readline";
import { callers } from "./callers.ts";

const AT_ONCE = 32;

const { BENCH_CALLER = "", BENCH_ORIGIN = "" } = process.env;
const open = callers[BENCH_CALLER];
if (open === undefined) {
  throw new Error(
    `BENCH_CALLER is ${BENCH_CALLER}; take one of ${Object.keys(callers).join(", ")}`,
  );
}
const call = await open(`${BENCH_ORIGIN}/v1`);

process.stdin.once("end", () => process.exit(0));
process.stdout.write("ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`answered ${await callFor(Number(line))}\n`);
}

/** An answer that is no list of items measures something else, and ends it. */
async function callFor(forMs: number): Promise<number> {
  const untilMs = performance.now() + forMs;
  let answered = 0;
  const loop = async () => {
    while (performance.now() < untilMs) {
      const body = await call();
      if (typeof body !== "object" || body === null || !("data" in body)) {
        throw new Error(`${BENCH_CALLER} answered ${JSON.stringify(body)}`);
      }
      answered++;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, loop));
  return answered;
}
