// What takes time: a processor that takes all that waits as one turn, as a process with an event loop does, and a row of
// cores that take one job each.

import type { Clock } from "../../base/index.ts";

interface Job {
  readonly us: number;
  readonly done: () => void;
}

/** One core; what comes while it works waits for the next turn, and all of a turn is done at its end. */
export class Loop {
  readonly #clock: Clock;
  #waiting: Job[] = [];
  #isRunning = false;
  busyUs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  do(us: number, done: () => void): void {
    this.#waiting.push({ us, done });
    if (!this.#isRunning) this.#turn();
  }

  #turn(): void {
    const jobs = this.#waiting;
    this.#waiting = [];
    this.#isRunning = jobs.length > 0;
    if (!this.#isRunning) return;
    let us = 0;
    for (const job of jobs) us += job.us;
    this.busyUs += us;
    this.#clock.after(us / 1_000, () => {
      for (const job of jobs) job.done();
      this.#turn();
    });
  }
}

/** So many cores; a job has one of them to itself until it is done, and the first that came is the first that is served. */
export class Cores {
  readonly #clock: Clock;
  readonly #waiting: Job[] = [];
  #next = 0;
  #free: number;
  busyUs = 0;

  constructor(clock: Clock, count: number) {
    this.#clock = clock;
    this.#free = count;
  }

  do(us: number, done: () => void): void {
    this.#waiting.push({ us, done });
    this.#serve();
  }

  #serve(): void {
    while (this.#free > 0 && this.#next < this.#waiting.length) {
      const { us, done } = this.#waiting[this.#next++] as Job;
      this.#free--;
      this.busyUs += us;
      this.#clock.after(us / 1_000, () => {
        this.#free++;
        done();
        this.#serve();
      });
    }
    if (this.#next < this.#waiting.length || this.#next === 0) return;
    this.#waiting.length = 0;
    this.#next = 0;
  }
}
