// When calls left: a ring, so that nothing is ever shifted. Calls are numbered from 1 in the order in which they left.

/** So many times are kept at most: two windows of a limit of 1,000. */
export const KEPT_MAX = 2_048;

export class SendLog {
  #ring = new Float64Array(32);
  /** How many have ever left: the number of the newest. */
  total = 0;

  /** @param keep how many may be asked for later. */
  add(atMs: number, keep: number): void {
    const size = this.#ring.length;
    if (this.total >= size && size < keep && size < KEPT_MAX) this.#grow();
    this.#ring[this.total++ & (this.#ring.length - 1)] = atMs;
  }

  /** When this one left; it must be one of the `KEPT_MAX` newest. */
  timeOf(number: number): number {
    return this.#ring[(number - 1) & (this.#ring.length - 1)] as number;
  }

  /** How many left at this time or later; `Infinity` when that may include some that are no longer kept. */
  since(atMs: number): number {
    let newer = this.total;
    let older = Math.max(0, newer - this.#ring.length);
    const oldest = older;
    if (newer === oldest || this.timeOf(newer) < atMs) return 0;
    if (oldest > 0 && this.timeOf(oldest + 1) >= atMs) return Number.POSITIVE_INFINITY;
    while (older < newer) {
      const middle = (older + newer) >> 1;
      if (this.timeOf(middle + 1) >= atMs) newer = middle;
      else older = middle + 1;
    }
    return this.total - older;
  }

  #grow(): void {
    const old = this.#ring;
    this.#ring = new Float64Array(2 * old.length);
    for (let number = this.total - old.length + 1; number <= this.total; number++) {
      this.#ring[(number - 1) & (this.#ring.length - 1)] = old[
        (number - 1) & (old.length - 1)
      ] as number;
    }
  }
}
