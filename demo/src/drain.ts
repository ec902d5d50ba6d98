// How the demo stops: at the first signal it takes no more connections and finishes what it has begun; at
// the second it is gone.

import { systemClock } from "sluice/base";

const signals = ["SIGINT", "SIGTERM"] as const;
/** Ctrl-C in a terminal reaches us twice: from the terminal, and once more from npm, which passes it on. */
const sameSignalMs = 500;
/** What shells expect of a program that Ctrl-C has ended. */
const interrupted = 130;
const orphanCheckMs = 250;

export interface Ending {
  readonly say: (line: string) => void;
  /** Requests that must be answered first. */
  readonly underWay: () => number;
  /** Resolves after the last answer, when nothing is held any more. */
  readonly close: () => Promise<void>;
}

export function drainOnSignal({ say, underWay, close }: Ending): void {
  let stoppingSinceMs: number | undefined;
  const stop = () => {
    const nowMs = systemClock.monotonicMs();
    if (stoppingSinceMs !== undefined) {
      if (nowMs - stoppingSinceMs > sameSignalMs) process.exit(interrupted);
      return;
    }
    stoppingSinceMs = nowMs;
    const running = underWay();
    void close().finally(() => process.exit(0));
    say(
      running === 0
        ? "Stopped."
        : `Stopping once ${running === 1 ? "a request is" : `${running} requests are`} answered; ` +
            "Ctrl-C again stops at once.",
    );
  };
  for (const signal of signals) process.on(signal, stop);
  if (process.env["npm_lifecycle_event"] !== undefined) onceOrphaned(stop);
}

/** npm puts a shell between itself and us, and passes a SIGTERM on to that shell alone. */
function onceOrphaned(callback: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, orphanCheckMs);
  timer.unref();
}
