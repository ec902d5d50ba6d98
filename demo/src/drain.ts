// How the demo stops: at the first signal it takes no more connections and finishes what it has begun; at
// the second it is gone.

import type { Server } from "node:http";
import { systemClock } from "sluice/base";

const signals = ["SIGINT", "SIGTERM"] as const;
/** Ctrl-C in a terminal reaches us twice: from the terminal, and once more from npm, which passes it on. */
const sameSignalMs = 500;
/** What shells expect of a program that Ctrl-C has ended. */
const interrupted = 130;
const orphanCheckMs = 250;
/** Whoever has not sent the rest of a request by then will not send it. */
const patienceMs = 10_000;

export interface Ending {
  readonly say: (line: string) => void;
  /** Lets go of what the server used, after the last answer. */
  readonly close: () => Promise<void>;
}

export function drainOnSignal(server: Server, { say, close }: Ending): void {
  let running = 0;
  let stoppingSinceMs: number | undefined;
  server.prependListener("request", (_request, response) => {
    running++;
    response.once("close", () => {
      running--;
      // A connection that stays open for a next request would keep the server open.
      if (stoppingSinceMs !== undefined) server.closeIdleConnections();
    });
  });
  const stop = () => {
    const nowMs = systemClock.monotonicMs();
    if (stoppingSinceMs !== undefined) {
      if (nowMs - stoppingSinceMs > sameSignalMs) process.exit(interrupted);
      return;
    }
    stoppingSinceMs = nowMs;
    server.close(() => void close().finally(() => process.exit(0)));
    server.closeIdleConnections();
    systemClock.after(patienceMs, () => server.closeAllConnections());
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
