// Law 4, R5: while the engine is slow, hung or gone nobody waits longer than the deadline, and nobody at all once that is
// known; what is decided meanwhile is bounded, and told afterwards exactly once.

import { describe, expect, it } from "vitest";
import { countAdmitted, createRig, MINUTE_MS, slot, window } from "./distant-rig.ts";
import type { Health } from "./model-engine.ts";

/** Until the breaker is open. */
async function open(rig: ReturnType<typeof createRig>, health: Health): Promise<void> {
  rig.engine.health = health;
  for (let call = 0; call < 5; call++) {
    const { decided } = await rig.admitWithin(40, { windows: [window("open", 1_000)] });
    await decided.catch(() => undefined);
  }
  expect(rig.limits.partlyDown).toBe(true);
}

describe("R5: the time that the engine may take", () => {
  it("a reply 1 ms before the deadline counts", async () => {
    const rig = createRig();
    rig.engine.delayMs = 29;
    const { tookMs, decided } = await rig.admitWithin(40);
    expect(tookMs).toBe(29);
    expect(await decided).toEqual({
      admitted: true,
      windows: [{ remaining: 9, resetMs: MINUTE_MS }],
      slotsTaken: [],
    });
  });

  it("a decision without it knows the slots of this process", async () => {
    const rig = createRig();
    await rig.admit({ windows: [], slots: [slot("before", { limit: 3 })] });
    rig.engine.health = "unreachable";
    const alone = await rig.admit({ windows: [], slots: [slot("now", { limit: 3 })] });
    expect(alone).toMatchObject({ admitted: true, slotsTaken: [2], local: {} });
  });

  it.each<Health>(["hung", "mute"])("nobody waits longer than the deadline: %s", async (health) => {
    const rig = createRig();
    rig.engine.health = health;
    const { tookMs, decided } = await rig.admitWithin(40);
    expect(tookMs).toBe(30);
    expect(await decided).toMatchObject({
      admitted: true,
      local: { cause: { name: "LimitsDownError" } },
    });
  });

  it("a late reply changes nothing", async () => {
    const rig = createRig();
    rig.engine.delayMs = 31;
    const { decided } = await rig.admitWithin(40, { windows: [window("requests:a", 1)] });
    expect(await decided).toMatchObject({ admitted: true, local: {} });
    await rig.clock.advance(100);
    rig.engine.delayMs = 0;
    // Counted once, by the engine, which did it all the same.
    expect(rig.engine.placesIn("requests:a", MINUTE_MS)).toBe(1);
    expect(rig.engine.commands("post")).toEqual([]);
  });

  it("once it is known nobody waits, and nothing is sent", async () => {
    const rig = createRig();
    await open(rig, "hung");
    const sent = rig.engine.batches.length;
    for (let call = 0; call < 100; call++) {
      const verdict = rig.limits.admit(
        { windows: [window("b", 1_000)], slots: [], whenDown: "local" },
        rig.clock.monotonicMs(),
      );
      expect(verdict).toMatchObject({ admitted: true, local: {} });
    }
    expect(rig.engine.batches.length).toBe(sent);
  });

  it("a connection that is not there is not waited for at all", async () => {
    const rig = createRig();
    rig.engine.health = "unreachable";
    const { tookMs, decided } = await rig.admitWithin(40);
    expect(tookMs).toBe(0);
    expect(await decided).toMatchObject({ admitted: true, local: {} });
    expect(rig.engine.batches).toEqual([]);
  });

  it("what was decided without it is not counted when it arrives at last", async () => {
    const rig = createRig();
    await rig.admit();
    rig.engine.health = "stuck";
    for (let call = 0; call < 3; call++) await rig.admitWithin(40);
    await rig.clock.advance(50);
    await rig.engine.deliver();
    expect(rig.engine.placesIn("requests:a", MINUTE_MS)).toBe(1);
  });

  it.each([3_600_000, -3_600_000])(
    "a step of its clock by %i ms costs no decision",
    async (stepMs) => {
      const rig = createRig();
      await rig.admit();
      rig.engine.aheadMs += stepMs;
      const verdict = await rig.admit();
      expect(verdict).toMatchObject({ admitted: true });
      expect(verdict.local).toBeUndefined();
      expect(rig.limits.partlyDown).toBe(false);
    },
  );
});

describe("the breaker", () => {
  it("asks again after a quarter of a second by one real decision", async () => {
    const rig = createRig();
    await open(rig, "hung");
    rig.engine.health = "well";
    await rig.clock.advance(301);
    const sent = rig.engine.batches.length;
    const verdicts = await Promise.all([rig.admit(), rig.admit(), rig.admit()]);
    expect(rig.engine.batches.slice(sent).map((batch) => batch.length)).toEqual([1]);
    expect(verdicts.map(({ local }) => local === undefined)).toEqual([true, false, false]);
    expect((await rig.admit()).local).toBeUndefined();
  });

  it("waits twice as long after each probe that fails, up to five seconds", async () => {
    const rig = createRig();
    await open(rig, "broken");
    const probesMs: number[] = [];
    let sent = rig.engine.batches.length;
    for (let ms = 0; ms < 30_000; ms += 10) {
      await rig.clock.advance(10);
      await rig.admit({ windows: [window("b", 1_000_000)] });
      if (rig.engine.batches.length > sent) probesMs.push(rig.clock.monotonicMs());
      sent = rig.engine.batches.length;
    }
    const waits = probesMs.slice(1).map((atMs, at) => atMs - (probesMs[at] ?? 0));
    for (const [at, waitMs] of waits.entries()) {
      const meantMs = Math.min(5_000, 500 * 2 ** at);
      expect(waitMs).toBeGreaterThanOrEqual(0.8 * meantMs);
      expect(waitMs).toBeLessThanOrEqual(1.2 * meantMs + 10);
    }
  });

  it("opens on half of what fails within a second, though never five in a row", async () => {
    const rig = createRig();
    for (let call = 0; call < 20; call++) {
      rig.engine.health = call % 2 === 0 ? "well" : "broken";
      await rig.admit({ windows: [window("b", 1_000)] });
    }
    rig.engine.health = "well";
    const sent = rig.engine.batches.length;
    expect(sent).toBe(20);
    for (let call = 0; call < 10; call++) await rig.admit({ windows: [window("c", 1_000)] });
    expect(rig.engine.batches.length).toBe(sent);
  });

  it("of one shard says nothing of the others", async () => {
    const rig = createRig({ parts: 64 });
    rig.engine.health = "broken";
    for (let call = 0; call < 5; call++) await rig.admit({ owner: "a" });
    rig.engine.health = "well";
    expect(
      (await rig.admit({ owner: "b", windows: [window("requests:b")] })).local,
    ).toBeUndefined();
    expect((await rig.admit({ owner: "a" })).local).toBeDefined();
    // Somebody is told so: a gate must not say that all is well while one of 64 is not.
    expect(rig.limits.partlyDown).toBe(true);
  });
});

