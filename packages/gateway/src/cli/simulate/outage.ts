// `sluice simulate outage`: what callers see while a part is out, and after it.

import { type Run, type Scenario, simulate } from "sluice/sim";
import type { TypedFor } from "../command/commands.ts";
import { createProgress } from "../print/progress.ts";
import { counted } from "../print/words.ts";
import { bars } from "./report/bars.ts";
import { curves } from "./report/curves.ts";
import { giveReport } from "./report/give-report.ts";
import type { Report } from "./report/report.ts";

const FROM_MS = 30_000;
const LENGTH_MS = 30_000;

export async function outage({
  seed = "1",
  json,
  html,
}: TypedFor<"simulate outage">): Promise<void> {
  const progress = createProgress();
  progress.show("A minute and a half of twenty callers goes by");
  const run = await simulate(scenario(), seed);
  progress.clear();
  giveReport(reportOf(run), run, { ...(json && { json }), ...(html !== undefined && { html }) });
}

function scenario(): Scenario {
  return {
    nodes: { count: 2, driftPpm: 50 },
    limits: { aheadMs: 0, deadlineMs: 30, leaseMs: 15_000, replicaLagMs: 0 },
    network: {
      callers: { leastMs: 20, moreMs: 10 },
      stores: { leastMs: 0.5, moreMs: 0.2 },
    },
    allowed: {
      ...{ windowLimit: 60, windowMs: 60_000, workLimit: 600, workMs: 60_000 },
      ...{ slots: 10, credits: 100_000, limitsDown: "local" },
    },
    work: {
      tookMs: { leastMs: 20, moreMs: 30 },
      ...{ longPercent: 0, longMs: 0, failPercent: 0 },
    },
    callers: [
      {
        ...{ name: "callers", count: 20, perAccount: 1, shape: "steady", perMinute: 30 },
        ...{ policy: "sluice", makePercent: 20, askPercent: 20 },
        ...{ leavePercent: 0, strangerPercent: 0 },
      },
    ],
    faults: [{ kind: "refused", part: "ledger", fromMs: FROM_MS, lengthMs: LENGTH_MS }],
    revocations: [],
    durationMs: FROM_MS + LENGTH_MS,
    recoveryMs: 30_000,
  };
}

function reportOf({ seed, totals, intervals }: Run): Report {
  const { calls, done, attempts, creditsCharged } = totals;
  const points = (of: (one: (typeof intervals)[number]) => number) =>
    intervals
      .filter(({ fromMs }) => fromMs < FROM_MS + 2 * LENGTH_MS)
      .map((one) => ({ at: one.fromMs, value: of(one) }));
  return {
    title: "The ledger is out for 30 seconds",
    summary: [
      `Of ${counted(calls, "call")}, ${done} were done in the end, with ${counted(attempts, "request")}.`,
      `They were charged ${counted(creditsCharged, "credit")}.`,
    ],
    sections: [
      {
        title: "What callers saw",
        blocks: [
          {
            kind: "picture",
            picture: curves({
              title: "Requests and answers",
              says: "Requests that were sent, and those that were answered with what they asked for.",
              shape: "steps",
              curves: [
                { name: "requests", points: points((one) => one.attempts) },
                { name: "done", points: points((one) => one.done) },
              ],
              unit: "a second",
              shaded: [{ name: "ledger out", from: FROM_MS, to: FROM_MS + LENGTH_MS }],
            }),
          },
          {
            kind: "picture",
            picture: bars({
              title: "What became of the calls",
              says: "How many were done in the end.",
              parts: ["done", "not done"],
              rows: [{ name: "our client", values: [done, calls - done] }],
              unit: "calls",
            }),
          },
        ],
      },
    ],
    notes: [`The same again: sluice simulate outage --seed ${seed}`],
  };
}
