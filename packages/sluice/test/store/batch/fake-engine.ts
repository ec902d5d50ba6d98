// An engine in virtual time, with a durable side that outlives each failure: it may fail before, amid or
// after the work of a batch, lose its answer, or hang.

import { done, type Outcome, refused, type World } from "../../../src/base/index.ts";
import type { BatchEngine } from "../../../src/store/batch/index.ts";

export const fates = [
  "do its work",
  "throw at once",
  "fail before its work",
  "fail after its work",
  "refuse single commands",
  "answer for too few",
  "hang before its work",
  "hang after its work",
] as const;

export type Fate = (typeof fates)[number];

export interface FakeEngine extends BatchEngine<number, string> {
  /** How often a command was done for good. */
  timesDone(command: number): number;
  readonly mostAtOnce: number;
}

export function createFakeEngine(world: World, fate: Fate): FakeEngine {
  const times = new Map<number, number>();
  let running = 0;
  let most = 0;
  const strikes = () => world.random.integer(3) === 0;

  async function work(batch: readonly number[]): Promise<readonly Outcome<string, unknown>[]> {
    await world.pause(20);
    if (fate === "fail before its work" && strikes()) throw "failed";
    if (fate === "hang before its work" && strikes()) await world.clock.sleep(2_000);
    const outcomes = batch.map((command): Outcome<string, unknown> => {
      if (fate === "refuse single commands" && strikes()) return refused("refused");
      times.set(command, (times.get(command) ?? 0) + 1);
      return done(`done ${command}`);
    });
    await world.pause(20);
    if (fate === "fail after its work" && strikes()) throw "failed";
    if (fate === "hang after its work" && strikes()) await world.clock.sleep(2_000);
    return fate === "answer for too few" && strikes() ? outcomes.slice(1) : outcomes;
  }

  return {
    run(batch) {
      if (fate === "throw at once" && strikes()) throw "failed";
      running++;
      most = Math.max(most, running);
      return work(batch).finally(() => {
        running--;
      });
    },
    timesDone: (command) => times.get(command) ?? 0,
    get mostAtOnce() {
      return most;
    },
  };
}
