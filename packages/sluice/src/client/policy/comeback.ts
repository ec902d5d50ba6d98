/**
 * How calls that piled up come back after an outage. While no try is answered, calls wait for a slot; were they let go as soon
 * as one is, each client would send minutes of calls within a second, just when the server is back. So those who waited leave
 * one by one, in half of the time in which they came. Whoever comes meanwhile passes them: they are late already, and a server
 * that is back should look like one.
 */

/** Tries in a row without an answer, from which on it is an outage: one that gets lost now and then holds up nobody. */
const LOST_MIN = 3;
/** They leave so many times as fast as they came: slower, and more of them would be too late. */
const FASTER = 2;
/** The longest that those who wait are spread over. */
const SPREAD_MAX_MS = 15_000;

/** Who waits when a try has ended. */
export interface Pile {
  readonly waiting: number;
  /** When the one came that has waited longest. */
  readonly sinceMs: number;
}

export class Comeback {
  #lost = 0;
  /** Between two of them; 0 where nobody is held up. */
  #gapMs = 0;
  #leftMs = 0;

  /** Whether those who waited through an outage are held up. */
  get isOn(): boolean {
    return this.#gapMs > 0;
  }

  /** A try has ended. */
  ended(isAnswered: boolean, nowMs: number, { waiting, sinceMs }: Pile): void {
    if (!isAnswered) {
      this.#lost++;
      return;
    }
    const wasOut = this.#lost >= LOST_MIN;
    this.#lost = 0;
    if (!wasOut || waiting === 0) return;
    this.#gapMs = Math.min(nowMs - sinceMs, SPREAD_MAX_MS) / FASTER / waiting;
    this.#leftMs = nowMs;
  }

  /** One of those who waited leaves. @param waiting how many still do: the last of them ends it. */
  left(nowMs: number, waiting: number): void {
    this.#leftMs = nowMs;
    if (waiting === 0) this.#gapMs = 0;
  }

  /** Until the next may leave. @param deadlineMs of the one that has waited longest: it is not held up until it is late. */
  waitMs(nowMs: number, deadlineMs: number): number {
    if (this.#gapMs === 0) return 0;
    const gapMs = Math.min(this.#gapMs, (deadlineMs - this.#leftMs) / 2);
    return Math.max(0, this.#leftMs + gapMs - nowMs);
  }
}
