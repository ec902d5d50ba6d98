// Which kinds of server are still possible, and from when on every one of them has room for one more call. A kind is
// ruled out only by an answer that it cannot have given, as long as nobody else uses the key.
import type { SendLog } from "./send-log.ts";
import { type Sight, usualWindowMs } from "./sight.ts";

/** What is known of the limit when an answer is looked at. */
export interface Known {
  readonly log: SendLog;
  /** Up to this number calls are sure to find room. */
  readonly allowed: number;
  readonly limit: number;
  readonly windowMs: number | undefined;
  readonly jitterMs: number;
}

export class Worlds {
  /** Counts from one reset to the next. */
  #fixed = true;
  /** A sliding log, whichever call's leaving it tells as its reset. */
  #sliding = true;
  /** Two buckets, the older weighed by how much of it the window still covers. */
  #counter = true;
  /** A bucket of tokens (or GCRA) that tells when the next one comes. One that tells when it is full never waits longer. */
  #token = true;
  #alone = true;
  /** Sends since then are all that the server can have counted; from the first answer of an unused key, for ever. */
  #ownFromMs: number | undefined;
  /** How far the first reset told was away at most. */
  #firstMs = 0;
  /** The reset of fixed windows and buckets lies between these two. */
  #resetFromMs = 0;
  #resetByMs = 0;
  /** The window that lasts began then at the earliest, once one was seen to end. */
  #beganMs = Number.NEGATIVE_INFINITY;
  #burst = 0;
  #tokenMs = Number.POSITIVE_INFINITY;
  /** The longest and the shortest that a reset was away, for certain. */
  #longestMs = 0;
  #shortestMs = Number.POSITIVE_INFINITY;
  /** Resets of windows and buckets are at most so far apart. */
  #apartMs = Number.POSITIVE_INFINITY;
  #firstResetByMs = 0;
  /** An answer whose reset was still to come, as it was told. */
  #told: Sight | undefined;
  /** The last answer that had nothing left. */
  #drained: Sight | undefined;

  /** Somebody else uses the key, or nothing fits: everything is possible again, and stays so. */
  distrust(): void {
    this.#alone = false;
    this.#fixed = this.#sliding = this.#counter = this.#token = true;
  }

  /** A bucket may have begun that counts what is still under way. */
  get mustSeeAll(): boolean {
    return this.#counter;
  }

