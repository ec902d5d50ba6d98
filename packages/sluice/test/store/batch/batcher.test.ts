// One batch in flight, everything that waits goes with the next, and each caller hears of its own
// command, whatever the engine does.

import { describe, expect, it } from "vitest";
import { createWorld, done, type Outcome, refused } from "../../../src/base/index.ts";
import { BatchError, createBatcher } from "../../../src/store/batch/index.ts";
import { createFakeEngine, type Fate, fates } from "./fake-engine.ts";

/** An engine whose batches end when the test says so. */
function manualEngine() {
  const batches: {
    readonly commands: readonly number[];
    readonly end: (outcomes?: readonly Outcome<number, unknown>[]) => void;
    readonly fail: (error: unknown) => void;
  }[] = [];
  return {
    batches,
    run: (commands: readonly number[]) =>
      new Promise<readonly Outcome<number, unknown>[]>((resolve, reject) => {
        const end = (outcomes: readonly Outcome<number, unknown>[] = commands.map(done)) =>
          resolve(outcomes);
        batches.push({ commands, end, fail: reject });
      }),
  };
}

const turn = async () => {
  for (let at = 0; at < 10; at++) await undefined;
};
const reasonOf = (error: unknown) => (error instanceof BatchError ? error.reason : error);

describe("natural batching", () => {
  it("hands what comes in one turn on together, and what comes meanwhile with the next", async () => {
    const engine = manualEngine();
    const batcher = createBatcher({ engine });
    const first = [1, 2, 3].map((command) => batcher.submit(command));
    await turn();
    expect(engine.batches.map(({ commands }) => commands)).toEqual([[1, 2, 3]]);
    expect(batcher.busy).toBe(true);
    const second = [batcher.submit(4)];
    await turn();
    second.push(batcher.submit(5));
    expect(batcher.waiting).toBe(2);
    engine.batches[0]?.end();
    expect(await Promise.all(first)).toEqual([1, 2, 3]);
    expect(engine.batches.map(({ commands }) => commands)).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    engine.batches[1]?.end();
    expect(await Promise.all(second)).toEqual([4, 5]);
    expect(batcher.busy).toBe(false);
  });

  it("lets a command go alone at once when nothing is under way", async () => {
    const engine = manualEngine();
    const batcher = createBatcher({ engine });
    const only = batcher.submit(7);
    await undefined;
    expect(engine.batches).toHaveLength(1);
    engine.batches[0]?.end();
    expect(await only).toBe(7);
  });

  it("has the next batch under way before the callers of the last go on", async () => {
    const engine = manualEngine();
    const batcher = createBatcher({ engine });
    const first = batcher.submit(1).then(() => engine.batches.length);
    await turn();
    const second = batcher.submit(2);
    engine.batches[0]?.end();
    expect(await first).toBe(2);
    engine.batches[1]?.end();
    await second;
  });

  it("puts no more than batchMax into a batch, in the order in which they came", async () => {
    const engine = manualEngine();
    const batcher = createBatcher({ engine, batchMax: 3 });
    const all = Promise.all([1, 2, 3, 4, 5, 6, 7].map((command) => batcher.submit(command)));
    for (let at = 0; at < 3; at++) {
      await turn();
      engine.batches[at]?.end();
    }
    expect(await all).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(engine.batches.map(({ commands }) => commands)).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
  });
});

describe("what goes wrong", () => {
  it("fails one command and not its neighbours where the engine says so", async () => {
    const engine = manualEngine();
    const batcher = createBatcher({ engine });
    const all = Promise.allSettled([1, 2, 3].map((command) => batcher.submit(command)));
    await turn();
    engine.batches[0]?.end([done(10), refused("no"), done(30)]);
    expect(await all).toEqual([
      { status: "fulfilled", value: 10 },
      { status: "rejected", reason: "no" },
      { status: "fulfilled", value: 30 },
    ]);
  });

  it("fails exactly the callers of a batch that fails", async () => {
    const engine = manualEngine();
    const batcher = createBatcher({ engine });
    const first = Promise.allSettled([1, 2].map((command) => batcher.submit(command)));
    await turn();
    const second = batcher.submit(3);
    engine.batches[0]?.fail("the disk is gone");
    expect(await first).toEqual([
      { status: "rejected", reason: "the disk is gone" },
      { status: "rejected", reason: "the disk is gone" },
    ]);
    engine.batches[1]?.end();
    expect(await second).toBe(3);
  });

  it("takes an engine that throws, or answers too few, for one that fails", async () => {
    const answers: (() => Promise<readonly Outcome<number, unknown>[]>)[] = [
      () => {
        throw new Error("at once");
      },
      async () => [],
    ];
    const engine = { run: () => answers.shift()?.() ?? Promise.resolve([done(1)]) };
    const batcher = createBatcher<number, number>({ engine });
    await expect(batcher.submit(1)).rejects.toThrow("at once");
    await expect(batcher.submit(2)).rejects.toMatchObject({ reason: "broken" });
    expect(await batcher.submit(3)).toBe(1);
  });

  it("refuses one more than queueMax as overloaded, and recovers", async () => {
    const engine = manualEngine();
    const batcher = createBatcher({ engine, queueMax: 2 });
    const first = batcher.submit(1);
    await turn();
    const waiting = [2, 3].map((command) => batcher.submit(command));
    await expect(batcher.submit(4)).rejects.toMatchObject({ reason: "overloaded" });
    engine.batches[0]?.end();
    await first;
    engine.batches[1]?.end();
    expect(await Promise.all(waiting)).toEqual([2, 3]);
    const last = batcher.submit(5);
    await turn();
    engine.batches[2]?.end();
    expect(await last).toBe(5);
  });

  it("refuses bounds that let nothing through", () => {
    const engine = manualEngine();
    expect(() => createBatcher({ engine, queueMax: 0 })).toThrow("queueMax");
    expect(() => createBatcher({ engine, batchMax: Number.NaN })).toThrow("batchMax");
  });
});

