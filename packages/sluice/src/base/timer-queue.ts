// The virtual clock's timers, by time, then by creation, so that a run has one order only.

import { type Due, EarliestFirst } from "./earliest-first.ts";

/** A callback and when it is due. */
export interface Timer extends Due {
  readonly keepsAlive: boolean;
  /** Nothing once it has run, or was cancelled: what it would have called must not live on in the queue. */
  callback: (() => void) | undefined;
}

/**
 * Timers in the order in which they fall due. A cancelled one stays in the heap until it comes to
 * the top.
 */
export class TimerQueue {
  readonly #heap = new EarliestFirst<Timer>();
  #sequence = 0;
  #waiting = 0;
  #keeping = 0;

  /** How many wait. */
  get size(): number {
    return this.#waiting;
  }

  /** How many of them a process would live on for. */
  get keepingAlive(): number {
    return this.#keeping;
  }

  add(dueMs: number, callback: () => void, keepsAlive: boolean): Timer {
    const timer: Timer = { dueMs, sequence: this.#sequence++, keepsAlive, callback };
    this.#waiting++;
    if (keepsAlive) this.#keeping++;
    this.#heap.add(timer);
    return timer;
  }

  cancel(timer: Timer): void {
    if (timer.callback !== undefined) this.#end(timer);
  }

  /** When the first is due that waits; never, at infinity, where none does. */
  get nextMs(): number {
    for (;;) {
      const { first } = this.#heap;
      if (first === undefined) return Number.POSITIVE_INFINITY;
      if (first.callback !== undefined) return first.dueMs;
      this.#heap.removeFirst();
    }
  }

  /** What the first that waits is to call; it waits no more. */
  takeNext(): (() => void) | undefined {
    const { first } = this.#heap;
    const callback = first?.callback;
    if (first === undefined || callback === undefined) return undefined;
    this.#heap.removeFirst();
    this.#end(first);
    return callback;
  }

  #end(timer: Timer): void {
    timer.callback = undefined;
    this.#waiting--;
    if (timer.keepsAlive) this.#keeping--;
  }
}
