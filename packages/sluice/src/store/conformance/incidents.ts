// What every implementation of Notices does with incidents.

import { type Incident, UPDATES_MAX } from "../../gate/stores.ts";
import { equal, throws } from "./check.ts";
import { ids, type NoticesOnly } from "./notices-samples.ts";
import type { Scenario } from "./suite.ts";

const incident: Incident = {
  id: "inc_1",
  title: "Ärger with 'chat'",
  impact: "degraded",
  api: "Films",
  operations: ["chat", "render"],
  startedAtMs: 1_000,
  endedAtMs: undefined,
  updates: [
    { atMs: 1_000, text: "Looking into it" },
    { atMs: 1_500.5, text: "Found; ❤" },
  ],
};

export function incidentScenarios(scenario: Scenario<NoticesOnly>): void {
  scenario("keeps incidents to the letter, and replaces them", async ({ notices }) => {
    await notices.putIncident(incident);
    equal(await notices.incident("inc_1"), incident, "as it was put");
    equal(await notices.incident("inc_2"), undefined, "another one");
    const over: Incident = { ...incident, api: undefined, operations: [], endedAtMs: 2_000 };
    await notices.putIncident(over);
    equal(await notices.incident("inc_1"), over, "as it was put again");
    equal(await notices.incidents({ limit: 9 }), [over], "one incident");
  });
  scenario("lists incidents in pages, by their start the newest first", async ({ notices }) => {
    for (const [id, startedAtMs] of [
      ["b", 2_000],
      ["d", 3_000],
      ["a", 1_000],
      ["c", 2_000],
    ] as const) {
      await notices.putIncident({ ...incident, id, startedAtMs });
    }
    const page = async (limit: number, after?: string) =>
      ids(await notices.incidents({ limit, ...(after !== undefined && { after }) }));
    equal(await page(9), "d,c,b,a", "all");
    equal(await page(2), "d,c", "the first page");
    equal(await page(2, "c"), "b,a", "the second");
    equal(await page(2, "a"), "", "behind the last");
    equal(await page(2, "never put"), "", "behind what is not there");
  });
  scenario("lists incidents that were not over by then", async ({ notices }) => {
    await notices.putIncident({ ...incident, id: "over", endedAtMs: 2_000 });
    await notices.putIncident({ ...incident, id: "open" });
    const open = async (openAtMs: number) => ids(await notices.incidents({ limit: 9, openAtMs }));
    equal(await open(1_999), "over,open", "before the end");
    equal(await open(2_000), "open", "at the end");
  });
  scenario("refuses an incident with too many updates", async ({ notices }) => {
    const updates = Array.from({ length: UPDATES_MAX }, (_, atMs) => ({ atMs, text: "still" }));
    await notices.putIncident({ ...incident, updates });
    const more = [...updates, { atMs: 999, text: "one more" }];
    await throws(() => notices.putIncident({ ...incident, updates: more }), "one more");
    equal((await notices.incident("inc_1"))?.updates.length, UPDATES_MAX, "what is kept");
  });
}
