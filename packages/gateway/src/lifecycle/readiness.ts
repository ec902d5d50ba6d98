// Whether this gateway should be sent requests, and what is wrong where it should not. Asked often and by anybody, so what it
// takes to find out is looked at once a second at most, however many ask.

import { type Clock, systemClock } from "sluice/base";

export interface Check {
  /** As an operator calls it: `ledger`, `upstream main`. */
  readonly name: string;
  /**
   * Whether nothing can be answered without it. What fails for every gateway at once is better left out: with all of them
   * gone, callers would hear the load balancer's words, not the contract's.
   */
  readonly isNeeded: boolean;
  /** Rejects, or throws, with why not. */
  readonly check: () => Promise<void> | void;
}

export interface CheckReport {
  readonly name: string;
  readonly status: "ok" | "failing";
  readonly isNeeded: boolean;
  readonly why?: string;
}

export interface ReadinessReport {
  readonly status: "ready" | "starting" | "draining" | "failing";
  readonly checks: readonly CheckReport[];
}

export interface Readiness {
  /** Everything that had to be put in order at the start is. */
  start(): void;
  /** From now on it is not ready, whatever the checks say. */
  drain(): void;
  /** Never rejects. */
  report(): Promise<ReadinessReport>;
}

export interface ReadinessOptions {
  readonly checks: readonly Check[];
  /** Takes out of a message what nobody should read: keys, and the passwords in addresses, which drivers quote. */
  readonly redact: (text: string) => string;
  /** @default the machine's */
  readonly clock?: Clock;
}

const reportAgeMaxMs = 1_000;
/** Less than those who ask wait: Kubernetes gives a probe a second. */
const patienceMs = 800;
const whyLengthMax = 200;

export function createReadiness(options: ReadinessOptions): Readiness {
  const { checks, redact, clock = systemClock } = options;
  let phase: "starting" | "serving" | "draining" = "starting";
  let newest: { readonly atMs: number; readonly reports: Promise<CheckReport[]> } | undefined;

  const look = (): Promise<CheckReport[]> => {
    const nowMs = clock.monotonicMs();
    if (newest === undefined || nowMs - newest.atMs >= reportAgeMaxMs) {
      newest = { atMs: nowMs, reports: Promise.all(checks.map(one)) };
    }
    return newest.reports;
  };

  const one = async ({ name, isNeeded, check }: Check): Promise<CheckReport> => {
    try {
      await withPatience(async () => check(), clock);
      return { name, status: "ok", isNeeded };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const why = redact(message).slice(0, whyLengthMax);
      return { name, status: "failing", isNeeded, why };
    }
  };

  return {
    start() {
      if (phase === "starting") phase = "serving";
    },
    drain() {
      phase = "draining";
    },
    async report() {
      const reports = await look();
      if (phase !== "serving") return { status: phase, checks: reports };
      const isFailing = reports.some(({ status, isNeeded }) => isNeeded && status === "failing");
      return { status: isFailing ? "failing" : "ready", checks: reports };
    },
  };
}

function withPatience(work: () => Promise<void>, clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(patienceMs, () => {
      reject(new Error(`no answer within ${patienceMs} ms`));
    });
    work().then(resolve, reject).finally(cancel);
  });
}
