// What happened, in memory: the newest rows in a ring. Every request appends, so a row is copied into
// a slot that is used again: a row that was kept itself would outlive the young generation and cost
// the collector more than the whole gate does. Looking things up walks the ring; only people do that.

import type { LogQuery, LogRow, RequestLog, Usage } from "../../gate/stores.ts";
import { PackedIds } from "./packed-ids.ts";
import { overwriteRow, type RowSlot } from "./row-slot.ts";

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
  }

  find(query: LogQuery): readonly LogRow[] {
    const found: LogRow[] = [];
    for (const at of this.#newestFirst()) {
      if (found.length >= query.limit) break;
      if (matches(this.#rows[at] as LogRow, query)) found.push(this.#rowAt(at));
    }
    return found;
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

  dropped(): number {
    return Math.max(0, this.#appended - this.#rowsMax);
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

/** From `fromMs`, before `toMs`. */
function matches(row: LogRow, query: LogQuery): boolean {
  return (
    (query.accountId === undefined || row.accountId === query.accountId) &&
    (query.keyId === undefined || row.keyId === query.keyId) &&
    (query.code === undefined || row.code === query.code) &&
    (query.operation === undefined || row.operation === query.operation) &&
    (query.status === undefined || row.status === query.status) &&
    (query.fromMs === undefined || row.atMs >= query.fromMs) &&
    (query.toMs === undefined || row.atMs < query.toMs)
  );
}
