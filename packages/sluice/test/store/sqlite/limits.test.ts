// Windows that outlive a restart: put back from the rows of the log, as old as they are.

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../../src/base/index.ts";
import { openSqliteStores, SqliteLimits } from "../../../src/store/sqlite/index.ts";
import { row } from "./log-rows.ts";
import { scratchFolder } from "./scratch-files.ts";

const window = { id: "requests:key_1", limit: 3, windowMs: 60_000, cost: 1 };
const call = { windows: [window], slots: [] };
const taken = (ageMs: number, cost = 1) => ({ ...window, cost, ageMs });

describe("places that are put back", () => {
  it("count from when they were taken", async () => {
    const clock = new VirtualClock();
    await clock.advance(5_000);
    const limits = new SqliteLimits(clock);
    limits.restore([taken(10_000), taken(40_000), taken(59_999), taken(60_000), taken(90_000)]);
    const nowMs = clock.monotonicMs();
    expect(limits.admit(call, nowMs)).toMatchObject({ admitted: false, retryAfterMs: 1 });
    expect(limits.admit(call, nowMs + 1)).toMatchObject({ admitted: true });
    expect(limits.admit(call, nowMs + 2)).toMatchObject({ admitted: false, retryAfterMs: 19_998 });
  });

  it("count although the limit is lower now, and an age below zero is none", () => {
    const limits = new SqliteLimits(new VirtualClock());
    limits.restore([taken(30_000, 10), taken(-5_000, 2)]);
    const decided = limits.admit(call, 0);
    expect(decided.windows).toEqual([{ remaining: 0, resetMs: 30_000 }]);
    expect(decided).toMatchObject({ retryAfterMs: 30_000 });
  });

  it("never make a window admit more than its limit, whenever they are put back", async () => {
    const clock = new VirtualClock();
    const limits = new SqliteLimits(clock);
    for (let times = 0; times < 2; times++) limits.admit(call, clock.monotonicMs());
    await clock.advance(1_000);
    limits.restore([taken(50_000)]);
    expect(limits.admit(call, clock.monotonicMs())).toMatchObject({ admitted: false });
  });
});

describe("a restart", () => {
  it("forgets no place of a process that ended in order", async () => {
    const { folder, remove } = scratchFolder();
    const file = join(folder, "sluice.db");
    const clock = new VirtualClock();
    const first = await openSqliteStores({ file, clock });
    for (let at = 0; at < 3; at++) {
      await clock.advance(10_000);
      expect(first.limits.admit(call, clock.monotonicMs())).toMatchObject({ admitted: true });
      first.log.append(row({ atMs: clock.wallMs() }));
    }
    await first.close();

    const second = await openSqliteStores({ file, clock });
    const nowMs = clock.wallMs();
    const rows = await second.log.find({ fromMs: nowMs - window.windowMs, limit: 1_000 });
    second.limits.restore(rows.map(({ atMs }) => taken(nowMs - atMs)));
    const refused = second.limits.admit(call, clock.monotonicMs());
    expect(refused).toMatchObject({ admitted: false, retryAfterMs: 40_000 });
    await second.close();
    remove();
  });
});
