// What every RequestLog adds up by day: each row once, in the day (UTC) in which its request came.

import { DAY_MS } from "../../base/index.ts";
import { type DaySum, DURATION_BOUNDS_MS, type LogRow, type Stores } from "../../gate/stores.ts";
import { equal } from "./check.ts";
import { append, row, tooFast } from "./log-samples.ts";
import type { Scenario } from "./suite.ts";

const mondayMs = Date.UTC(2026, 5, 15);

export function dayScenarios(scenario: Scenario<Pick<Stores, "log">>): void {
  scenario("adds up what happened on each day, by contract and operation", async ({ log }) => {
    await append(log, monday);
    const expected = [
      sum({ operation: undefined, requests: 1, refusals: 1, durations: classes({ 1: 1 }) }),
      sum({
        operation: "create",
        ...{ requests: 3, refusals: 1, failures: 1, abandoned: 1, credits: 7 },
        durations: classes({ 2: 1, 100: 1, 60000: 1 }),
      }),
      sum({ operation: "list", requests: 2, credits: 2, durations: classes({ 5: 2 }) }),
      sum({ api: "Films", operation: "list", requests: 1, durations: classes({ more: 1 }) }),
    ];
    const all = { fromMs: mondayMs, toMs: mondayMs + DAY_MS };
    equal(await log.days(all), expected, "of both contracts");
    equal(await log.days({ ...all, api: "Films" }), expected.slice(3), "of one");
    equal(await log.days({ ...all, api: "Music" }), [], "of none");
    // Such a day goes on.
    await append(log, [row({ atMs: mondayMs + 5, api: "Films", charged: 4, durationMs: 1.5 })]);
    const more = { requests: 2, credits: 4, durations: classes({ 2: 1, more: 1 }) };
    const films = { ...(expected[3] as DaySum), ...more };
    equal(await log.days({ ...all, api: "Films" }), [films], "after one more");
  });
  scenario("counts a failure that a test key asked for as a request only", async ({ log }) => {
    const failed = { atMs: mondayMs, status: 503, ending: "refused" } as const;
    await append(log, [row({ ...failed, simulated: true }), row(failed)]);
    const [day] = await log.days({ fromMs: mondayMs, toMs: mondayMs + DAY_MS });
    equal([day?.requests, day?.refusals, day?.failures], [2, 2, 1], "requests, refusals, failures");
  });
  scenario("lists the days of a time: from the one in which it begins", async ({ log }) => {
    const days = [0, 1, 2].map((day) => mondayMs + day * DAY_MS);
    await append(
      log,
      days.flatMap((atMs) => [row({ atMs }), row({ atMs: atMs + DAY_MS - 1 })]),
    );
    const listed = async (fromMs: number, toMs: number) =>
      (await log.days({ fromMs, toMs })).map((day) => [day.dayMs, day.requests]);
    const pair = (day: number) => [days[day], 2];
    equal(await listed(mondayMs, mondayMs + 3 * DAY_MS), [pair(0), pair(1), pair(2)], "all");
    equal(await listed(mondayMs + 1, mondayMs + DAY_MS), [pair(0)], "from later in the first day");
    equal(
      await listed(mondayMs, mondayMs + DAY_MS + 1),
      [pair(0), pair(1)],
      "to early in the next",
    );
    equal(await listed(mondayMs + DAY_MS, mondayMs + DAY_MS), [], "of no time");
    equal(await listed(mondayMs - DAY_MS, mondayMs), [], "before");
  });
}

const noon = { atMs: mondayMs + DAY_MS / 2 };
const monday: readonly LogRow[] = [
  row({ ...noon, durationMs: 4, charged: 2 }),
  row({ atMs: mondayMs, durationMs: 5 }),
  row({ ...noon, operation: "create", durationMs: 100, charged: 7 }),
  row({
    ...{ ...noon, operation: "create", durationMs: 1.01, status: 503, ending: "refused" },
    ...{ code: "unavailable", condition: "unavailable" },
  }),
  row({
    atMs: mondayMs + DAY_MS - 1,
    ...{ operation: "create", durationMs: 60_000, status: 499, ending: "abandoned" },
  }),
  row({ ...noon, operation: undefined, durationMs: 0, ...tooFast }),
  row({ ...noon, api: "Films", durationMs: 60_001 }),
];

function sum(changed: Partial<DaySum>): DaySum {
  return {
    ...{ dayMs: mondayMs, api: "Acme", operation: "list", requests: 0, refusals: 0 },
    ...{ failures: 0, abandoned: 0, credits: 0, durations: [] },
    ...changed,
  };
}

/** Counts by the bound of their class. */
function classes(counts: Readonly<Record<string, number>>): number[] {
  return [...DURATION_BOUNDS_MS, "more"].map((bound) => counts[bound] ?? 0);
}
