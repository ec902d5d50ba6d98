// One exact sliding window: the log of what was taken, as a ring that grows with real use. No
// approximation by buckets, so a limit of 60 never admits 61 in any stretch of the window's length.

import type { WindowClaim, WindowState } from "../../gate/stores.ts";

/** What one call asks of a window. */
export type Rate = Omit<WindowClaim, "id">;

/** Four runs fill 64 bytes, which V8 keeps on its own heap: a new counter needs no malloc. */
const firstCapacity = 4;

/**
 * What was taken and when. What was taken at time e counts while now - e < windowMs. Both the limit and
 * the length may differ from one call to the next: the current ones count, over what is still
 * logged. Its clock is the latest time it has been shown: one that steps back stands still here
 * until it has caught up, and waits are counted from the time that the caller gave.
 */
export class ExactWindow {
  /** Pairs of time and cost, oldest at the head; takings at the same time are one run. */
  #ring: Float64Array = new Float64Array(2 * firstCapacity);
  #head = 0;
  #runs = 0;
  /** The sum of the costs in the ring, kept in step so that a decision never walks it. */
  #used = 0;
  #newestMs: number = Number.NEGATIVE_INFINITY;
  #clockMs: number = Number.NEGATIVE_INFINITY;
  #windowMs = 0;

  /** How long until this would pass if nobody else takes anything: 0 when it passes now. */
  waitMs(rate: Rate, nowMs: number): number {
    this.#advance(nowMs, rate.windowMs);
    const needed = this.#used + rate.cost - rate.limit;
    if (needed <= 0) return 0;
    if (rate.cost > rate.limit) return Number.POSITIVE_INFINITY;
    const takenMs = this.#timeOfPlace(needed);
    const waitMs = takenMs + rate.windowMs - nowMs;
    // Times have fractions: rounded, the sum of both may be a hair before the instant that is meant.
    const early = nowMs + waitMs - takenMs < rate.windowMs;
    return early ? waitMs + (nowMs + waitMs) * Number.EPSILON : waitMs;
  }

  /** Takes the places, whether they are free or not: for whoever has seen a wait of 0. */
  take(rate: Rate, nowMs: number): void {
    this.#advance(nowMs, rate.windowMs);
    this.#windowMs = rate.windowMs;
    this.#used += rate.cost;
    const atMs = this.#clockMs;
    if (atMs === this.#newestMs && this.#runs > 0) {
      const last = 2 * ((this.#head + this.#runs - 1) & (this.#capacity() - 1));
      this.#ring[last + 1] = (this.#ring[last + 1] as number) + rate.cost;
      return;
    }
    if (this.#runs === this.#capacity()) this.#grow();
    const next = 2 * ((this.#head + this.#runs) & (this.#capacity() - 1));
    this.#ring[next] = atMs;
    this.#ring[next + 1] = rate.cost;
    this.#newestMs = atMs;
    this.#runs++;
  }

  /** Takes the places if they are free; the wait, 0 when they were taken. */
  tryTake(rate: Rate, nowMs: number): number {
    const waitMs = this.waitMs(rate, nowMs);
    if (waitMs === 0) this.take(rate, nowMs);
    return waitMs;
  }

  /** How the window stands. */
  state(rate: Rate, nowMs: number): WindowState {
    this.#advance(nowMs, rate.windowMs);
    return {
      remaining: Math.max(0, rate.limit - this.#used),
      resetMs:
        this.#runs === 0 ? 0 : (this.#ring[2 * this.#head] as number) + rate.windowMs - nowMs,
    };
  }

  /** Shows it a time that somebody else has seen. */
  catchUp(clockMs: number): void {
    if (clockMs > this.#clockMs) this.#clockMs = clockMs;
  }

  /** Nothing in it counts any more, by the length that it was last taken with. */
  isIdle(nowMs: number): boolean {
    return nowMs - this.#newestMs >= this.#windowMs;
  }

  #capacity(): number {
    return this.#ring.length / 2;
  }

  /** Moves the clock and lets go of what no longer counts: each run once, so O(1) a taking. */
  #advance(nowMs: number, windowMs: number): void {
    if (nowMs > this.#clockMs) this.#clockMs = nowMs;
    if (this.#runs === 0) return;
    if (this.#clockMs - (this.#ring[2 * this.#head] as number) < windowMs) return;
    if (this.#clockMs - this.#newestMs >= windowMs) {
      this.#head = 0;
      this.#runs = 0;
      this.#used = 0;
    } else this.#trim(windowMs);
  }

  #trim(windowMs: number): void {
    const ring = this.#ring;
    const mask = this.#capacity() - 1;
    while (this.#clockMs - (ring[2 * this.#head] as number) >= windowMs) {
      this.#used -= ring[2 * this.#head + 1] as number;
      this.#head = (this.#head + 1) & mask;
      this.#runs--;
    }
  }

  /** When the n-th oldest place was taken. A walk only where a call needs more than one place. */
  #timeOfPlace(n: number): number {
    const mask = this.#capacity() - 1;
    let position = this.#head;
    let counted = this.#ring[2 * position + 1] as number;
    while (counted < n) {
      position = (position + 1) & mask;
      counted += this.#ring[2 * position + 1] as number;
    }
    return this.#ring[2 * position] as number;
  }

  #grow(): void {
    const old = this.#ring;
    const split = 2 * this.#head;
    this.#ring = new Float64Array(2 * old.length);
    this.#ring.set(old.subarray(split));
    this.#ring.set(old.subarray(0, split), old.length - split);
    this.#head = 0;
  }
}
