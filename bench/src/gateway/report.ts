// What a gateway under load says of its log afterwards: that it wrote calls down, and charged them.

import { setTimeout as sleep } from "node:timers/promises";
import { LOG_REPORT_PATH, type LogReport } from "../answer.ts";
import { BenchError } from "../machine.ts";

const PATIENCE_MS = 20_000;
const LOOK_MS = 50;

/** A log that wrote nothing would win, and so would a gate that charged nothing. */
export async function checkedReport(
  name: string,
  origin: string,
  isCharged: boolean,
): Promise<LogReport> {
  const report = await readReport(name, origin);
  const { written, credits } = report;
  if (written === 0) throw new BenchError(`${name}: no row of the log was written`);
  // What was under way when the load ended may be written down and not charged.
  if (isCharged && credits < written * 0.95) {
    throw new BenchError(`${name}: ${written} calls were charged ${credits} credits`);
  }
  return report;
}

async function readReport(name: string, origin: string): Promise<LogReport> {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += LOOK_MS) {
    const answer = await fetch(origin + LOG_REPORT_PATH);
    const report = await answer.json();
    if (answer.status === 200) return report as LogReport;
    await sleep(LOOK_MS);
  }
  throw new BenchError(`${name}: it did not say what became of its log`);
}
