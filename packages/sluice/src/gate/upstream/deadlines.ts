/**
 * The deadlines of an operation's calls. All are equally long, so they fall due in the order in which they began: one timer
 * does for all, and a call pays for a place in a line instead of a timer that nearly always is cancelled.
 */
import type { Clock } from "../../base/index.ts";

/** What is over at a deadline. */
export interface Due {
  /** By the monotonic clock; set when it takes its place in the line. */
  dueMs: number;
  /** Its neighbours in the line. */
  before: Due | undefined;
  after: Due | undefined;
  onDue(): void;
}

export class Deadlines {
  readonly #clock: Clock;
  readonly #ms: number;
  #first: Due | undefined;
  #last: Due | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, ms: number) {
    this.#clock = clock;
    this.#ms = ms;
  }

  /** From now on. */
  start(due: Due): void {
    due.dueMs = this.#clock.monotonicMs() + this.#ms;
    due.before = this.#last;
    if (this.#last === undefined) this.#first = due;
    else this.#last.after = due;
    this.#last = due;
    if (this.#cancelTimer === undefined) this.#wait(this.#ms);
  }

  /** Of one that was started, once. The timer is left as it is: it looks who is first when it fires. */
  stop(due: Due): void {
    this.#leave(due);
    if (this.#first !== undefined) return;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #leave(due: Due): void {
    const { before, after } = due;
    if (before === undefined) this.#first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
    due.before = undefined;
    due.after = undefined;
  }

  #wait(ms: number): void {
    this.#cancelTimer = this.#clock.after(ms, () => this.#look());
  }

  #look(): void {
    this.#cancelTimer = undefined;
    const nowMs = this.#clock.monotonicMs();
    for (let due = this.#first; due !== undefined && due.dueMs <= nowMs; due = this.#first) {
      this.#leave(due);
      due.onDue();
    }
    const first = this.#first;
    if (first !== undefined && this.#cancelTimer === undefined) this.#wait(first.dueMs - nowMs);
  }
}