  see(sight: Sight, known: Known): void {
    const { remaining, sentMs, leastMs, mostMs } = sight;
    this.#longestMs = Math.max(this.#longestMs, leastMs);
    this.#shortestMs = Math.min(this.#shortestMs, mostMs);
    this.#burst = Math.max(this.#burst, remaining + 1);
    // Were it a bucket, and the reset the time at which it is full, its tokens would come no slower.
    const missing = this.#burst - remaining - 1;
    if (missing > 0) this.#tokenMs = Math.min(this.#tokenMs, mostMs / missing);
    if (this.#ownFromMs === undefined) this.#begin(sight, known);
    if (!this.#alone) {
      this.#setReset(sight);
      return;
    }
    const isNewest = this.#moveReset(sight, known);
    if (isNewest && this.#lacks(sight, known, this.#beganMs)) this.#fixed = false;
    // Without a window's length nobody can say how long the calls of others before ours still count.
    const isPlain = known.windowMs !== undefined || this.#isUnused;
    if (isPlain) {
      const slidingMs = known.windowMs ?? this.#firstMs;
      if (leastMs > slidingMs || this.#lacks(sight, known, sentMs - slidingMs)) {
        this.#sliding = false;
      }
    }
    // The next token of a bucket that was full is as far away as any can be.
    if (this.#isUnused && leastMs > this.#firstMs) this.#token = false;
    const bucketMs = isPlain ? Math.min(this.#windowMs(known), this.#apartMs) : this.#apartMs;
    if (this.#lacks(sight, known, sentMs - 2 * bucketMs)) this.#counter = false;
    this.#weighGrowth(sight, known);
  }

  /** From when on there is room for one more than the sight left. */
  roomFromMs(sight: Sight, known: Known): number {
    const { windowMs, limit } = known;
    // Where the window is told, so is the pace at which tokens come.
    const paceMs = (windowMs ?? Number.POSITIVE_INFINITY) / limit;
    const tokenMs = this.#token ? paceMs : Math.min(this.#tokenMs, paceMs);
    let atMs = Math.min(sight.resetByMs, sight.handledByMs + tokenMs);
    if (this.#fixed) atMs = Math.max(atMs, this.#resetByMs);
    if (this.#sliding) atMs = Math.max(atMs, this.#expiryMs(sight, known));
    if (this.#counter) atMs = Math.max(atMs, this.#slopeMs(sight, known));
    return atMs;
  }

  /** A sliding log lets go of the oldest call that stands in the way, and tells when. */
  #expiryMs({ resetByMs }: Sight, { log, limit, allowed, windowMs, jitterMs }: Known): number {
    const oldest = allowed + 1 - limit;
    if (windowMs === undefined || oldest < 1 || limit > log.keptMax) return resetByMs;
    const leftMs = log.timeOf(oldest);
    if (leftMs < (this.#ownFromMs ?? 0)) return resetByMs;
    return Math.min(resetByMs, leftMs + windowMs + jitterMs);
  }

  /** Two buckets give room evenly: as much in a window as the older one holds. */
  #slopeMs(sight: Sight, known: Known): number {
    const { remaining, sentMs, handledByMs, leastMs, mostMs } = sight;
    const windowMs = this.#windowMs(known);
    const { log, limit, jitterMs } = known;
    // What is used and not in the newer bucket must be in the older.
    const newer = log.since(this.#resetFromMs - windowMs - jitterMs);
    const weight = Math.min(1, (this.#resetByMs - sentMs) / windowMs);
    const older = (limit - remaining - 1 - newer) / weight;
    const withinMs = older > 0 ? handledByMs + windowMs / older : Number.POSITIVE_INFINITY;
    if (withinMs < this.#resetFromMs) return withinMs;
    const stepMs = windowMs / limit;
    // One step gives room for one; a second tells buckets from tokens, which would give only one.
    return this.#resetByMs + stepMs + Math.max(0, stepMs - (mostMs - leastMs) / 3);
  }

  get #isUnused(): boolean {
    return this.#ownFromMs === Number.NEGATIVE_INFINITY;
  }

  #begin(sight: Sight, { log, limit, windowMs }: Known): void {
    const toldMs = sight.mostMs;
    const isUnused = sight.remaining >= limit - log.total;
    this.#ownFromMs = isUnused ? Number.NEGATIVE_INFINITY : sight.handledByMs;
    // The first call of all is the oldest and the newest: its leaving is a window away.
    this.#firstMs = toldMs;
    if (isUnused && windowMs !== undefined && windowMs > toldMs) this.#sliding = false;
    this.#firstResetByMs = sight.resetByMs;
    this.#setReset(sight);
  }

  #setReset({ resetFromMs, resetByMs }: Sight): void {
    this.#resetFromMs = resetFromMs;
    this.#resetByMs = resetByMs;
  }

  #windowMs({ windowMs }: Known): number {
    return windowMs ?? usualWindowMs(this.#longestMs);
  }

  /** The server has less left than all own calls since then explain. */
  #lacks({ remaining }: Sight, { log, limit, jitterMs }: Known, sinceMs: number): boolean {
    return sinceMs >= (this.#ownFromMs ?? 0) && remaining < limit - log.since(sinceMs - jitterMs);
  }

  /** False when the sight is of an earlier window than the newest. */
  #moveReset(sight: Sight, known: Known): boolean {
    const { resetFromMs, resetByMs } = sight;
    // A window hardly longer than what a reset may be off says nothing about which one it was.
    const isLong = (known.windowMs ?? 0) > 2 * (sight.mostMs - sight.leastMs + known.jitterMs);
    const windowMs = isLong ? known.windowMs : undefined;
    const told = this.#told;
    // Both were handled before the earlier reset came: it moved, as no reset of a window or of the next token does.
    if (told === undefined || sight.handledByMs >= told.resetFromMs) this.#told = sight;
    else if (resetFromMs > told.resetByMs) {
      this.#token = this.#fixed = this.#counter = false;
      // Only that of a log that tells when it is empty does; it is always as far away.
      if (this.#longestMs > this.#shortestMs) this.#sliding = false;
    }
    if (windowMs !== undefined) return this.#fitReset(sight, windowMs);
    if (resetByMs < this.#resetFromMs) return false;
    if (resetFromMs > this.#resetByMs) {
      this.#beganMs = this.#resetFromMs;
      this.#apartMs = Math.min(this.#apartMs, resetByMs - this.#resetFromMs);
    }
    if (sight.handledByMs < this.#resetFromMs) this.#narrow(resetFromMs, resetByMs);
    else this.#setReset(sight);
    return true;
  }

  /** Resets are a whole number of windows apart. */
  #fitReset(sight: Sight, windowMs: number): boolean {
    const periods = Math.round((sight.resetFromMs - this.#resetFromMs) / windowMs);
    if (periods < 0) return false;
    // Two clocks drift: a fifth of a thousandth at most.
    const driftMs = (periods * windowMs) / 5_000;
    const fromMs = this.#resetFromMs + periods * windowMs - driftMs;
    const byMs = this.#resetByMs + periods * windowMs + driftMs;
    this.#setReset(sight);
    if (sight.resetFromMs > byMs || sight.resetByMs < fromMs) this.#fixed = this.#counter = false;
    else this.#narrow(fromMs, byMs);
    this.#beganMs = this.#resetFromMs - windowMs;
    return true;
  }

  #narrow(fromMs: number, byMs: number): void {
    this.#resetFromMs = Math.max(this.#resetFromMs, fromMs);
    this.#resetByMs = Math.min(this.#resetByMs, byMs);
  }

  /** More room than the next token, or the slope of the first bucket, can have given since there was none. */
  #weighGrowth(sight: Sight, { limit, jitterMs }: Known): void {
    const { remaining, sentMs } = sight;
    const drained = this.#drained;
    if (remaining === 0) this.#drained = sight;
    else if (drained !== undefined && sentMs > drained.handledByMs) {
      const forMs = Math.max(0, sentMs + jitterMs - drained.resetFromMs);
      if (forMs < this.#longestMs) this.#token = false;
      const isFirst = this.#isUnused && drained.resetFromMs <= this.#firstResetByMs;
      if (isFirst && remaining > (limit * forMs) / this.#longestMs) this.#counter = false;
    }
  }
}
