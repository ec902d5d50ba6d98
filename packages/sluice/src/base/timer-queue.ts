// The virtual clock's timers: a binary heap ordered by time, then by creation, so that a run has
// one order only.

/** A callback and when it is due. */
export interface Timer {
  readonly dueMs: number;
  readonly sequence: number;
  readonly callback: () => void;
  state: "waiting" | "cancelled" | "taken";
}

/**
 * Timers in the order in which they fall due. A cancelled one stays in the heap until it comes to
 * the top.
 */
export class TimerQueue {
  readonly #heap: Timer[] = [];
  #sequence = 0;
  #waiting = 0;

  /** How many wait. */
  get size(): number {
    return this.#waiting;
  }

  add(dueMs: number, callback: () => void): Timer {
    const timer: Timer = { dueMs, sequence: this.#sequence++, callback, state: "waiting" };
    this.#waiting++;
    this.#heap.push(timer);
    this.#rise(this.#heap.length - 1);
    return timer;
  }

  cancel(timer: Timer): void {
    if (timer.state !== "waiting") return;
    timer.state = "cancelled";
    this.#waiting--;
  }

  /**
   * Takes the first timer that is due at `untilMs` or before; one due never (at infinity) is never
   * taken.
   */
  takeDue(untilMs: number): Timer | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined) return undefined;
      if (first.state === "waiting") {
        if (first.dueMs > untilMs || first.dueMs === Number.POSITIVE_INFINITY) return undefined;
        this.#removeFirst();
        first.state = "taken";
        this.#waiting--;
        return first;
      }
      this.#removeFirst();
    }
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #rise(start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfBefore(index, parent)) return;
      index = parent;
    }
  }

  #sink(start: number): void {
    let index = start;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      const child = this.#isBefore(right, left) ? right : left;
      if (!this.#swapIfBefore(child, index)) return;
      index = child;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const first = this.#heap[a];
    const second = this.#heap[b];
    if (first === undefined || second === undefined) return false;
    if (first.dueMs !== second.dueMs) return first.dueMs < second.dueMs;
    return first.sequence < second.sequence;
  }

  #swapIfBefore(lower: number, upper: number): boolean {
    if (!this.#isBefore(lower, upper)) return false;
    const heap = this.#heap;
    [heap[lower], heap[upper]] = [heap[upper] as Timer, heap[lower] as Timer];
    return true;
  }
}
