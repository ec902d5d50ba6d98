// The order in which a gateway stops, and that nothing on the way keeps the rest from happening.

import { VirtualClock } from "sluice/base";
import { describe, expect, it } from "vitest";
import { type DrainParts, drain } from "../../src/lifecycle/drain.ts";

const times = { noticeMs: 5_000, answersMs: 30_000, streamsMs: 300_000 };
const steps = ["readiness", "door", "gate", "flush", "leases", "pools"];

/** Parts that write down when they were asked to do what; one may fail, or never end. */
function rig(broken?: string, how: "throws" | "rejects" | "hangs" = "rejects") {
  const clock = new VirtualClock();
  const done: string[] = [];
  const part = (name: string): Promise<void> => {
    done.push(`${name} ${clock.monotonicMs()}`);
    if (name !== broken) return Promise.resolve();
    if (how === "throws") throw new Error(name);
    return how === "rejects" ? Promise.reject(new Error(name)) : new Promise(() => {});
  };
  const parts: DrainParts = {
    readiness: { drain: () => void part("readiness") },
    doors: [
      {
        close: ({ answersMs, streamsMs }) => {
          done.push(`${answersMs} ${streamsMs}`);
          return part("door");
        },
      },
    ],
    gates: [{ idle: () => part("gate") }],
    lastly: ["flush", "leases", "pools"].map((name) => ({ name, run: () => part(name) })),
    clock,
  };
  return { clock, done, drained: drain(parts, times) };
}

describe("a gateway that stops", () => {
  it("says so, gives notice, answers, settles, and lets go, in this order", async () => {
    const { clock, done, drained } = rig();
    await clock.advance(4_999);
    expect(done).toEqual(["readiness 0"]);
    await clock.advance(1);
    expect(await drained).toEqual({ failures: [] });
    const after = ["door", "gate", "flush", "leases", "pools"].map((name) => `${name} 5000`);
    expect(done).toEqual(["readiness 0", "30000 300000", ...after]);
    expect(clock.pendingTimers).toBe(0);
  });

  it.each(steps.slice(1))("does the rest when %s fails, and tells of it", async (broken) => {
    const { clock, done, drained } = rig(broken);
    await clock.runUntilIdle();
    expect((await drained).failures).toEqual([{ step: broken, error: new Error(broken) }]);
    expect(done.length).toBe(steps.length + 1);
  });

  it.each(steps)("does the rest when %s throws", async (broken) => {
    const { clock, done, drained } = rig(broken, "throws");
    await clock.runUntilIdle();
    expect((await drained).failures.map(({ step }) => step)).toEqual([broken]);
    expect(done.length).toBe(steps.length + 1);
  });

  it.each([
    ["door", 315_000],
    ["gate", 15_000],
    ["flush", 15_000],
    ["pools", 15_000],
  ])("waits for %s no longer than it may take", async (broken, untilMs) => {
    const { clock, done, drained } = rig(broken, "hangs");
    await clock.runUntilIdle();
    expect((await drained).failures.map(({ step }) => step)).toEqual([broken]);
    expect(clock.monotonicMs()).toBe(untilMs);
    expect(done.length).toBe(steps.length + 1);
  });

  it("waits for streams while gates and stores still work", async () => {
    const clock = new VirtualClock();
    const done: string[] = [];
    const drained = drain(
      {
        readiness: { drain: () => undefined },
        doors: [{ close: () => clock.sleep(200_000) }, { close: () => clock.sleep(1_000) }],
        gates: [{ idle: async () => void done.push(`gate ${clock.monotonicMs()}`) }],
        lastly: [{ name: "flush", run: () => void done.push("flush") }],
        clock,
      },
      { ...times, noticeMs: 0 },
    );
    await clock.runUntilIdle();
    await drained;
    expect(done).toEqual(["gate 200000", "flush"]);
  });
});
