// Four servers on one Redis and one PostgreSQL, under the load of both APIs: any of them is killed at any moment, the
// database is stopped as by a power cut, and all keep every promise together, limits included.

import { systemClock } from "sluice/base";
import { expect, test } from "vitest";
import type { Fleet } from "./fleet.ts";
import { judgeBooks } from "./judge.ts";
import { judgeLastDay } from "./last-day.ts";
import { judgeSlotsLeft, slotsLeft } from "./leases.ts";
import { makeFleet } from "./make-fleet.ts";
import { minutesOf, say, sayFigures, sayProgress } from "./report.ts";
import { judgeSlots } from "./slots.ts";
import { fullestWindows, judgeWindows } from "./windows.ts";

const seed = process.env["TORTURE_SEED"] ?? String(systemClock.wallMs());
const loadMs = Number(process.env["TORTURE_SECONDS"] ?? 75) * 1_000;
const size = 4;
const minuteMs = 60_000;
/** Between two looks at what is written. */
const roundMs = 12_000;
const watchEveryMs = 3_000;
/** Of servers, at most, before the first stop of the database. */
const killsBeforeStop = 2;

test("four servers that are killed, on a database that is stopped, keep every promise", {
  timeout: 12 * minuteMs,
}, async () => {
  say(`TORTURE_SEED=${seed} TORTURE_SECONDS=${loadMs / 1_000}, ${size} servers`);
  const { fleet, redisUrl } = await makeFleet({ size, seed, program: "closed-demo.ts" });
  const { notebook, witness, payers } = fleet;
  const { complaints } = notebook;
  // Windows are in Redis, which lives on: no kill makes them forget.
  const none = new Set<string>();
  await fleet.start();
  while (fleet.loadedMs < loadMs && complaints.length === 0) {
    await fleet.load(() => disturb(fleet, systemClock.monotonicMs() + roundMs));
    complaints.push(...(await judgeBooks(witness, notebook)).complaints);
    complaints.push(...judgeWindows(fullestWindows(payers.narrow, notebook.attempts, none)));
    sayProgress(fleet);
  }
  await fleet.stop();
  const everybody = [...payers.wide, ...payers.narrow, ...payers.poor];
  const first = await judgeLastDay(witness, everybody);
  // Whose hold ran out can be told now; who was never begun is done.
  await fleet.start();
  await fleet.settle();
  await fleet.stop();
  const { books, ...judged } = await judgeBooks(witness, notebook);
  const lastDay = await judgeLastDay(witness, everybody);
  const left = await slotsLeft(redisUrl);
  complaints.push(
    ...first.complaints,
    ...judged.complaints,
    ...fleet.log.judge(notebook.attempts, books.requests, lossesOf(fleet)),
    ...lastDay.complaints,
    ...judgeSlotsLeft(left, books.holds),
  );
  sayFigures(fleet, lastDay, [
    ["database stops", fleet.database.outages.length],
    ["seconds under load", Math.round(fleet.loadedMs / 1_000)],
    ["slots that waited for their leases", fleet.lateSlots],
    ...minutesOf(fleet, none),
  ]);
  for (const complaint of [...new Set(complaints)].slice(0, 50)) say(complaint);
  expect(complaints).toEqual([]);
  expect(notebook.pending()).toEqual([]);
  expect(fleet.kills).toBeGreaterThan(0);
  expect(fleet.database.outages.length).toBeGreaterThan(0);
});

/** Servers die, one or two at a time, and now and then the database, alone or with one of them. */
async function disturb(fleet: Fleet, untilMs: number): Promise<void> {
  const { random, database } = fleet;
  const isOver = () => systemClock.monotonicMs() >= untilMs;
  const watching = watch(fleet, isOver);
  while (!isOver()) {
    await systemClock.sleep(200 + random.integer(600));
    const dice = random.integer(10);
    // However few moments a busy machine leaves, the database gets one of them.
    const isItsTurn = fleet.kills >= killsBeforeStop && database.outages.length === 0;
    if (dice < 7 && !isItsTurn) {
      await fleet.revive(await fleet.kill(dice < 5 ? 1 : 2, random.integer(2) === 0));
      continue;
    }
    let dead: readonly number[] = [];
    await fleet.stroke();
    await database.crash(async () => {
      await systemClock.sleep(random.integer(700));
      if (dice === 9) dead = await fleet.kill(1, false);
    });
    await fleet.revive(dead);
  }
  await watching;
}

/** What is written must be right at every moment, also while everybody calls. */
async function watch({ witness, notebook, database }: Fleet, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await systemClock.sleep(watchEveryMs);
    try {
      notebook.complaints.push(...(await witness.audit()));
      notebook.complaints.push(...judgeSlots(await witness.books()));
    } catch (error) {
      // Cut off in the midst of it.
      if (!database.wasDownSince(systemClock.wallMs() - watchEveryMs)) throw error;
    }
  }
}

/** A kill takes what waits in a server; the end of the database, what it had not put on its disk. */
function lossesOf({ losses, database }: Fleet) {
  const stops = database.outages.map(({ fromMs }) => ({ fromMs, toMs: fromMs }));
  return [...losses, ...stops];
}
