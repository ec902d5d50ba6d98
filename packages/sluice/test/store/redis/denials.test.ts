// Cached denials: what an exact window has refused needs not be asked again until it can change, and the answer is the same
// as if it had been asked.

import { describe, expect, it } from "vitest";
import { countAdmitted, createRig, MINUTE_MS, slot, window } from "./distant-rig.ts";

async function full(limit = 10) {
  const rig = createRig();
  const one = { windows: [window("requests:a", limit)] };
  expect(await countAdmitted(() => rig.admit(one), limit)).toBe(limit);
  await rig.admit(one);
  return { ...rig, one, sent: rig.engine.batches.length };
}

describe("a denial", () => {
  it("is not asked for again within a second, and says what the engine would say", async () => {
    const { admit, clock, engine, one, sent } = await full();
    for (let ms = 0; ms < 999; ms++) {
      expect(await admit(one)).toEqual({
        admitted: false,
        windows: [{ remaining: 0, resetMs: MINUTE_MS - ms }],
        slotsTaken: [],
        refusedBy: { kind: "window", index: 0 },
        retryAfterMs: MINUTE_MS - ms,
      });
      await clock.advance(1);
    }
    expect(engine.batches.length).toBe(sent);
    await admit(one);
    expect(engine.batches.length).toBe(sent + 1);
  });

  it("holds no longer than the first place that comes free", async () => {
    const { admit, clock, one } = await full(2);
    await clock.advance(MINUTE_MS - 300);
    expect((await admit(one)).admitted).toBe(false);
    await clock.advance(299);
    expect((await admit(one)).admitted).toBe(false);
    await clock.advance(1);
    expect((await admit(one)).admitted).toBe(true);
  });

  it("does not hold for a higher limit, a smaller cost, or other windows", async () => {
    const { admit, engine, sent } = await full();
    expect((await admit({ windows: [window("requests:a", 11)] })).admitted).toBe(true);
    expect((await admit({ windows: [window("requests:a", 20, 2)] })).admitted).toBe(true);
    expect((await admit({ windows: [window("requests:a"), window("b")] })).admitted).toBe(false);
    expect(engine.batches.length).toBe(sent + 3);
  });

  it("does not hold once this process took places in another of its windows", async () => {
    const { admit, engine } = await full(1);
    const both = { windows: [window("requests:a", 1), window("b", 5)] };
    expect((await admit(both)).windows[1]).toMatchObject({ remaining: 5 });
    await admit({ windows: [window("b", 5)] });
    const sent = engine.batches.length;
    expect((await admit(both)).windows[1]).toMatchObject({ remaining: 4 });
    expect(engine.batches.length).toBe(sent + 1);
  });

  it("is not said to a call that takes slots: how many are taken is asked for each time", async () => {
    const { admit, engine, one } = await full(1);
    const withSlot = { ...one, slots: [slot("call")] };
    expect((await admit(withSlot)).slotsTaken).toEqual([0]);
    await admit({ windows: [], slots: [slot("another")] });
    const sent = engine.batches.length;
    expect((await admit(withSlot)).slotsTaken).toEqual([1]);
    expect(engine.batches.length).toBe(sent + 1);
    expect((await admit(one)).slotsTaken).toEqual([]);
    expect(engine.batches.length).toBe(sent + 1);
  });

  it("by a slot is asked for each time: it may come free at any moment", async () => {
    const { admit, engine } = createRig();
    const call = (member: string) => admit({ windows: [], slots: [slot(member, { limit: 1 })] });
    await call("one");
    await call("two");
    await call("two");
    expect(engine.batches).toHaveLength(3);
  });

  it("of a slow engine never says to come back too early", async () => {
    const rig = createRig();
    const one = { windows: [window("requests:a", 1)] };
    await rig.admit(one);
    rig.engine.delayMs = 20;
    const { decided } = await rig.admitWithin(40, one);
    expect(await decided).toMatchObject({ retryAfterMs: MINUTE_MS });
    const again = await rig.admit(one);
    expect(again).toMatchObject({ admitted: false, retryAfterMs: MINUTE_MS });
  });
});
