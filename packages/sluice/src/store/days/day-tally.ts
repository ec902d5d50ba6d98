// Rows added up by day, contract and operation. Every request is counted, so counting one makes no object once its
// operation is known.

import { dayOf } from "../../base/index.ts";
import { type DaySum, DURATION_BOUNDS_MS, type LogRow } from "../../gate/stores.ts";

/** What is read of a row. */
export type Countable = Pick<
  LogRow,
  "atMs" | "api" | "operation" | "durationMs" | "status" | "ending" | "charged" | "simulated"
>;

/** A sum that still grows. */
export type DayCount = {
  -readonly [Field in keyof Omit<DaySum, "durations">]: DaySum[Field];
} & { readonly durations: number[] };

type Counts = Map<string | undefined, DayCount>;

export class DayTally {
  readonly #days = new Map<number, Map<string, Counts>>();

  add(row: Countable): void {
    const count = this.#countOf(dayOf(row.atMs), row.api, row.operation);
    count.requests++;
    if (row.ending === "refused") count.refusals++;
    // What a test key asked for is no outage: callers could make one on the status page.
    if (row.status >= 500 && !row.simulated) count.failures++;
    if (row.ending === "abandoned") count.abandoned++;
    count.credits += row.charged;
    const at = durationClass(row.durationMs);
    count.durations[at] = (count.durations[at] ?? 0) + 1;
  }

  /** All of them, in no order. */
  *counts(): Generator<DayCount> {
    for (const apis of this.#days.values()) {
      for (const counts of apis.values()) yield* counts.values();
    }
  }

  /** Forgets the days before. */
  forget(beforeMs: number): void {
    for (const dayMs of this.#days.keys()) if (dayMs < beforeMs) this.#days.delete(dayMs);
  }

  #countOf(dayMs: number, api: string, operation: string | undefined): DayCount {
    const apis = this.#days.get(dayMs) ?? put(this.#days, dayMs, new Map<string, Counts>());
    const counts = apis.get(api) ?? put<string, Counts>(apis, api, new Map());
    return counts.get(operation) ?? put(counts, operation, emptyCount(dayMs, api, operation));
  }
}

function put<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): Value {
  map.set(key, value);
  return value;
}

function emptyCount(dayMs: number, api: string, operation: string | undefined): DayCount {
  const durations = new Array<number>(DURATION_BOUNDS_MS.length + 1).fill(0);
  const sums = { requests: 0, refusals: 0, failures: 0, abandoned: 0, credits: 0 };
  return { dayMs, api, operation, ...sums, durations };
}

/** Which of the classes of {@link DURATION_BOUNDS_MS}; the one after the last takes what is longer. */
export function durationClass(durationMs: number): number {
  let at = 0;
  while (at < DURATION_BOUNDS_MS.length && durationMs > (DURATION_BOUNDS_MS[at] as number)) at++;
  return at;
}

/** Oldest first, of one day by contract and operation; paths that are no operation come first. */
export function inOrder(a: DaySum, b: DaySum): number {
  return (
    a.dayMs - b.dayMs || compare(a.api, b.api) || compare(a.operation ?? "", b.operation ?? "")
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
