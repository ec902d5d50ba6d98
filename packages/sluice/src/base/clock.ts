// Time as a thing that is handed in: the only file that reads the machine's clocks, so that tests
// can run a day in a millisecond.

import { assert } from "./assert.ts";

/** Both clocks and both ways of waiting. Milliseconds everywhere. */
export interface Clock {
  /** Whole milliseconds since the Unix epoch; a step of the machine's clock moves it either way. */
  wallMs(): number;
  /** Milliseconds since some fixed instant, with fractions; never goes back. For durations. */
  monotonicMs(): number;
  /**
   * Resolves once `ms` have passed, never earlier, whatever the size of `ms`.
   * Rejects with the signal's reason when the signal aborts, or had aborted already.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * Calls back once `ms` have passed, never earlier, whatever the size of `ms`. Returns the cancel,
   * which may be called at any time and again.
   * @param keepsAlive whether the process lives on for it. @default false
   */
  after(ms: number, callback: () => void, keepsAlive?: boolean): () => void;
}

/** The longest delay that the runtimes' own timers take; a longer one would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's own clocks and timers. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) => sleepBy((callback) => startTimer(ms, callback, true), signal),
  after: (ms, callback, keepsAlive = false) => startTimer(ms, callback, keepsAlive),
};

/** A sleep made of any way to be called back later; what every clock's `sleep` is. */
export function sleepBy(
  later: (callback: () => void) => () => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal === undefined) {
      later(resolve);
      return;
    }
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      cancel();
      reject(signal.reason);
    };
    const cancel = later(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
    signal.addEventListener("abort", onAbort, { once: true });
  });
}

/** A delay that is not a number would fire at once or never: refuse it where it is made. */
export function checkDelay(ms: number): void {
  assert(!Number.isNaN(ms), "A delay must be a number of milliseconds, got NaN");
}

function startTimer(ms: number, callback: () => void, keepsProcessAlive: boolean): () => void {
  checkDelay(ms);
  const dueMs = performance.now() + ms;
  let timer = arm(ms);

  function arm(leftMs: number): ReturnType<typeof setTimeout> {
    // Rounded up, and looked at again when it fires: timers count whole milliseconds and may be one
    // early.
    const armed = setTimeout(fire, Math.min(Math.ceil(Math.max(leftMs, 0)), longestTimerMs));
    if (!keepsProcessAlive) (armed as { unref?: () => void }).unref?.();
    return armed;
  }

  function fire(): void {
    const leftMs = dueMs - performance.now();
    if (leftMs > 0) timer = arm(leftMs);
    else callback();
  }

  return () => clearTimeout(timer);
}
