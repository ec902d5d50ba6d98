// How maps stay as small as what is alive in them, without a timer: whoever adds an entry looks at
// two others.

/**
 * A hand that goes round a map, two entries a sweep, and drops those that are over. Swept once for
 * each entry that is added, it keeps the map below about twice what is alive. One iterator for the
 * whole round: starting anew would step over the same holes again and again.
 */
export class Hand<Value> {
  readonly #map: Map<string, Value>;
  readonly #isOver: (value: Value, nowMs: number) => boolean;
  #round: MapIterator<[string, Value]>;

  constructor(map: Map<string, Value>, isOver: (value: Value, nowMs: number) => boolean) {
    this.#map = map;
    this.#isOver = isOver;
    this.#round = map.entries();
  }

  sweep(nowMs: number): void {
    this.#look(nowMs);
    this.#look(nowMs);
  }

  #look(nowMs: number): void {
    let next = this.#round.next();
    if (next.done) {
      this.#round = this.#map.entries();
      next = this.#round.next();
      if (next.done) return;
    }
    const [key, value] = next.value;
    if (this.#isOver(value, nowMs)) this.#map.delete(key);
  }
}
