// Calls that are under way, by the moment at which each is over: a heap, since a long log has many at once.

interface Ending<T> {
  readonly endMs: number;
  /** Of one moment the first that came is the first. */
  readonly number: number;
  readonly of: T;
}

export class UnderWay<T> {
  readonly #heap: Ending<T>[] = [];
  #added = 0;

  get size(): number {
    return this.#heap.length;
  }

  add(endMs: number, of: T): void {
    const heap = this.#heap;
    let at = heap.push({ endMs, number: this.#added++, of }) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isBefore(at, above)) return;
      this.#swap(at, above);
      at = above;
    }
  }

  /** The one that is over first, if it is by then. */
  takeDue(atMs: number): Ending<T> | undefined {
    const heap = this.#heap;
    const [first] = heap;
    if (first === undefined || first.endMs > atMs) return undefined;
    const last = heap.pop() as Ending<T>;
    if (heap.length === 0) return first;
    heap[0] = last;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      if (left >= heap.length) return first;
      const right = left + 1;
      const least = right < heap.length && this.#isBefore(right, left) ? right : left;
      if (!this.#isBefore(least, at)) return first;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a] as Ending<T>, this.#heap[b] as Ending<T>];
    return one.endMs === other.endMs ? one.number < other.number : one.endMs < other.endMs;
  }

  #swap(a: number, b: number): void {
    const one = this.#heap[a] as Ending<T>;
    this.#heap[a] = this.#heap[b] as Ending<T>;
    this.#heap[b] = one;
  }
}
