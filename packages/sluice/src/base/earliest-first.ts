// What falls due at moments: a binary heap ordered by time, then by sequence, so that there is one order only.

export interface Due {
  readonly dueMs: number;
  /** Of one moment the least is the first. */
  readonly sequence: number;
}

export class EarliestFirst<T extends Due> {
  readonly #heap: T[] = [];
  /** When each of them is due, beside it: looking for it in all that are passed would take most of the time. */
  readonly #dueMs: number[] = [];

  get size(): number {
    return this.#heap.length;
  }

  get first(): T | undefined {
    return this.#heap[0];
  }

  add(one: T): void {
    this.#heap.push(one);
    this.#dueMs.push(one.dueMs);
    let at = this.#heap.length - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isBefore(at, above)) break;
      this.#swap(at, above);
      at = above;
    }
  }

  removeFirst(): void {
    const last = this.#heap.length - 1;
    if (last < 0) return;
    this.#swap(0, last);
    this.#heap.pop();
    this.#dueMs.pop();
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= last) return;
      const right = left + 1;
      const least = right < last && this.#isBefore(right, left) ? right : left;
      if (!this.#isBefore(least, at)) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const oneMs = this.#dueMs[one] as number;
    const otherMs = this.#dueMs[other] as number;
    if (oneMs !== otherMs) return oneMs < otherMs;
    return (this.#heap[one] as T).sequence < (this.#heap[other] as T).sequence;
  }

  #swap(one: number, other: number): void {
    const heap = this.#heap;
    const dueMs = this.#dueMs;
    const moved = heap[one] as T;
    const movedMs = dueMs[one] as number;
    heap[one] = heap[other] as T;
    dueMs[one] = dueMs[other] as number;
    heap[other] = moved;
    dueMs[other] = movedMs;
  }
}
