// Rows of the log that are old enough are deleted, a few at a time, so that no call waits behind them.

import type { Clock } from "../../base/index.ts";

export interface RetentionOptions {
  /** Deletes at most `max` rows from before then; how many they were. */
  readonly forget: (beforeMs: number, max: number) => Promise<number>;
  readonly clock: Clock;
  readonly retentionMs: number;
}

const rowsAtOnce = 200;
const everyMs = 60_000;

/** Deletes now and each minute until the returned function is called; a failure is tried again then. */
export function startRetention({ forget, clock, retentionMs }: RetentionOptions): () => void {
  let stopped = false;
  let cancel = () => {};
  const sweep = async () => {
    const beforeMs = clock.wallMs() - retentionMs;
    while (!stopped && (await forget(beforeMs, rowsAtOnce)) === rowsAtOnce) {}
  };
  const round = () => {
    void sweep()
      .catch(() => undefined)
      .finally(() => {
        if (!stopped) cancel = clock.after(everyMs, round);
      });
  };
  round();
  return () => {
    stopped = true;
    cancel();
  };
}
