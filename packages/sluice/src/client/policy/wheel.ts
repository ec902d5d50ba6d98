/**
 * One timer for everything that waits: deadlines, backoffs, turns. A sorted list, since most of what comes is due last
 * and what is cancelled is gone at once: a busy client sets a thousand deadlines a second and lets none of them come.
 */
import type { Clock } from "../../base/index.ts";
import { insist } from "../decide/numbers.ts";

export interface Wheel {
  /**
   * Calls back once `ms` have passed, never earlier.
   * @param keepsAlive whether the process lives on for it: a deadline ends with the call that it is for, a pause does not.
   */
  after(ms: number, callback: () => void, keepsAlive?: boolean): Timer;
  /** How many wait. */
  readonly waiting: number;
}

export interface Timer {
  /** May be called at any time, and again. */
  cancel(): void;
}

export function createWheel(clock: Clock): Wheel {
  return new SortedWheel(clock);
}

class SortedWheel implements Wheel {
  readonly #clock: Clock;
  /** The next one first. */
  readonly #entries: Entry[] = [];
  #sequence = 0;
  #keepers = 0;
  /** When the clock's timer ends, and whether the process lives on for it. */
  #armedMs = Number.POSITIVE_INFINITY;
  #isKept = false;
  #disarm = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get waiting(): number {
    return this.#entries.length;
  }

  after(ms: number, callback: () => void, keepsAlive = false): Timer {
    insist(!Number.isNaN(ms), "A delay must be a number of milliseconds, got NaN");
    const dueMs = this.#clock.monotonicMs() + Math.max(ms, 0);
    const entry = new Entry(this, dueMs, this.#sequence++, callback, keepsAlive);
    const entries = this.#entries;
    const last = entries.at(-1);
    if (last === undefined || last.dueMs <= dueMs) entries.push(entry);
    else entries.splice(placeOf(entry, entries), 0, entry);
    if (keepsAlive) this.#keepers++;
    this.#arm();
    return entry;
  }

  cancel(entry: Entry): void {
    const at = placeOf(entry, this.#entries);
    if (this.#entries[at] !== entry) return;
    this.#entries.splice(at, 1);
    if (entry.keepsAlive && --this.#keepers === 0) this.#arm();
  }

  /** A timer that ends too early, or for nobody, is let be: it looks again then. Only the process must not wait for it. */
  #arm(): void {
    const [first] = this.#entries;
    const keeps = this.#keepers > 0;
    const isInTime = first === undefined || first.dueMs >= this.#armedMs;
    if (isInTime && this.#isKept === keeps) return;
    this.#disarm();
    this.#disarm = () => {};
    this.#isKept = keeps;
    const dueMs = first?.dueMs ?? Number.POSITIVE_INFINITY;
    this.#armedMs = dueMs;
    if (dueMs === Number.POSITIVE_INFINITY) return;
    const leftMs = dueMs - this.#clock.monotonicMs();
    this.#disarm = this.#clock.after(leftMs, () => this.#fire(), keeps);
  }

  #fire(): void {
    this.#armedMs = Number.POSITIVE_INFINITY;
    const nowMs = this.#clock.monotonicMs();
    // What is set on the way waits for a turn of its own: whoever always sets the next at once must not hold up the rest.
    const before = this.#sequence;
    try {
      for (;;) {
        const [first] = this.#entries;
        if (first === undefined || first.dueMs > nowMs || first.sequence >= before) break;
        this.#entries.shift();
        if (first.keepsAlive) this.#keepers--;
        first.callback();
      }
    } finally {
      this.#arm();
    }
  }
}

/** No closure: a busy client holds one for each call. */
class Entry implements Timer {
  readonly dueMs: number;
  readonly sequence: number;
  readonly callback: () => void;
  readonly keepsAlive: boolean;
  readonly #wheel: SortedWheel;

  constructor(
    wheel: SortedWheel,
    dueMs: number,
    sequence: number,
    callback: () => void,
    keepsAlive: boolean,
  ) {
    this.#wheel = wheel;
    this.dueMs = dueMs;
    this.sequence = sequence;
    this.callback = callback;
    this.keepsAlive = keepsAlive;
  }

  cancel(): void {
    this.#wheel.cancel(this);
  }
}

/** Where it is, or belongs: before the first that comes no earlier. */
function placeOf({ dueMs, sequence }: Entry, entries: readonly Entry[]): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = entries[middle] as Entry;
    if ((other.dueMs - dueMs || other.sequence - sequence) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
