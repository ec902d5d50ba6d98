/** The wheel with a way to wait for it. Whoever leaves while waiting is let go at once. */
import { type Clock, sleepBy } from "../../base/index.ts";
import { createWheel, type Wheel } from "./wheel.ts";

export interface SleepingWheel extends Wheel {
  /** Resolves once `ms` have passed; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>;
}

export function createSleepingWheel(clock: Clock): SleepingWheel {
  const wheel = createWheel(clock);
  return Object.assign(wheel, {
    sleep: (ms: number, signal: AbortSignal | undefined) =>
      sleepBy((callback) => {
        const timer = wheel.after(ms, callback, true);
        return () => timer.cancel();
      }, signal),
  });
}
