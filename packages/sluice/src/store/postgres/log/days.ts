// The sums of each day in their table: added to by whoever writes rows, in the same transaction.

import { dayOf } from "../../../base/index.ts";
import type { DayQuery, DaySum } from "../../../gate/stores.ts";
import { type Countable, DayTally, inOrder } from "../../days/index.ts";
import { addToDay, dayColumns, packDay, unpackDay } from "../../log/index.ts";
import type { Ask } from "../connection/database.ts";
import { asWritten, storable } from "./copy.ts";

const typeOf = (column: string): string => {
  if (column === "api" || column === "operation") return "text";
  return column === "credits" ? "double precision" : "bigint";
};

const into = `INSERT INTO sluice.request_day (${dayColumns.join()})`;
const adding = addToDay("request_day");

const addAll = {
  name: "sluice_log_days",
  text: `${into} SELECT * FROM unnest(${dayColumns
    .map((column, at) => `$${at + 1}::${typeOf(column)}[]`)
    .join()}) ${adding}`,
};

/** Everybody adds in the same order, so that no two wait for each other in a circle. */
export async function addDays(ask: Ask, rows: readonly Countable[]): Promise<void> {
  const tally = new DayTally();
  for (const row of rows) tally.add(row);
  const days = [...tally.counts()].sort(inOrder).map(stored);
  await ask(
    addAll,
    dayColumns.map((_, at) => days.map((day) => day[at])),
  );
}

/** One row's, where the statement `written` has written it; the values begin behind its own. */
export function addDayOf(written: string, valuesBefore: number): string {
  const values = dayColumns.map((column, at) => `$${valuesBefore + at + 1}::${typeOf(column)}`);
  return `WITH written AS (${written} RETURNING 1) ${into} SELECT ${values.join()} FROM written ${adding}`;
}

export function dayValuesOf(row: Countable): (string | number)[] {
  const tally = new DayTally();
  tally.add(row);
  return [...tally.counts()].flatMap(stored);
}

export async function listDays(ask: Ask, { api, fromMs, toMs }: DayQuery): Promise<DaySum[]> {
  const rows = await ask(
    `SELECT ${dayColumns.join()} FROM sluice.request_day WHERE day_ms >= $1 AND day_ms < $2 ` +
      `${api === undefined ? "" : "AND api = $3 "}ORDER BY day_ms, api, operation`,
    [String(dayOf(fromMs)), String(Math.ceil(toMs)), ...(api === undefined ? [] : [storable(api)])],
  );
  return rows.map((row) => unpackDay(row.map((value) => value && asWritten(value))));
}

function stored(sum: DaySum): (string | number)[] {
  return packDay(sum).map((value) => (typeof value === "string" ? storable(value) : value));
}
