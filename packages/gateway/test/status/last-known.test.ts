// What was read last, while a store fails, hangs, and comes back.

import { VirtualClock } from "sluice/base";
import { describe, expect, it } from "vitest";
import { LastKnown } from "../../src/status/last-known.ts";

const deadlineMs = 3_000;

function rig() {
  const clock = new VirtualClock(0);
  const told: (string | undefined)[] = [];
  const asked: { give: (value: string) => void; fail: (why: string) => void }[] = [];
  const known = new LastKnown<string>({
    ...{ clock, deadlineMs },
    read: () =>
      new Promise((resolve, reject) => {
        asked.push({ give: resolve, fail: (why) => reject(new Error(why)) });
      }),
    onTrouble: (error) => told.push(error?.message),
  });
  return { clock, told, asked, known };
}

describe("what was read last", () => {
  it("is read by one for all who look at once", async () => {
    const { known, asked } = rig();
    const looks = [known.look(), known.look(), known.look()];
    asked[0]?.give("a");
    const a = { value: "a", atMs: 0, isStale: false };
    expect(await Promise.all(looks)).toEqual([a, a, a]);
    expect(asked).toHaveLength(1);
  });

  it("holds while the store fails, which is told once, as is that it is back", async () => {
    const { clock, known, asked, told } = rig();
    const look = (then: () => void) => {
      const looked = known.look();
      then();
      return looked;
    };
    expect(await look(() => asked[0]?.fail("down"))).toBeUndefined();
    expect(await look(() => asked[1]?.give("a"))).toMatchObject({ value: "a", isStale: false });
    await clock.advance(1_000);
    for (const i of [2, 3]) {
      const stale = { value: "a", atMs: 0, isStale: true };
      expect(await look(() => asked[i]?.fail("down again"))).toEqual(stale);
    }
    expect(await look(() => asked[4]?.give("b"))).toEqual({
      value: "b",
      atMs: 1_000,
      isStale: false,
    });
    expect(told).toEqual(["down", undefined, "down again", undefined]);
  });

  it("is told at the deadline, and at once from then on, while the store hangs: nobody asks it twice", async () => {
    const { clock, known, asked, told } = rig();
    const first = known.look();
    await clock.advance(deadlineMs);
    expect(await first).toBeUndefined();
    expect(await known.look()).toBeUndefined();
    expect([asked.length, told]).toEqual([1, ["no answer within 3000 ms"]]);
    asked[0]?.give("late");
    await clock.advance(0);
    const next = known.look();
    asked[1]?.fail("gone");
    expect(await next).toMatchObject({ value: "late", isStale: true });
  });

  it("leaves no timer behind", async () => {
    const { clock, known, asked } = rig();
    const look = known.look();
    asked[0]?.give("a");
    await look;
    expect(clock.pendingTimers).toBe(0);
  });
});
