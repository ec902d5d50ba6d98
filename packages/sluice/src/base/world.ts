// A seeded world for tests: virtual time and chance from one seed, and tasks that interleave by
// them. The seed is the whole run.

import type { Awaitable } from "./awaitable.ts";
import { type Random, seededRandom } from "./random.ts";
import { DAY_MS } from "./units.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** One world; everything in it must take its time and chance from here. */
export interface World {
  readonly seed: number | string;
  readonly clock: VirtualClock;
  readonly random: Random;
  /**
   * Adds a task, which starts once the world runs, in order of spawning; a running task may spawn
   * others. The promise gives its result; a failure need not be awaited, since `run` throws it.
   */
  spawn<T>(name: string, task: () => Awaitable<T>): Promise<T>;
  /**
   * Waits for a random virtual time below `maxMs`: how fake input and output let others in between.
   * @default 10
   */
  pause(maxMs?: number): Promise<void>;
  /**
   * Moves time until every task is done. Throws when a task failed, when the tasks that are left
   * wait for nothing that can still happen, or when `limitMs` of virtual time were not enough; the
   * message names the seed and the tasks.
   */
  run(): Promise<void>;
}

/** What a world can be given besides its seed. */
export interface WorldOptions {
  /** Virtual milliseconds that one `run` may take. @default one day */
  readonly limitMs?: number;
  /** Where the wall clock starts. @default some instant in 2026, chosen by the seed */
  readonly wallMs?: number;
}

/**
 * Real turns of the event loop granted to work outside virtual time (a digest) before tasks count
 * as stuck. Turns alone prove little: they pass in milliseconds while a busy machine leaves the
 * threads that digest waiting. So each turn after the first few waits for a digest of its own,
 * which queues behind all that was handed to those threads before.
 */
const graceTurns = 2000;
const bareTurns = 100;

/** Makes a world whose every run is a function of the seed alone. */
export function createWorld(seed: number | string, options: WorldOptions = {}): World {
  const random = seededRandom(seed);
  const delays = seededRandom(`${seed}, delays`);
  const startMs = Date.UTC(2026, 0, 1) + seededRandom(`${seed}, start`).integer(365 * DAY_MS);
  const clock = new VirtualClock(options.wallMs ?? startMs);
  const limitMs = options.limitMs ?? DAY_MS;
  const running = new Map<number, string>();
  const failures: { name: string; error: unknown }[] = [];
  let spawned = 0;

  function fail(what: string, cause?: unknown): never {
    throw new Error(`[seed ${JSON.stringify(seed)}] ${what}`, { cause });
  }

  function spawn<T>(name: string, task: () => Awaitable<T>): Promise<T> {
    const id = spawned++;
    running.set(id, name);
    const result = clock.sleep(0).then(task);
    result.then(
      () => running.delete(id),
      (error: unknown) => {
        running.delete(id);
        failures.push({ name, error });
      },
    );
    return result;
  }

  async function run(): Promise<void> {
    const endMs = clock.monotonicMs() + limitMs;
    let turnsLeft = graceTurns;
    for (;;) {
      const moved = await clock.runNext(endMs - clock.monotonicMs());
      const [failure] = failures.splice(0);
      if (failure !== undefined) {
        fail(`Task "${failure.name}" failed: ${messageOf(failure.error)}`, failure.error);
      }
      if (running.size === 0) return;
      if (moved) {
        turnsLeft = graceTurns;
        continue;
      }
      if (turnsLeft-- === 0) fail(describeStuck());
      if (turnsLeft < graceTurns - bareTurns) await turnOfTheThreads();
    }
  }

  function describeStuck(): string {
    const names = [...running.values()].map((name) => `"${name}"`).join(", ");
    return clock.pendingTimers === 0
      ? `Stuck: ${names} wait for nothing that can still happen`
      : `Not done within ${limitMs} ms of virtual time: ${names}`;
  }

  return {
    seed,
    clock,
    random,
    spawn,
    pause: (maxMs = 10) => clock.sleep(delays.float() * maxMs),
    run,
  };
}

function turnOfTheThreads(): Promise<unknown> {
  return crypto.subtle.digest("SHA-256", new Uint8Array(64));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
