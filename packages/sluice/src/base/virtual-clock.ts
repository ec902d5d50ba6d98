// A clock that moves only when told to, for tests and the simulator: timers run in order of time,
// then of creation, and everything that a timer sets off by promises, or leaves to the end of the
// turn, has happened before the next one runs.

import { assert } from "./assert.ts";
import { type Clock, checkDelay, sleepBy } from "./clock.ts";
import { TimerQueue } from "./timer-queue.ts";
import { eachTurn } from "./turn.ts";
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
    return this.#timers.keepingAlive;
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
    const timer = this.#timers.add(this.#nowMs + Math.max(ms, 0), callback, keepsAlive);
    return () => this.#timers.cancel(timer);
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
    await this.#run(untilMs, Number.POSITIVE_INFINITY);
    this.#nowMs = untilMs;
  }

  /**
   * Runs the next timer only, at its time; answers whether there was one due within `withinMs`.
   * Before it, everything already set off by promises happens, and after it too.
   */
  async runNext(withinMs: number = Number.POSITIVE_INFINITY): Promise<boolean> {
    return (await this.#run(this.#nowMs + withinMs, 1)) === 1;
  }

  /**
   * Runs timers until none is left. Throws when some are left after `limitMs` of virtual time.
   * @default one day
   */
  async runUntilIdle(limitMs: number = DAY_MS): Promise<void> {
    await this.#run(this.#nowMs + limitMs, Number.POSITIVE_INFINITY);
    assert(
      this.pendingTimers === 0,
      () => `Not idle after ${limitMs} ms of virtual time: ${this.pendingTimers} timers are left`,
    );
  }

  /** Runs timers that are due until then, each in a turn of its own, and answers how many. */
  async #run(untilMs: number, timersMax: number): Promise<number> {
    assert(!this.#moving, "Virtual time is being moved already: await the first before the next");
    this.#moving = true;
    let ran = 0;
    const runNext = () => {
      if (ran === timersMax || this.#standingFor.size > 0) return false;
      const dueMs = this.#timers.nextMs;
      // One that is due never, at infinity, never runs.
      if (dueMs > untilMs || dueMs === Number.POSITIVE_INFINITY) return false;
      const callback = this.#timers.takeNext();
      ran++;
      this.#nowMs = dueMs;
      callback?.();
      return true;
    };
    try {
      await eachTurn(runNext);
      while (this.#standingFor.size > 0) {
        await this.#endOfWork();
        await eachTurn(runNext);
      }
    } finally {
      this.#moving = false;
    }
    return ran;
  }

  async #endOfWork(): Promise<void> {
    const [work] = this.#standingFor;
    await work?.catch(() => undefined);
    if (work !== undefined) this.#standingFor.delete(work);
  }
}
