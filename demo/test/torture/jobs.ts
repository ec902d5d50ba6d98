// Whether every job comes to its end.

import { systemClock } from "sluice/base";
import { isRunningJob } from "./books.ts";
import type { Witness } from "./witness.ts";

/** The longest job takes less than half a second, and an end that was not heard is told again within two. */
const jobsMaxMs = 20_000;
const lookEveryMs = 50;

/** Waits for all of them; a complaint for each that goes on. */
export async function jobsWithoutEnd(witness: Witness): Promise<readonly string[]> {
  const untilMs = systemClock.monotonicMs() + jobsMaxMs;
  for (;;) {
    const running = (await witness.books()).holds.filter(isRunningJob);
    if (running.length === 0) return [];
    if (systemClock.monotonicMs() >= untilMs) {
      return running.map((row) => `a job without an end: ${JSON.stringify(row)}`);
    }
    await systemClock.sleep(lookEveryMs);
  }
}
