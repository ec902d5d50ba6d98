// What one window far away promises, said as simply as possible: a list of times, and a clock that never stands before the
// newest of them.

export interface Rate {
  readonly limit: number;
  /** Never longer than in the call before: what a shorter one let go, the script does not remember. */
  readonly windowMs: number;
  readonly cost: number;
}

export class WindowOracle {
  #taken: number[] = [];

  /** The wait, 0 when the places were taken; what is left, and when the first of it comes free. */
  admit({ limit, windowMs, cost }: Rate, nowMs: number) {
    const atMs = this.#clockMs(nowMs);
    const live = this.#live(windowMs, atMs);
    const needed = live.length + cost - limit;
    let retryAfterMs = 0;
    if (needed <= 0) {
      const places = Array.from({ length: cost }, () => atMs);
      live.push(...places);
      this.#taken.push(...places);
    } else if (cost > limit) retryAfterMs = Number.POSITIVE_INFINITY;
    else retryAfterMs = (live[needed - 1] ?? Number.NaN) + windowMs - nowMs;
    const [oldest] = live;
    return {
      retryAfterMs,
      remaining: Math.max(0, limit - live.length),
      resetMs: oldest === undefined ? 0 : oldest + windowMs - nowMs,
    };
  }

  /** Places that were taken elsewhere stand behind those that are known; beyond the limit only the newest count. */
  post(
    places: readonly { readonly ageMs: number; readonly cost: number }[],
    { limit, windowMs }: Rate,
    nowMs: number,
  ): void {
    const atMs = this.#clockMs(nowMs);
    let newestMs = this.#clockMs(0);
    const live = this.#live(windowMs, atMs);
    for (const { ageMs, cost } of places) {
      const takenMs = Math.max(atMs - ageMs, newestMs);
      if (atMs - takenMs >= windowMs) continue;
      newestMs = takenMs;
      for (let place = 0; place < cost; place++) live.push(takenMs);
    }
    if (live.length > 0) this.#taken = live.slice(-limit);
  }

  #clockMs(nowMs: number): number {
    return Math.max(nowMs, this.#taken.at(-1) ?? 0);
  }

  #live(windowMs: number, atMs: number): number[] {
    return this.#taken.filter((takenMs) => atMs - takenMs < windowMs);
  }
}
