// Four servers whose Redis is killed again and again and comes back empty: no call fails for that, each says so, and what
// passes stays within what fail-open may let pass.

import type { RedisServer } from "@sluice-internal/test-servers/redis";
import { systemClock } from "sluice/base";
import { expect, test } from "vitest";
import type { Fleet } from "./fleet.ts";
import { judgeBooks } from "./judge.ts";
import { judgeLastDay } from "./last-day.ts";
import { judgeSlotsLeft, slotsLeft } from "./leases.ts";
import { makeFleet } from "./make-fleet.ts";
import { fullnessOf, judgeAnnouncements, judgeFullness, type Outage } from "./outages.ts";
import { say, sayFigures, sayProgress } from "./report.ts";
import { shortWindowMs } from "./short-window.ts";

const seed = process.env["TORTURE_SEED"] ?? String(systemClock.wallMs());
const loadMs = Number(process.env["TORTURE_SECONDS"] ?? 75) * 1_000;
const size = 4;
const minuteMs = 60_000;
/** Jobs of an emptied Redis, of each server that counted by itself, and of the new one. */
const slotTimes = size + 2;

test("four servers whose Redis is killed stay within their bounds, and fail nobody", {
  timeout: 10 * minuteMs,
}, async () => {
  say(`TORTURE_SEED=${seed} TORTURE_SECONDS=${loadMs / 1_000}, ${size} servers`);
  const { fleet, servers, redisUrl } = await makeFleet({ size, seed, program: "local-demo.ts" });
  const { notebook, witness, payers } = fleet;
  const { complaints, attempts } = notebook;
  const outages: Outage[] = [];
  const scene = { attempts, outages, windowMs: shortWindowMs, servers: size };
  await fleet.start();
  while (fleet.loadedMs < loadMs && complaints.length === 0) {
    await fleet.load(async () => {
      outages.push(await outage(fleet, servers.redis));
    });
    complaints.push(...(await judgeBooks(witness, notebook, slotTimes)).complaints);
    complaints.push(...judgeAnnouncements(scene));
    complaints.push(
      ...judgeFullness(
        payers.narrow.map((one) => fullnessOf(one, scene)),
        size,
      ),
    );
    sayProgress(fleet);
  }
  await fleet.stop();
  const { books } = await judgeBooks(witness, notebook);
  complaints.push(...fleet.log.judge(attempts, books.requests, fleet.losses));
  const everybody = [...payers.wide, ...payers.narrow, ...payers.poor];
  const lastDay = await judgeLastDay(witness, everybody);
  const left = await slotsLeft(redisUrl);
  complaints.push(...lastDay.complaints, ...judgeSlotsLeft(left, books.holds));
  const found = payers.narrow.map((one) => fullnessOf(one, scene));
  sayFigures(fleet, lastDay, [
    ["Redis killed", outages.length],
    ["seconds under load", Math.round(fleet.loadedMs / 1_000)],
    ["slots that waited for their leases", fleet.lateSlots],
    ["answers that said that limits were down", attempts.filter(isDegraded).length],
    ...found.map(
      ({ payer: { account, limit }, ...one }) =>
        [
          `fullest window of ${account.id}, limit ${limit}`,
          `${one.inAll} in all (${(one.inAll / limit).toFixed(1)} ×), ${one.afterDeath} after a ` +
            `death, ${one.byRedis} by Redis, ${one.byOneServer} by one server`,
        ] as const,
    ),
  ]);
  for (const complaint of [...new Set(complaints)].slice(0, 50)) say(complaint);
  expect(complaints).toEqual([]);
  expect(outages.length).toBeGreaterThan(0);
  // It was tried: without Redis more passed than one limit.
  expect(found.some(({ payer, inAll }) => inAll > payer.limit)).toBe(true);
});

function isDegraded({ heard }: Fleet["notebook"]["attempts"][number]): boolean {
  return heard?.degraded === true;
}

/** Each window meets one outage at most. */
async function outage({ random }: Fleet, redis: RedisServer): Promise<Outage> {
  await systemClock.sleep(shortWindowMs + random.integer(2_000));
  const fromMs = systemClock.wallMs();
  await redis.kill();
  await systemClock.sleep(500 + random.integer(3_500));
  await redis.restart();
  const toMs = systemClock.wallMs();
  await systemClock.sleep(shortWindowMs);
  return { fromMs, toMs };
}
