// When to stop asking an engine that does not answer, and how to find out that it does again: by a real decision.

import type { Random } from "../../../base/index.ts";

/** `probe`: this one alone may go, and tells how the engine is. */
export type Leave = "pass" | "probe" | "stay";

const CONSECUTIVE = 5;
const WINDOW_MS = 1_000;
const SHARE = 0.5;
const MINIMUM = 20;
const OPEN_MS = 250;
const OPEN_MAX_MS = 5_000;
/** So that many processes do not probe at one instant. */
const SPREAD = 0.2;

/** Opens on 5 failed batches in a row, or on half of 20 or more within a second; stays open 250 ms, doubling to 5 s. */
export class Breaker {
  readonly #random: Random;
  #streak = 0;
  /** Of the second that began then. */
  #sinceMs = 0;
  #total = 0;
  #failed = 0;
  #openings = 0;
  #untilMs = 0;
  #isOpen = false;
  #probing = false;

  constructor(random: Random) {
    this.#random = random;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  ask(nowMs: number): Leave {
    if (!this.#isOpen) return "pass";
    if (this.#probing || nowMs < this.#untilMs) return "stay";
    this.#probing = true;
    return "probe";
  }

  /** How a batch ended. While it is open only the probe's end counts: all else is news from before. */
  tell(failed: boolean, nowMs: number, leave: Leave): void {
    if (leave === "probe") this.#tellProbe(failed, nowMs);
    else if (!this.#isOpen) this.#tellClosed(failed, nowMs);
  }

  #tellProbe(failed: boolean, nowMs: number): void {
    this.#probing = false;
    if (failed) {
      this.#open(nowMs);
      return;
    }
    this.#isOpen = false;
    this.#openings = this.#streak = this.#total = this.#failed = 0;
  }

  #tellClosed(failed: boolean, nowMs: number): void {
    if (nowMs - this.#sinceMs >= WINDOW_MS) {
      this.#sinceMs = nowMs;
      this.#total = this.#failed = 0;
    }
    this.#total++;
    this.#streak = failed ? this.#streak + 1 : 0;
    if (!failed) return;
    this.#failed++;
    const isStrained = this.#total >= MINIMUM && this.#failed >= this.#total * SHARE;
    if (isStrained || this.#streak >= CONSECUTIVE) this.#open(nowMs);
  }

  #open(nowMs: number): void {
    const lengthMs = Math.min(OPEN_MAX_MS, OPEN_MS * 2 ** this.#openings);
    this.#openings = Math.min(this.#openings + 1, 10);
    this.#untilMs = nowMs + lengthMs * (1 + SPREAD * (2 * this.#random.float() - 1));
    this.#isOpen = true;
  }
}
