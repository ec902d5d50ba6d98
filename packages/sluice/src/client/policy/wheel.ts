/**
 * One timer for everything that waits: deadlines, backoffs, turns. A sorted list, since most of what comes is due last
 * and what is cancelled is gone at once: a busy client sets a thousand deadlines a second and lets none of them come.
 */
import type { Clock } from "../../base/index.ts";
import { insist } from "../decide/numbers.ts";

export interface Wheel {
  /** Calls back once `ms` have passed, never earlier. Returns the cancel, which may be called at any time and again. */
  readonly after: (ms: number, callback: () => void) => () => void;
  /** How many wait. */
  readonly waiting: number;
}

interface Entry {
  readonly dueMs: number;
  readonly sequence: number;
  readonly callback: () => void;
}

export function createWheel(clock: Clock): Wheel {
  /** The next one first. */
  const entries: Entry[] = [];
  let sequence = 0;
  /** When the clock's timer ends. */
  let armedMs = Number.POSITIVE_INFINITY;
  let armed: AbortController | undefined;

  /** A timer that ends too early is let be: it looks again then. One for nobody is not. */
  function arm(): void {
    const first = entries[0];
    if (first !== undefined && first.dueMs >= armedMs) return;
    armed?.abort(0);
    armed = undefined;
    armedMs = first?.dueMs ?? Number.POSITIVE_INFINITY;
    if (first === undefined) return;
    armed = new AbortController();
    // A sleep, as it keeps the process alive: whoever awaits a call means to hear the end of it.
    clock.sleep(armedMs - clock.monotonicMs(), armed.signal).then(fire, () => {});
  }

  function fire(): void {
    armedMs = Number.POSITIVE_INFINITY;
    armed = undefined;
    const nowMs = clock.monotonicMs();
    // What is set on the way waits for a turn of its own: whoever always sets the next at once must not hold up the rest.
    const before = sequence;
    try {
      for (;;) {
        const first = entries[0];
        if (first === undefined || first.dueMs > nowMs || first.sequence >= before) break;
        entries.shift();
        first.callback();
      }
    } finally {
      arm();
    }
  }

  return {
    after(ms, callback) {
      insist(!Number.isNaN(ms), "A delay must be a number of milliseconds, got NaN");
      const dueMs = clock.monotonicMs() + Math.max(ms, 0);
      const entry = { dueMs, sequence: sequence++, callback };
      entries.splice(placeOf(entry, entries), 0, entry);
      arm();
      return () => {
        const at = placeOf(entry, entries);
        if (entries[at] !== entry) return;
        entries.splice(at, 1);
        if (entries.length === 0) arm();
      };
    },
    get waiting() {
      return entries.length;
    },
  };
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
