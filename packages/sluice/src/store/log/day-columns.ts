// The sums of a day in a table: a row of plain numbers for each contract and operation, so that sums can be added in SQL.

import { type DaySum, DURATION_BOUNDS_MS } from "../../gate/stores.ts";

const classes = Array.from({ length: DURATION_BOUNDS_MS.length + 1 }, (_, at) => `took_${at}`);
const keys = ["day_ms", "api", "operation"];
const sums = ["requests", "refusals", "failures", "abandoned", "credits", ...classes];

/** In the order of {@link packDay}. */
export const dayColumns: readonly string[] = [...keys, ...sums];

/** What an upsert of a table does with a row that is there already. */
export function addToDay(table: string): string {
  const added = sums.map((name) => `${name} = ${table}.${name} + excluded.${name}`);
  return `ON CONFLICT (${keys.join()}) DO UPDATE SET ${added.join()}`;
}

/** Paths that are no operation are kept under the empty name, which no operation has. */
export function packDay(sum: DaySum): (string | number)[] {
  const { dayMs, api, operation = "", requests, refusals, failures, abandoned, credits } = sum;
  return [
    ...[dayMs, api, operation, requests, refusals, failures, abandoned, credits],
    ...sum.durations,
  ];
}

export function unpackDay(packed: readonly (string | number | null)[]): DaySum {
  const [api, operation] = [packed[1] as string, packed[2] as string];
  const number = (at: number) => Number(packed[at]);
  return {
    dayMs: number(0),
    api,
    operation: operation === "" ? undefined : operation,
    requests: number(3),
    refusals: number(4),
    failures: number(5),
    abandoned: number(6),
    credits: number(7),
    durations: classes.map((_, at) => number(8 + at)),
  };
}
