// C1–C4: slots far away are leases. A heartbeat keeps those of a process that lives, a crash gives them back soon, a job's
// are kept by whoever claims them again, and each is given back once whatever is down meanwhile.

import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../../src/base/index.ts";
import { createRig, slot } from "./distant-rig.ts";
import { ModelEngine } from "./model-engine.ts";

const ID = "running:a";
const take = (member: string, more = {}) => ({ windows: [], slots: [slot(member, more)] });

describe("C1: leases that run", () => {
  it("are never more than the limit, over two processes", async () => {
    const clock = new VirtualClock();
    const engine = new ModelEngine(clock);
    const [one, two] = [createRig({ clock, engine }), createRig({ clock, engine })];
    const verdicts = await Promise.all(
      [one, two, one, two, one].map((rig, call) => rig.admit(take(`call ${call}`))),
    );
    expect(verdicts.filter(({ admitted }) => admitted)).toHaveLength(2);
    await clock.advance(60_000);
    expect(engine.slotsInUse(ID)).toBe(2);
    expect((await two.admit(take("late"))).admitted).toBe(false);
  });

  it("are kept by one batch for all of them each third of a lease", async () => {
    const rig = createRig();
    for (let call = 0; call < 50; call++) await rig.admit(take(`call ${call}`, { limit: 50 }));
    const sent = rig.engine.batches.length;
    await rig.clock.advance(60_000);
    expect(rig.engine.slotsInUse(ID)).toBe(50);
    expect(rig.engine.batches.slice(sent).map((batch) => batch.length)).toEqual(
      Array.from({ length: 12 }, () => 50),
    );
    rig.limits.release(
      Array.from({ length: 50 }, (_, call) => slot(`call ${call}`)),
      "a",
    );
    await rig.clock.advance(60_000);
    expect(rig.clock.pendingTimers).toBe(0);
  });

  it("end with the time that was asked for, though the process lives", async () => {
    const rig = createRig();
    await rig.admit(take("call", { leaseMs: 40_000 }));
    await rig.clock.advance(39_999);
    expect(rig.engine.slotsInUse(ID)).toBe(1);
    await rig.clock.advance(1);
    expect(rig.engine.slotsInUse(ID)).toBe(0);
    await rig.clock.advance(20_000);
    expect(rig.clock.pendingTimers).toBe(0);
  });
});

describe("C2: a process that dies", () => {
  it("gives its slots back within a lease, however long its calls might have run", async () => {
    const rig = createRig();
    await rig.admit(take("call"));
    await rig.clock.advance(31_000);
    rig.engine.health = "unreachable";
    // From here on nothing of it is heard.
    await rig.clock.advance(14_999);
    expect(rig.engine.slotsInUse(ID)).toBe(0);
  });

  it("leaves no slot behind when it is closed in order", async () => {
    const rig = createRig();
    await rig.admit(take("one"));
    await rig.admit(take("two"));
    rig.limits.close();
    await rig.clock.advance(0);
    expect(rig.engine.slotsInUse(ID)).toBe(0);
    await rig.clock.advance(60_000);
    expect(rig.clock.pendingTimers).toBe(0);
  });

  it("is closed once the engine has heard what was given back", async () => {
    const rig = createRig();
    await rig.admit(take("job", { detached: true, leaseMs: 3_600_000 }));
    rig.limits.release([slot("job")], "a");
    await rig.limits.close();
    expect(rig.engine.slotsInUse(ID)).toBe(0);
  });

  it("tells, when it is closed, what the engine has not heard before", async () => {
    const rig = createRig();
    await rig.admit(take("job", { detached: true, leaseMs: 3_600_000 }));
    rig.engine.health = "unreachable";
    rig.limits.release([slot("job")], "a");
    rig.engine.health = "well";
    await rig.limits.close();
    expect(rig.engine.slotsInUse(ID)).toBe(0);
  });

  it("is closed within its deadline where the engine does not answer", async () => {
    const rig = createRig();
    await rig.admit(take("one"));
    rig.engine.health = "hung";
    let isClosed = false;
    const closed = rig.limits.close().then(() => {
      isClosed = true;
    });
    // Its batch leaves at the end of this turn.
    await rig.clock.advance(0);
    await rig.clock.advance(29);
    expect(isClosed).toBe(false);
    await rig.clock.advance(1);
    await closed;
  });

  it("leaves a job's slot for one lease to whoever claims it again, however long it was asked for", async () => {
    const clock = new VirtualClock();
    const engine = new ModelEngine(clock);
    const [one, two] = [createRig({ clock, engine }), createRig({ clock, engine })];
    const job = take("job", { detached: true, leaseMs: 3_600_000 });
    await one.admit(take("job"));
    await one.admit(job);
    one.limits.close();
    await clock.advance(14_999);
    await two.admit(job);
    await clock.advance(14_999);
    expect(engine.slotsInUse(ID)).toBe(1);
    await clock.advance(1);
    expect(engine.slotsInUse(ID)).toBe(0);
  });
});

