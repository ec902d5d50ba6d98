// What an account used on each day. A day that is over is added up once: the log has a row for each request, and people reload.

import { type Clock, DAY_MS, dayOf, MINUTE_MS } from "sluice/base";
import type { RequestLog, Usage } from "sluice/gate";
import { Recent } from "../session/recent.ts";

export interface DayUsage extends Usage {
  readonly dayMs: number;
}

/** Of the last days up to now, newest first. */
export type DayUsages = (accountId: string, days: number) => Promise<readonly DayUsage[]>;

const KEPT_MAX = 5_000;
/** Rows are written a little later than they happen. */
const LATE_MS = 10 * MINUTE_MS;

export function createDayUsages(log: RequestLog, clock: Clock): DayUsages {
  const kept = new Recent<Promise<Usage>>(KEPT_MAX);
  const usageOf = (accountId: string, dayMs: number): Promise<Usage> => {
    const ask = async () => log.usage(accountId, dayMs, dayMs + DAY_MS);
    if (clock.wallMs() < dayMs + DAY_MS + LATE_MS) return ask();
    const name = `${dayMs} ${accountId}`;
    let found = kept.get(name);
    if (found === undefined) {
      found = ask();
      kept.set(name, found);
      // What failed is asked for again.
      found.catch(() => kept.delete(name));
    }
    return found;
  };
  return async (accountId, days) => {
    const todayMs = dayOf(clock.wallMs());
    const found: DayUsage[] = [];
    // One after the other: a page of one customer must not take every reader of the log.
    for (let back = 0; back < days; back++) {
      const dayMs = todayMs - back * DAY_MS;
      found.push({ dayMs, ...(await usageOf(accountId, dayMs)) });
    }
    return found;
  };
}
