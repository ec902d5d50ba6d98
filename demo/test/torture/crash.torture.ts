// The real server, killed again and again under the load of both APIs: nothing that was acknowledged is lost,
// nothing is charged twice, and of two servers for one home one serves.

import { join } from "node:path";
import { systemClock } from "sluice/base";
import { expect, test } from "vitest";
import { newHome } from "../demo-process.ts";
import { makeHome } from "./home.ts";
import { judgeLastDay } from "./last-day.ts";
import { Lives } from "./lives.ts";
import { race } from "./race.ts";
import { minutesOf, say, sayFigures, sayProgress } from "./report.ts";

const seed = process.env["TORTURE_SEED"] ?? String(systemClock.wallMs());
const kills = Number(process.env["TORTURE_KILLS"] ?? 100);
const minuteMs = 60_000;
/** Half of the starts; a machine that has more to do than this may delay one. */
const startMaxMs = 2_000;
const rounds = 20;

test("a server that is killed under load keeps every promise", {
  timeout: 8 * minuteMs,
}, async () => {
  say(`TORTURE_SEED=${seed} TORTURE_KILLS=${kills}`);
  const home = newHome();
  const state = join(home, "state");
  const payers = await makeHome({ home: state, servers: undefined });
  const lives = new Lives(home, payers, seed);
  const { complaints } = lives.notebook;
  const untilMs = systemClock.monotonicMs() + 6.5 * minuteMs;
  while (lives.kills < kills && complaints.length === 0 && systemClock.monotonicMs() < untilMs) {
    await lives.live();
    if (lives.kills % 10 === 0) sayProgress(lives, kills);
  }
  await lives.start();
  await lives.stop();
  const everybody = [...payers.wide, ...payers.narrow, ...payers.poor];
  const first = await judgeLastDay(lives.witness, everybody);
  // Whose hold ran out can be told now; who was never begun is done.
  await lives.settle(await lives.start());
  const lastDay = await judgeLastDay(lives.witness, everybody);
  complaints.push(...first.complaints, ...(await lives.judge()), ...lastDay.complaints);
  sayFigures(lives, lastDay, minutesOf(lives, lives.log.lost));
  for (const complaint of [...new Set(complaints)].slice(0, 50)) say(complaint);
  expect(complaints).toEqual([]);
  expect(lives.notebook.pending()).toEqual([]);
  expect(lives.kills).toBe(kills);
  const startsMs = lives.startsMs.toSorted((a, b) => a - b);
  expect(startsMs[Math.floor(startsMs.length / 2)]).toBeLessThan(startMaxMs);
});

test("of two servers for one home exactly one serves", { timeout: 3 * minuteMs }, async () => {
  let home = newHome();
  for (let round = 0; round < rounds; round++) {
    const { serving, beaten } = await race(home);
    expect([serving.length, beaten.length]).toEqual([1, 1]);
    expect(beaten[0]?.code).toBe(1);
    expect(beaten[0]?.stderr).toContain("is served by another process");
    const [server] = serving;
    expect((await fetch(`${server?.file.url}/healthz`)).status).toBe(200);
    server?.signal("SIGKILL");
    await server?.ended;
    // Half of them race for a home that there is not yet.
    if (round % 2 === 1) home = newHome();
  }
  say(`${rounds} races for one home, each won by one`);
});
