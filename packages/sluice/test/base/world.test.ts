// The seeded world: a run is a function of its seed, and a run that goes wrong says with which seed.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createWorld } from "../../src/base/index.ts";

async function trace(seed: number | string): Promise<string[]> {
  const world = createWorld(seed);
  const seen: string[] = [];
  for (const name of ["a", "b", "c"]) {
    world.spawn(name, async () => {
      for (let step = 0; step < 4; step++) {
        await world.pause();
        seen.push(`${name}${step} ${world.clock.wallMs()} ${world.random.integer(100)}`);
      }
    });
  }
  await world.run();
  return seen;
}

describe("a world", () => {
  it("runs the same way again from the same seed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.nat(), fc.string()), async (seed) => {
        expect(await trace(seed)).toEqual(await trace(seed));
      }),
    );
  });

  it("interleaves its tasks in another way for another seed", async () => {
    const orders = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      orders.add((await trace(seed)).map((line) => line.slice(0, 2)).join());
    }
    expect(orders.size).toBeGreaterThan(15);
  });

  it("starts tasks in order of spawning once it runs, and those that they spawn", async () => {
    const world = createWorld(1);
    const seen: string[] = [];
    world.spawn("first", () => {
      seen.push("first");
      world.spawn("child", () => seen.push("child"));
    });
    world.spawn("second", () => seen.push("second"));
    expect(seen).toEqual([]);
    await world.run();
    expect(seen).toEqual(["first", "second", "child"]);
  });

  it("gives a task's result to whoever spawned it", async () => {
    const world = createWorld(1);
    const answer = world.spawn("answer", async () => {
      await world.pause();
      return 42;
    });
    await world.run();
    expect(await answer).toBe(42);
  });

  it("can run again after more tasks were spawned, its time going on", async () => {
    const world = createWorld(1, { wallMs: 0 });
    world.spawn("one", () => world.clock.sleep(100));
    await world.run();
    world.spawn("two", () => world.clock.sleep(100));
    await world.run();
    expect(world.clock.wallMs()).toBe(200);
  });

  it("runs an hour of waiting in next to no time", async () => {
    const world = createWorld(1, { wallMs: 0 });
    world.spawn("patient", () => world.clock.sleep(3_600_000));
    await world.run();
    expect(world.clock.monotonicMs()).toBe(3_600_000);
  });
});

describe("a world that goes wrong", () => {
  it("names the seed and the task that failed, and keeps the error as the cause", async () => {
    const world = createWorld("unlucky");
    const cause = new Error("no credits");
    world.spawn("fine", () => world.pause());
    world.spawn("payer", async () => {
      await world.pause();
      throw cause;
    });
    await expect(world.run()).rejects.toMatchObject({
      message: '[seed "unlucky"] Task "payer" failed: no credits',
      cause,
    });
  });

  it("can run on after a failure, without the task that failed", async () => {
    const world = createWorld(1);
    world.spawn("broken", () => Promise.reject(new Error("broken")));
    const other = world.spawn("other", () => world.pause());
    await expect(world.run()).rejects.toThrow('Task "broken" failed');
    await world.run();
    await other;
  });

  it("names the tasks that wait for what can no longer happen", async () => {
    const world = createWorld(7);
    world.spawn("fine", () => world.pause());
    world.spawn("waiter", () => new Promise(() => {}));
    await expect(world.run()).rejects.toThrow(
      '[seed 7] Stuck: "waiter" wait for nothing that can still happen',
    );
  });

  it("stops a task that never ends after the bound of virtual time", async () => {
    const world = createWorld(8, { limitMs: 1000 });
    world.spawn("endless", async () => {
      for (;;) await world.clock.sleep(10);
    });
    await expect(world.run()).rejects.toThrow(
      '[seed 8] Not done within 1000 ms of virtual time: "endless"',
    );
  });

  it("does not take work outside virtual time, such as a digest, for being stuck", async () => {
    const world = createWorld(9);
    const digest = world.spawn("digest", () =>
      crypto.subtle.digest("SHA-256", world.random.bytes(64)),
    );
    await world.run();
    expect((await digest).byteLength).toBe(32);
  });
});
