// When calls left: a ring, so that nothing is ever shifted. Calls are numbered from 1 in the order in which they left.

/** So many times are kept at most: two windows of a limit of 1,000. */
export const KEPT_MAX = 2_048;

export class SendLog {
  #ring = new Float64Array(32);
  /**
   * So many calls share one time, that of the newest of them: a limit of a million a month is kept in as little as one
   * of a thousand, and every call is thought to have left a little later than it did, never sooner.
   */
  readonly share: number;
  /** How many have ever left: the number of the newest. */
  total = 0;

  /** @param limit that is known beforehand: so many must be kept. */
  constructor(limit = 0) {
    this.share = Math.max(1, Math.ceil((2 * limit) / KEPT_MAX));
  }

  /** So many of the newest are kept for certain. */
  get keptMax(): number {
    return (KEPT_MAX - 1) * this.share + 1;
  }

  /** @param keep how many may be asked for later. */
  add(atMs: number, keep: number): void {
    const size = this.#ring.length;
    const place = this.#placeOf(++this.total);
    if (place >= size && size * this.share < keep && size < KEPT_MAX) this.#grow(place);
    this.#ring[place & (this.#ring.length - 1)] = atMs;
  }

  /** When this one left at the latest; it must be one of the `keptMax` newest. */
  timeOf(number: number): number {
    return this.#ring[this.#placeOf(number) & (this.#ring.length - 1)] as number;
  }

  /** How many left at this time or later, at most; `Infinity` when that may include some that are no longer kept. */
  since(atMs: number): number {
    const end = this.total === 0 ? 0 : this.#placeOf(this.total) + 1;
    const oldest = Math.max(0, end - this.#ring.length);
    if (end === 0 || this.#at(end - 1) < atMs) return 0;
    if (oldest > 0 && this.#at(oldest) >= atMs) return Number.POSITIVE_INFINITY;
    let [older, newer] = [oldest, end];
    while (older < newer) {
      const middle = (older + newer) >> 1;
      if (this.#at(middle) >= atMs) newer = middle;
      else older = middle + 1;
    }
    return this.total - older * this.share;
  }

  #placeOf(number: number): number {
    return this.share === 1 ? number - 1 : Math.floor((number - 1) / this.share);
  }

  #at(place: number): number {
    return this.#ring[place & (this.#ring.length - 1)] as number;
  }

  /** @param end the place that the next time goes to. */
  #grow(end: number): void {
    const old = this.#ring;
    this.#ring = new Float64Array(2 * old.length);
    for (let place = end - old.length; place < end; place++) {
      this.#ring[place & (this.#ring.length - 1)] = old[place & (old.length - 1)] as number;
    }
  }
}