describe("C3: a slot that is given back", () => {
  it("is free at once for others, and releasing it twice changes nothing", async () => {
    const rig = createRig();
    await rig.admit(take("one"));
    await rig.admit(take("two"));
    rig.limits.release([slot("one")], "a");
    rig.limits.release([slot("one")], "a");
    expect((await rig.admit(take("three"))).admitted).toBe(true);
    expect((await rig.admit(take("four"))).admitted).toBe(false);
  });

  it("is given back once the engine is back, if it was down", async () => {
    const rig = createRig();
    await rig.admit(take("one"));
    rig.engine.health = "unreachable";
    rig.limits.release([slot("one")], "a");
    await rig.clock.advance(1_000);
    rig.engine.health = "well";
    await rig.clock.advance(5_000);
    expect(rig.engine.slotsInUse(ID)).toBe(0);
  });

  it("is given back again when nobody knows whether it was", async () => {
    const rig = createRig();
    await rig.admit(take("one"));
    rig.engine.health = "hung";
    rig.limits.release([slot("one")], "a");
    await rig.clock.advance(100);
    rig.engine.health = "well";
    await rig.clock.advance(5_000);
    expect(rig.engine.slotsInUse(ID)).toBe(0);
  });

  it("is not taken again by a heartbeat when another process gave a job's back", async () => {
    const clock = new VirtualClock();
    const engine = new ModelEngine(clock);
    const [one, two] = [createRig({ clock, engine }), createRig({ clock, engine })];
    await one.admit(take("job"));
    await one.admit(take("other"));
    await one.admit(take("job", { detached: true, leaseMs: 3_600_000 }));
    two.limits.release([slot("job")], "a");
    await clock.advance(20_000);
    expect(engine.slotsInUse(ID)).toBe(1);
  });
});

describe("C4: while the engine is down, slots", () => {
  it("are counted by this process, those that it held before included", async () => {
    const rig = createRig();
    await rig.admit(take("one"));
    rig.engine.health = "unreachable";
    expect((await rig.admit(take("two"))).admitted).toBe(true);
    expect((await rig.admit(take("three"))).admitted).toBe(false);
    rig.limits.release([slot("one")], "a");
    expect((await rig.admit(take("three"))).admitted).toBe(true);
  });

  it("are told to the engine when it is back, for as long as their calls run", async () => {
    const rig = createRig();
    rig.engine.health = "unreachable";
    await rig.admit(take("one"));
    await rig.admit(take("two"));
    rig.limits.release([slot("two")], "a");
    rig.engine.health = "well";
    await rig.clock.advance(6_000);
    expect(rig.engine.slotsInUse(ID)).toBe(1);
    rig.limits.release([slot("one")], "a");
    await rig.clock.advance(6_000);
    expect(rig.engine.slotsInUse(ID)).toBe(0);
  });

  it("of a call that is refused here are not left behind there", async () => {
    const rig = createRig();
    rig.engine.health = "mute";
    const full = { windows: [{ id: "w", limit: 1, windowMs: 60_000, cost: 1 }] };
    await rig.admitWithin(40, full);
    const { decided } = await rig.admitWithin(40, { ...full, slots: [slot("one")] });
    expect((await decided).admitted).toBe(false);
    rig.engine.health = "well";
    await rig.clock.advance(5_000);
    expect(rig.engine.slotsInUse(ID)).toBe(0);
  });

  it("of a job are told to it once it is back, for one lease: the job may have ended elsewhere", async () => {
    const rig = createRig();
    rig.engine.health = "hung";
    await rig.admitWithin(40, take("job", { detached: true, leaseMs: 3_600_000 }));
    rig.engine.health = "well";
    await rig.clock.advance(6_000);
    expect(rig.engine.slotsInUse(ID)).toBe(1);
    await rig.clock.advance(15_000);
    expect(rig.engine.slotsInUse(ID)).toBe(0);
  });

  it("of a job are not told to it after the job's end", async () => {
    const rig = createRig();
    rig.engine.health = "hung";
    await rig.admitWithin(40, take("job", { detached: true, leaseMs: 3_600_000 }));
    rig.engine.health = "well";
    rig.limits.release([slot("job")], "a");
    await rig.clock.advance(0);
    expect(rig.engine.slotsInUse(ID)).toBe(0);
    await rig.clock.advance(60_000);
    expect(rig.engine.commands("renew")).toEqual([]);
  });

  it("of a job that may be over are not taken again once it is back", async () => {
    const rig = createRig();
    rig.engine.health = "hung";
    const kept = take("job", { detached: true, leaseMs: 3_600_000, limit: 0 });
    const { decided } = await rig.admitWithin(40, { ...kept, whenDown: "throw" });
    await expect(decided).rejects.toThrow();
    rig.engine.health = "well";
    await rig.clock.advance(60_000);
    expect(rig.engine.commands("renew")).toEqual([]);
  });
});
