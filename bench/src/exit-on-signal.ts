// Ctrl-C ends the harness as its own end does: what waits for the exit kills what was started and removes files.

import { constants } from "node:os";

export function exitOnSignal(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}
