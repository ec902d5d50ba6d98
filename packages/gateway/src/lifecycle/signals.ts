// When a gateway stops: at the first signal it drains, at the second it is gone.

import { type Clock, systemClock } from "sluice/base";

/** The part of `process` that is needed. */
export interface Host {
  on(signal: "SIGINT" | "SIGTERM", listener: () => void): unknown;
  exit(code: number): void;
  readonly ppid: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface StopOptions {
  /** Resolves with whether everything went well. Never rejects. */
  readonly drain: () => Promise<boolean>;
  readonly say: (line: string) => void;
  /** What is said at the first signal. */
  readonly stopping?: () => string;
  /** @default this process */
  readonly host?: Host;
  /** @default the machine's */
  readonly clock?: Clock;
}

/** Ctrl-C in a terminal reaches us twice: from the terminal, and once more from npm, which passes it on. */
const sameSignalMs = 500;
/** What shells expect of a program that Ctrl-C has ended. */
const interrupted = 130;
const orphanCheckMs = 250;
const stoppingNow = () =>
  "Stopping once what is under way is answered; the same again stops at once.";

export function stopOnSignals(options: StopOptions): void {
  const { drain, say, stopping = stoppingNow, host = process, clock = systemClock } = options;
  let stoppingSinceMs: number | undefined;
  const stop = () => {
    const nowMs = clock.monotonicMs();
    if (stoppingSinceMs !== undefined) {
      if (nowMs - stoppingSinceMs > sameSignalMs) host.exit(interrupted);
      return;
    }
    stoppingSinceMs = nowMs;
    say(stopping());
    void drain().then((wentWell) => host.exit(wentWell ? 0 : 1));
  };
  host.on("SIGINT", stop);
  host.on("SIGTERM", stop);
  if (host.env["npm_lifecycle_event"] !== undefined) onceOrphaned(host, clock, stop);
}

/** npm puts a shell between itself and us, and passes a SIGTERM on to that shell alone. */
function onceOrphaned(host: Host, clock: Clock, callback: () => void): void {
  const parent = host.ppid;
  const check = () => {
    if (host.ppid === parent) clock.after(orphanCheckMs, check);
    else callback();
  };
  clock.after(orphanCheckMs, check);
}
