// A clock that moves only when told to, for tests and the simulator: timers run in order of time,
// then of creation, and everything that a timer sets off by promises, or leaves to the end of the
// turn, has happened before the next one runs.

import { assert } from "./assert.ts";
import { type Clock, checkDelay, sleepBy } from "./clock.ts";
import { TimerQueue } from "./timer-queue.ts";
import { turnGoesOn } from "./turn.ts";
import { DAY_MS } from "./units.ts";

/**
 * Virtual time. Real asynchronous work (a digest, a socket) takes no virtual time and is not waited
 * for, unless time is told to stand still for it.
 */
export class VirtualClock implements Clock {
  readonly #timers = new TimerQueue();
  #nowMs = 0;
  #wallOffsetMs: number;
  #moving = false;
  readonly #standingFor = new Set<Promise<unknown>>();
  #keeping = 0;

  /**
   * Starts at the given wall time, in milliseconds since the epoch, and at a monotonic time of 0.
   */
  constructor(wallMs: number = Date.UTC(2026, 0, 1)) {
    this.#wallOffsetMs = wallMs;
  }

  /** How many timers wait to run; a cancelled one does not count. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  /** How many of them a process would live on for. */
  get keepingAlive(): number {
    return this.#keeping;
  }

  wallMs(): number {
    return Math.floor(this.#nowMs + this.#wallOffsetMs);
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepBy((callback) => this.after(ms, callback, true), signal);
  }

  after(ms: number, callback: () => void, keepsAlive = false): () => void {
    checkDelay(ms);
    let keeping = keepsAlive ? 1 : 0;
    const letGo = () => {
      this.#keeping -= keeping;
      keeping = 0;
    };
    this.#keeping += keeping;
    const timer = this.#timers.add(this.#nowMs + Math.max(ms, 0), () => {
      letGo();
      callback();
    });
    return () => {
      letGo();
      this.#timers.cancel(timer);
    };
  }

  /** Moves the wall clock alone, as an operator or NTP does; nothing becomes due by it. */
  stepWall(ms: number): void {
    this.#wallOffsetMs += ms;
  }

  /** No timer runs before this real work is over, whichever way, with all that its end sets off. */
  standStillFor(work: Promise<unknown>): void {
    this.#standingFor.add(work);
  }

  /**
   * Moves both clocks forward, running every timer that falls due on the way, also those set on the
   * way.
   */
  async advance(ms: number): Promise<void> {
    assert(ms >= 0, () => `Virtual time moves forward only, got ${ms} ms`);
    const untilMs = this.#nowMs + ms;
    await this.#move(async () => {
      while (await this.#runNext(untilMs)) {}
      this.#nowMs = untilMs;
    });
  }

  /**
   * Runs the next timer only, at its time; answers whether there was one due within `withinMs`.
   * Before it, everything already set off by promises happens, and after it too.
   */
  async runNext(withinMs: number = Number.POSITIVE_INFINITY): Promise<boolean> {
    let ran = false;
    await this.#move(async () => {
      ran = await this.#runNext(this.#nowMs + withinMs);
    });
    return ran;
  }

  /**
   * Runs timers until none is left. Throws when some are left after `limitMs` of virtual time.
   * @default one day
   */
  async runUntilIdle(limitMs: number = DAY_MS): Promise<void> {
    const untilMs = this.#nowMs + limitMs;
    await this.#move(async () => {
      while (await this.#runNext(untilMs)) {}
    });
    assert(
      this.pendingTimers === 0,
      () => `Not idle after ${limitMs} ms of virtual time: ${this.pendingTimers} timers are left`,
    );
  }

  async #move(run: () => Promise<void>): Promise<void> {
    assert(!this.#moving, "Virtual time is being moved already: await the first before the next");
    this.#moving = true;
    try {
      await endOfTurn();
      if (this.#standingFor.size > 0) await this.#endOfWork();
      await run();
    } finally {
      this.#moving = false;
    }
  }

  async #runNext(untilMs: number): Promise<boolean> {
    const timer = this.#timers.takeDue(untilMs);
    if (timer === undefined) return false;
    this.#nowMs = timer.dueMs;
    timer.callback();
    await endOfTurn();
    if (this.#standingFor.size > 0) await this.#endOfWork();
    return true;
  }

  async #endOfWork(): Promise<void> {
    while (this.#standingFor.size > 0) {
      const [work] = this.#standingFor;
      await work?.catch(() => undefined);
      if (work !== undefined) this.#standingFor.delete(work);
      await endOfTurn();
    }
  }
}

/** What was left to the end of the turn belongs to this instant, with all that it sets off. */
async function endOfTurn(): Promise<void> {
  do await macrotask();
  while (turnGoesOn());
}

/**
 * Resolves when every microtask has run, theirs included; costs about a microsecond, never a
 * timer's millisecond.
 */
const macrotask: () => Promise<void> = chooseMacrotask();

function chooseMacrotask(): () => Promise<void> {
  // Taken once, at load: a test that replaces the global timers must not stop virtual time.
  const immediate = (globalThis as { setImmediate?: (callback: () => void) => unknown })
    .setImmediate;
  if (immediate !== undefined) return () => new Promise((resolve) => void immediate(resolve));
  return () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    });
}
