// How it goes right now, from the newest rows of the log: an operator who sleeps has announced nothing yet.

import { MINUTE_MS } from "sluice/base";
import type { LogRow } from "sluice/gate";

/** How far back "now" goes. */
export const RECENT_MS: number = 5 * MINUTE_MS;
/** Of a busy gateway this is a sample of the newest. */
export const RECENT_ROWS_MAX = 2_000;

/** With fewer, one unlucky caller would be an outage. */
const REQUESTS_MIN = 20;
const DEGRADED_PART = 0.05;
const OUTAGE_PART = 0.5;

export interface Recent {
  readonly requests: number;
  readonly failures: number;
}

export type Seen = Pick<LogRow, "api" | "operation" | "status" | "ending" | "simulated">;

/** By API: what was answered there, and failed. Counted like a day, without what a test key asked for. */
export function recentOf(
  rows: readonly Seen[],
  isShown: (api: string, operation: string) => boolean,
): ReadonlyMap<string, Recent> {
  const found = new Map<string, { requests: number; failures: number }>();
  for (const { api, operation, status, ending, simulated } of rows) {
    if (simulated || ending === "abandoned") continue;
    if (operation === undefined || !isShown(api, operation)) continue;
    const recent = found.get(api) ?? { requests: 0, failures: 0 };
    recent.requests++;
    if (status >= 500) recent.failures++;
    found.set(api, recent);
  }
  return found;
}

export function stateSeenIn({ requests, failures }: Recent): "ok" | "degraded" | "outage" {
  if (requests < REQUESTS_MIN || failures < requests * DEGRADED_PART) return "ok";
  return failures < requests * OUTAGE_PART ? "degraded" : "outage";
}