describe("while the engine is down, an admission that says throw", () => {
  it("throws at once, and nothing is told afterwards", async () => {
    const rig = createRig();
    await open(rig, "broken");
    for (let call = 0; call < 50; call++) {
      await expect(rig.admit({ whenDown: "throw" })).rejects.toThrow("does not answer");
    }
    rig.engine.health = "well";
    await rig.clock.advance(6_000);
    await rig.admit({ whenDown: "throw" });
    await rig.clock.advance(100);
    expect(rig.engine.placesIn("requests:a", MINUTE_MS)).toBe(1);
  });
});

describe("while the engine is down, an admission that says local", () => {
  it("is bounded by an exact window of this process", async () => {
    const rig = createRig();
    await open(rig, "hung");
    expect(await countAdmitted(rig.admit, 100)).toBe(10);
    await rig.clock.advance(MINUTE_MS - 1);
    rig.engine.health = "unreachable";
    expect(await countAdmitted(rig.admit, 100)).toBe(0);
    await rig.clock.advance(1);
    expect(await countAdmitted(rig.admit, 100)).toBe(10);
  });

  it("counts on from one outage to the next", async () => {
    const rig = createRig();
    await open(rig, "unreachable");
    expect(await countAdmitted(rig.admit, 7)).toBe(7);
    rig.engine.health = "well";
    await rig.clock.advance(6_000);
    await rig.admit({ windows: [window("b")] });
    await open(rig, "unreachable");
    expect(await countAdmitted(rig.admit, 100)).toBe(3);
  });

  it("tells the engine afterwards what it never heard of, once, before anything else of that key", async () => {
    const rig = createRig();
    await open(rig, "unreachable");
    for (let call = 0; call < 4; call++) {
      await rig.admit();
      await rig.clock.advance(100);
    }
    rig.engine.health = "well";
    await rig.clock.advance(6_000);
    const verdict = await rig.admit();
    expect(verdict).toMatchObject({ admitted: true, windows: [{ remaining: 5 }] });
    await rig.clock.advance(1_000);
    expect(rig.engine.placesIn("requests:a", MINUTE_MS)).toBe(5);
    const posts = rig.engine
      .commands("post")
      .filter((post) => "id" in post && post.id === "requests:a");
    expect(posts).toMatchObject([
      { places: [6_400, 6_300, 6_200, 6_100].map((ageMs) => ({ ageMs, cost: 1 })) },
    ]);
  });

  it("tells of keys that nobody calls any more too", async () => {
    const rig = createRig();
    await open(rig, "unreachable");
    for (let key = 0; key < 300; key++) await rig.admit({ windows: [window(`requests:${key}`)] });
    rig.engine.health = "well";
    await rig.clock.advance(6_000);
    await rig.admit({ windows: [window("other")] });
    for (let turn = 0; turn < 10; turn++) await rig.clock.advance(1);
    for (let key = 0; key < 300; key++) {
      expect(rig.engine.placesIn(`requests:${key}`, MINUTE_MS)).toBe(1);
    }
  });

  it("tells of no more than the limit of a key, and of the newest", async () => {
    const rig = createRig();
    await open(rig, "unreachable");
    for (let call = 0; call < 35; call++) {
      await rig.admit();
      await rig.clock.advance(MINUTE_MS / 10);
    }
    rig.engine.health = "well";
    await rig.clock.advance(6_000);
    await rig.admit();
    const told = rig.engine
      .commands("post")
      .filter((post) => "id" in post && post.id === "requests:a");
    const costs = told.flatMap((post) => (post.kind === "post" ? post.places : []));
    expect(costs.length).toBeGreaterThan(0);
    expect(costs.length).toBeLessThanOrEqual(10);
    expect(costs.every(({ ageMs }) => ageMs < MINUTE_MS)).toBe(true);
  });

  it("never tells of what was sent, though nobody answered", async () => {
    const rig = createRig();
    rig.engine.health = "mute";
    const { decided } = await rig.admitWithin(40);
    expect(await decided).toMatchObject({ admitted: true, local: {} });
    rig.engine.health = "well";
    await rig.admit();
    await rig.clock.advance(6_000);
    expect(rig.engine.commands("post")).toEqual([]);
    expect(rig.engine.placesIn("requests:a", MINUTE_MS)).toBe(2);
  });
});
