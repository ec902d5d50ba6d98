// Which queries look for failures alone: those walk over the few rows that are some, in the order of time.

import type { LogQuery } from "../../gate/stores.ts";

/** Whether every row that matches has a status of 400 or above. */
export function failsAlways({ status, code, condition, ending }: Omit<LogQuery, "limit">): boolean {
  // A code has an index of its own.
  if (code !== undefined) return false;
  if (status !== undefined) return status >= 400;
  return (
    condition !== undefined || ending === "refused" || ending === "fault" || ending === "abandoned"
  );
}
