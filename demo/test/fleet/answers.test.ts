// Two demos on one Redis and one PostgreSQL: each row that one demo keeps they keep together, whichever of them is asked,
// request by request.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MaveraCaller } from "../mavera-caller.ts";
import { maveraRows } from "../rows/mavera-rows.ts";
import { MentovaCaller, mentovaRows } from "../rows/mentova-rows.ts";
import { type Fleet, startFleet } from "./fleet.ts";
import { type SharedServers, startServers } from "./servers.ts";

const cleanUps: (() => void)[] = [];
let servers: SharedServers;
let fleet: Fleet;
let mentova: MentovaCaller;
let mavera: MaveraCaller;

beforeAll(async () => {
  servers = await startServers();
  fleet = await startFleet(servers.addresses(), { later: (cleanUp) => cleanUps.push(cleanUp) });
  mentova = new MentovaCaller(fleet.inTurn);
  mavera = new MaveraCaller(fleet.inTurn);
}, 60_000);
afterAll(async () => {
  for (const cleanUp of cleanUps.reverse()) cleanUp();
  await servers.close();
});

describe("two demos that share their servers", () => {
  test("are on two ports, and know the same keys", () => {
    const urls = fleet.demos.map(({ url }) => url);
    expect(new Set(urls).size).toBe(2);
    expect(urls).toContain(fleet.demos[0]?.file.url);
  });

  test.each(mentovaRows)("together: Mentova's keys and ids %s", (_, isKept) => isKept(mentova));
  test.each(maveraRows)("together: Mavera's keys and ids %s", (_, isKept) => isKept(mavera));
});
