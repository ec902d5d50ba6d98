// Seconds as a chart wants them: where some are missing, nothing is drawn.

import type { LiveSecond } from "@sluice/gateway/admin";

const secondMs = 1_000;
/** A tick may be late. */
const missingMs = 2_500;

export interface WithGaps {
  /** Seconds since 1970. */
  readonly times: readonly number[];
  readonly slots: readonly (LiveSecond | null)[];
}

export function withGaps(seconds: readonly LiveSecond[]): WithGaps {
  const times: number[] = [];
  const slots: (LiveSecond | null)[] = [];
  let beforeMs: number | undefined;
  for (const second of seconds) {
    // A clock that was set back: a chart goes forward only.
    if (beforeMs !== undefined && second.atMs <= beforeMs) continue;
    if (beforeMs !== undefined && second.atMs - beforeMs > missingMs) {
      times.push((beforeMs + secondMs) / secondMs);
      slots.push(null);
    }
    times.push(second.atMs / secondMs);
    slots.push(second);
    beforeMs = second.atMs;
  }
  return { times, slots };
}
