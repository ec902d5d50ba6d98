// How far apart the ways of two calls to the server can be, and so which calls may still arrive after a new one.
import type { SendLog } from "./send-log.ts";

/** Until enough round trips were seen. */
const UNKNOWN_JITTER_MS = 250;
const ENOUGH = 8;
const JITTER_MIN_MS = 50;
/** What takes longer than this over the quickest was the server's work, not the way there. */
const JITTER_MAX_MS = 1_000;
/** Slow trips are forgotten, so that one alone does not count for ever. */
const FADE = 0.98;

export class RoundTrips {
  readonly #declaredMs: number | undefined;
  #count = 0;
  #quickestMs = Number.POSITIVE_INFINITY;
  #spreadMs = 0;
  #lost = 0;
  #lostSettledMs = 0;

  constructor(declaredMs: number | undefined) {
    this.#declaredMs = declaredMs;
  }

  /** The longest that one call may be behind another that left with it. */
  get jitterMs(): number {
    if (this.#declaredMs !== undefined) return this.#declaredMs;
    if (this.#count < ENOUGH) return UNKNOWN_JITTER_MS;
    return Math.min(JITTER_MAX_MS, Math.max(JITTER_MIN_MS, this.#spreadMs));
  }

  add(tripMs: number): void {
    this.#count++;
    this.#quickestMs = Math.min(this.#quickestMs, tripMs);
    this.#spreadMs = Math.max(this.#spreadMs * FADE, tripMs - this.#quickestMs);
  }

  addLost(sentMs: number, nowMs: number): void {
    const settledMs = sentMs + this.#orderMs;
    if (settledMs < nowMs) return;
    this.#lost++;
    this.#lostSettledMs = Math.max(this.#lostSettledMs, settledMs);
  }

  /** How many earlier calls may reach the server after one that leaves now. */
  unsettled(nowMs: number, inFlight: number, log: SendLog): number {
    if (nowMs > this.#lostSettledMs) this.#lost = 0;
    const open = inFlight + this.#lost;
    return open === 0 ? 0 : Math.min(open, log.since(nowMs - this.#orderMs));
  }

  /** Learned jitter is no bound: where order matters and costs little, the most is meant. */
  get #orderMs(): number {
    return this.#declaredMs ?? JITTER_MAX_MS;
  }
}
