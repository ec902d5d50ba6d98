// `sluice log tail`: requests as they come. The log is asked each second for what is new; a request is in it once it was
// answered, under the time when it came, so looks go back far enough to find those that took their time.

import { systemClock } from "sluice/base";
import type { TypedFor } from "../command/commands.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import type { Operator } from "../operator/operator.ts";
import type { Row } from "../operator/shapes.ts";
import { said, wrongValue } from "../operator/values.ts";
import { headingOf, rowOf, widthsOf } from "../print/table.ts";
import { print } from "../print/terminal.ts";
import { say } from "../say.ts";
import { queryOf, requestColumns, tinted } from "./request-lines.ts";

const EVERY_MS = 1_000;
/** How long ago a request may have come that is shown when it ends. */
const BACK_MS = 60_000;
const PAGE = 100;
const PAGES_MAX = 10;
/** A look ends where all is known; each so many goes back all the way. */
const THOROUGH_EVERY = 10;

export async function tailLog(operator: Operator, typed: TypedFor<"log tail">): Promise<void> {
  if (operator.url === undefined) {
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
  /** By the clock of the gate: when the last of what was there before had ended. */
  #beganMs = 0;
  #looks = 0;
  #hasMissed = false;

  constructor(operator: Operator, filters: ReturnType<typeof queryOf>, isJson: boolean) {
    this.#operator = operator;
    this.#filters = filters;
    this.#isJson = isJson;
  }

  /** What was there before is known, as far back as a look goes, and the newest of it shown. */
  async begin(limit: number): Promise<void> {
    const fromMs = systemClock.wallMs() - BACK_MS;
    const before: Row[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const query = { ...this.#filters, limit: PAGE, ...said({ cursor }) };
      const { data, next } = await this.#operator.call("listRequests", { query });
      before.push(...data);
      cursor = next !== null && (data.at(-1)?.atMs ?? 0) >= fromMs ? next : undefined;
    } while (cursor !== undefined && ++pages < PAGES_MAX);
    for (const { requestId, atMs } of before) this.#known.set(requestId, atMs);
    this.#beganMs = Math.max(0, ...before.map(endOf));
    const shown = before.slice(0, limit).toReversed();
    if (this.#isJson) for (const row of shown) print(JSON.stringify(row));
    else this.#printTable(shown);
  }

  async look(): Promise<void> {
    const fromMs = systemClock.wallMs() - BACK_MS;
    const isThorough = this.#looks++ % THOROUGH_EVERY === 0;
    const fresh: Row[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const query = { ...this.#filters, fromMs, limit: PAGE, ...said({ cursor }) };
      const { data, next } = await this.#operator.call("listRequests", { query });
      const unknown = data.filter((row) => this.#isNew(row));
      fresh.push(...unknown);
      cursor = (isThorough || unknown.length > 0) && next !== null ? next : undefined;
    } while (cursor !== undefined && ++pages < PAGES_MAX);
    if (cursor !== undefined) this.#tellMissed();
    for (const [requestId, atMs] of this.#known) {
      if (atMs < fromMs) this.#known.delete(requestId);
    }
    for (const row of fresh.toReversed()) this.#print(row);
  }

  /** What had ended before the beginning is old, also where it is not among the newest that were read then. */
  #isNew(row: Row): boolean {
    return !this.#known.has(row.requestId) && endOf(row) > this.#beganMs;
  }

  #tellMissed(): void {
    if (this.#hasMissed) return;
    this.#hasMissed = true;
    say("More come than can be followed: some are not shown. A filter helps: --account, --code.");
  }

  #print(row: Row): void {
    this.#known.set(row.requestId, row.atMs);
    if (this.#isJson) print(JSON.stringify(row));
    else print(tinted(row, rowOf(requestColumns, row, this.#widths)));
  }

  #printTable(rows: readonly Row[]): void {
    this.#widths = widthsOf(requestColumns, rows);
    print(headingOf(requestColumns, this.#widths));
    for (const row of rows) print(tinted(row, rowOf(requestColumns, row, this.#widths)));
  }
}

function endOf({ atMs, durationMs }: Row): number {
  return atMs + durationMs;
}
