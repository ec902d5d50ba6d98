// What happened, in memory: the newest rows in a ring. Every request appends, so a row is copied into
// a slot that is used again: a row that was kept itself would outlive the young generation and cost
// the collector more than the whole gate does. Looking things up walks the ring; only people do that.

import { dayOf } from "../../base/index.ts";
import type {
  DayQuery,
  DaySum,
  LogPlace,
  LogQuery,
  LogRow,
  RequestLog,
  Usage,
} from "../../gate/stores.ts";
import { DayTally, firstKeptDayMs, inOrder } from "../days/index.ts";
import { overwriteRow, type RowSlot } from "../log/index.ts";
import { PackedIds } from "./packed-ids.ts";

const rowsMaxDefault = 20_000;

export interface RequestLogOptions {
  /** Rows that are kept; older ones fall off and count as dropped. @default 20,000 */
  readonly rowsMax?: number;
}

/** The newest rows, and a count of those that fell off. */
export class MemoryRequestLog implements RequestLog {
  readonly #rowsMax: number;
  readonly #rows: RowSlot[] = [];
  readonly #ids: PackedIds;
  readonly #days = new DayTally();
  /** The newest day that a row was of. */
  #todayMs: number = Number.NEGATIVE_INFINITY;
  #appended = 0;

  constructor(options: RequestLogOptions = {}) {
    this.#rowsMax = options.rowsMax ?? rowsMaxDefault;
    if (!Number.isSafeInteger(this.#rowsMax) || this.#rowsMax < 1) {
      throw new RangeError(`rowsMax must be a whole number from 1, got ${this.#rowsMax}`);
    }
    this.#ids = new PackedIds(this.#rowsMax);
  }

  append(row: LogRow): void {
    const at = this.#appended++ % this.#rowsMax;
    this.#ids.set(at, row.requestId);
    const slot = this.#rows[at];
    if (slot === undefined) this.#rows[at] = { ...row, requestId: "" };
    else overwriteRow(slot, row);
    this.#count(row);
  }

  find(query: LogQuery): readonly LogRow[] {
    const found: LogRow[] = [];
    // Rows come as their requests end, and are asked for as their requests came: all of them are looked at.
    for (const at of this.#newestFirst()) {
      if (!matches(this.#rows[at] as LogRow, query)) continue;
      const row = this.#rowAt(at);
      if (query.after === undefined || byPlace(query.after, row) < 0) found.push(row);
    }
    return found.sort(byPlace).slice(0, Math.max(0, query.limit));
  }

  explain(requestId: string): LogRow | undefined {
    for (const at of this.#newestFirst()) {
      if (this.#ids.get(at) === requestId) return this.#rowAt(at);
    }
    return undefined;
  }

  usage(accountId: string, fromMs: number, toMs: number): Usage {
    const sum = { requests: 0, refusals: 0, faults: 0, credits: 0 };
    for (const row of this.#rows) {
      if (row.accountId !== accountId || row.atMs < fromMs || row.atMs >= toMs) continue;
      sum.requests++;
      if (row.ending === "refused") sum.refusals++;
      if (row.ending === "fault") sum.faults++;
      sum.credits += row.charged;
    }
    return sum;
  }

  days({ api, fromMs, toMs }: DayQuery): readonly DaySum[] {
    const found: DaySum[] = [];
    for (const count of this.#days.counts()) {
      if (count.dayMs < dayOf(fromMs) || count.dayMs >= toMs) continue;
      if (api !== undefined && count.api !== api) continue;
      found.push({ ...count, durations: [...count.durations] });
    }
    return found.sort(inOrder);
  }

  dropped(): number {
    return Math.max(0, this.#appended - this.#rowsMax);
  }

  #count(row: LogRow): void {
    this.#days.add(row);
    const dayMs = dayOf(row.atMs);
    if (dayMs <= this.#todayMs) return;
    this.#todayMs = dayMs;
    this.#days.forget(firstKeptDayMs(dayMs));
  }

  #rowAt(at: number): LogRow {
    return { ...(this.#rows[at] as RowSlot), requestId: this.#ids.get(at) };
  }

  /** The places of the rows. */
  *#newestFirst(): Generator<number> {
    for (let back = 1; back <= this.#rows.length; back++) {
      yield (this.#appended - back) % this.#rowsMax;
    }
  }
}

/** Newest first, of one moment the greatest id first. */
function byPlace(a: LogPlace, b: LogPlace): number {
  if (a.atMs !== b.atMs) return b.atMs - a.atMs;
  return a.requestId < b.requestId ? 1 : a.requestId > b.requestId ? -1 : 0;
}

const filters = [
  "api",
  "accountId",
  "keyId",
  "isOlderSecret",
  "clientRequestId",
  "code",
  "condition",
  "ending",
  "operation",
  "status",
] as const satisfies readonly (keyof LogRow & keyof LogQuery)[];

/** From `fromMs`, before `toMs`. */
function matches(row: LogRow, query: LogQuery): boolean {
  return (
    (query.fromMs === undefined || row.atMs >= query.fromMs) &&
    (query.toMs === undefined || row.atMs < query.toMs) &&
    filters.every((name) => query[name] === undefined || row[name] === query[name])
  );
}