describe("an engine that hangs", () => {
  it("keeps nobody waiting, lets nobody in, and takes up again when it answers", async () => {
    const { clock } = createWorld("hang");
    const engine = manualEngine();
    const batcher = createBatcher({ engine, clock, stallMs: 5_000 });
    const told: [string, unknown, number][] = [];
    const ask = (name: string, command: number) =>
      batcher.submit(command).then(
        (value) => told.push([name, value, clock.monotonicMs()]),
        (error: unknown) => told.push([name, reasonOf(error), clock.monotonicMs()]),
      );
    void ask("in flight", 1);
    await clock.advance(100);
    void ask("waiting", 2);
    await clock.advance(4_899);
    expect(told).toEqual([]);
    await clock.advance(1);
    void ask("late", 3);
    await turn();
    expect(told).toEqual([
      ["in flight", "stalled", 5_000],
      ["waiting", "stalled", 5_000],
      ["late", "stalled", 5_000],
    ]);
    engine.batches[0]?.end();
    await turn();
    void ask("after", 4);
    await turn();
    engine.batches[1]?.end();
    await turn();
    expect(told.at(-1)).toEqual(["after", 4, 5_000]);
    expect(engine.batches.map(({ commands }) => commands)).toEqual([[1], [4]]);
  });
});

describe("close", () => {
  it("answers everybody who had come, and refuses whoever comes later", async () => {
    const engine = manualEngine();
    const batcher = createBatcher({ engine, batchMax: 2 });
    const all = Promise.all([1, 2, 3].map((command) => batcher.submit(command)));
    let closed = false;
    const closing = batcher.close().then(() => {
      closed = true;
    });
    await expect(batcher.submit(4)).rejects.toMatchObject({ reason: "closed" });
    await turn();
    engine.batches[0]?.end();
    await turn();
    expect(closed).toBe(false);
    engine.batches[1]?.end();
    await closing;
    expect(await all).toEqual([1, 2, 3]);
    await batcher.close();
  });

  it("does not wait for an engine that hangs longer than anybody else does", async () => {
    const { clock } = createWorld("close");
    const batcher = createBatcher({ engine: manualEngine(), clock, stallMs: 1_000 });
    const lost = expect(batcher.submit(1)).rejects.toMatchObject({ reason: "stalled" });
    const closing = batcher.close();
    await clock.advance(1_000);
    await closing;
    await lost;
  });
});

describe("in many seeded worlds", () => {
  it.each(fates)("tells every caller the truth, once, with an engine that may %s", async (fate) => {
    for (let seed = 0; seed < 60; seed++) await runWorld(`${fate} ${seed}`, fate);
  });
});

/** Callers come and go at random; the engine's fate strikes at random points of its work. */
async function runWorld(seed: string, fate: Fate): Promise<void> {
  const world = createWorld(seed);
  const { clock, random } = world;
  const engine = createFakeEngine(world, fate);
  const batchMax = 1 + random.integer(8);
  const batcher = createBatcher({ engine, clock, batchMax, queueMax: 20, stallMs: 500 });
  const told = new Map<number, unknown>();
  const callers = 1 + random.integer(40);
  for (let command = 0; command < callers; command++) {
    void world.spawn(`caller ${command}`, async () => {
      await world.pause(400);
      const answer = await batcher.submit(command).catch(reasonOf);
      expect(told.has(command), `${seed}: ${command} is told twice`).toBe(false);
      told.set(command, answer);
    });
  }
  await world.run();
  await batcher.close();
  expect(told.size).toBe(callers);
  expect(engine.mostAtOnce).toBeLessThanOrEqual(1);
  for (const [command, answer] of told) {
    const times = engine.timesDone(command);
    const what = `${seed}: ${command} heard ${String(answer)}, done ${times} times`;
    if (answer === `done ${command}`) expect(times, what).toBe(1);
    else if (answer === "overloaded" || answer === "closed") expect(times, what).toBe(0);
    else expect(times, what).toBeLessThanOrEqual(1);
  }
}
