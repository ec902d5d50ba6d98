// `sluice log tail`: requests as they come. The log is asked each second for what is new; a request is in it once it was answered,
// under the time when it came, so each look goes back far enough to find those that took their time.

import { systemClock } from "sluice/base";
import type { TypedFor } from "../command/commands.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import type { Operator } from "../operator/operator.ts";
import type { Row } from "../operator/shapes.ts";
import { wrongValue } from "../operator/values.ts";
import { type Column, rowOf, tableOf } from "../print/table.ts";
import { print } from "../print/terminal.ts";
import { say } from "../say.ts";
import { queryOf, requestColumns, tinted } from "./request-lines.ts";

const EVERY_MS = 1_000;
/** How long ago a request may have come that is shown when it ends. */
const BACK_MS = 60_000;
const PAGE = 100;
const PAGES_MAX = 10;

export async function tailLog(operator: Operator, typed: TypedFor<"log tail">): Promise<void> {
  if (!operator.isServed) {
    throw new CommandError(
      'Nobody serves, so nothing will come: "sluice log show" has what was answered before.',
      exitCodes.notReached,
    );
  }
  const tail = new Tail(operator, queryOf(typed), typed.json ?? false);
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());
  try {
    await tail.begin(linesFrom(typed.limit));
    while (!stop.signal.aborted) {
      await systemClock.sleep(EVERY_MS, stop.signal);
      await tail.look();
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
}

function linesFrom(text = "10"): number {
  if (/^\d{1,3}$/.test(text) && Number(text) <= PAGE) return Number(text);
  throw wrongValue("--limit", text, `give a whole number from 0 to ${PAGE}`);
}

class Tail {
  readonly #operator: Operator;
  readonly #filters: ReturnType<typeof queryOf>;
  readonly #isJson: boolean;
  /** Those of the last minute that are known, and when they came. */
  readonly #known = new Map<string, number>();
  #widths: readonly number[] = [];

  constructor(operator: Operator, filters: ReturnType<typeof queryOf>, isJson: boolean) {
    this.#operator = operator;
    this.#filters = filters;
    this.#isJson = isJson;
  }

  /** What was there before is known, and the newest of it shown. */
  async begin(limit: number): Promise<void> {
    const { data } = await this.#operator.call("listRequests", {
      query: { ...this.#filters, limit: PAGE },
    });
    for (const { requestId, atMs } of data) this.#known.set(requestId, atMs);
    const shown = data.slice(0, limit).toReversed();
    if (this.#isJson) for (const row of shown) print(JSON.stringify(row));
    else this.#printTable(shown);
  }

  async look(): Promise<void> {
    const fromMs = systemClock.wallMs() - BACK_MS;
    const fresh: Row[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const query = { ...this.#filters, fromMs, limit: PAGE, ...(cursor !== undefined && { cursor }) };
      const { data, next } = await this.#operator.call("listRequests", { query });
      fresh.push(...data.filter(({ requestId }) => !this.#known.has(requestId)));
      cursor = next ?? undefined;
      // A page that brought nothing new: what is behind it is known, too, but for what took long.
    } while (cursor !== undefined && ++pages < PAGES_MAX);
    if (cursor !== undefined) {
      say("More come than can be followed: some are not shown. A filter helps: --account, --code.");
    }
    for (const [requestId, atMs] of this.#known) {
      if (atMs < fromMs) this.#known.delete(requestId);
    }
    for (const row of fresh.toReversed()) this.#print(row);
  }

  #print(row: Row): void {
    this.#known.set(row.requestId, row.atMs);
    if (this.#isJson) return print(JSON.stringify(row));
    print(tinted(row, rowOf(requestColumns, row, this.#widths)));
  }

  /** Columns are as wide as what was there before, or as what is usual. */
  #printTable(rows: readonly Row[]): void {
    this.#widths = requestColumns.map((column) => widthOf(column, rows));
    const [heading = ""] = tableOf(
      requestColumns.map((column, index) => ({ ...column, title: column.title.padEnd(this.#widths[index] ?? 0) })),
      [],
    );
    print(heading);
    for (const row of rows) print(tinted(row, rowOf(requestColumns, row, this.#widths)));
  }
}

const usualWidths: Readonly<Record<string, number>> = { REQUEST: 36, CODE: 20, ACCOUNT: 16, OPERATION: 20, MS: 6, CREDITS: 7, "AT (UTC)": 19, STATUS: 6 };

function widthOf({ title, of }: Column<Row>, rows: readonly Row[]): number {
  return Math.max(usualWidths[title] ?? title.length, ...rows.map((row) => of(row).length));
}
