// Rows on their way to the file: a ring of slots that are used again, because a row that waits would
// outlive the young generation of the collector. When it is full, the oldest row makes room.

import type { LogRow } from "../../../gate/stores.ts";
import { type PackedRow, packRow } from "./columns.ts";

/** A row that can be written over. */
type Slot = { -readonly [Field in keyof LogRow]: LogRow[Field] };

export class LogBuffer {
  readonly #rowsMax: number;
  readonly #slots: Slot[] = [];
  /** Rows are numbered as they come; the place in the ring is what remains of a division. */
  #first = 0;
  #next = 0;
  #dropped = 0;

  constructor(rowsMax: number) {
    this.#rowsMax = rowsMax;
  }

  get size(): number {
    return this.#next - this.#first;
  }

  /** The number of the oldest row that is here. */
  get first(): number {
    return this.#first;
  }

  /** The number that the next row will have. */
  get next(): number {
    return this.#next;
  }

  get dropped(): number {
    return this.#dropped;
  }

  push(row: LogRow): void {
    if (this.size === this.#rowsMax) {
      this.#first++;
      this.#dropped++;
    }
    const at = this.#next++ % this.#rowsMax;
    const slot = this.#slots[at];
    if (slot === undefined) this.#slots[at] = { ...row };
    else overwrite(slot, row);
  }

  /** Takes the oldest rows out, packed. */
  take(max: number): PackedRow[] {
    const rows: PackedRow[] = [];
    for (let left = Math.min(max, this.size); left > 0; left--) {
      rows.push(packRow(this.#slots[this.#first++ % this.#rowsMax] as Slot));
    }
    return rows;
  }

  /** Rows that will never be written; so many. */
  drop(): void {
    this.#dropped += this.size;
    this.#first = this.#next;
  }

  /** The newest row of that id. */
  find(requestId: string): LogRow | undefined {
    for (let at = this.#next - 1; at >= this.#first; at--) {
      const row = this.#slots[at % this.#rowsMax];
      if (row?.requestId === requestId) return { ...row };
    }
    return undefined;
  }
}

/** Field by field: a generic copy would look up each name anew, on every request. */
function overwrite(slot: Slot, row: LogRow): void {
  slot.requestId = row.requestId;
  slot.clientRequestId = row.clientRequestId;
  slot.atMs = row.atMs;
  slot.durationMs = row.durationMs;
  slot.accountId = row.accountId;
  slot.keyId = row.keyId;
  slot.operation = row.operation;
  slot.method = row.method;
  slot.path = row.path;
  slot.status = row.status;
  slot.code = row.code;
  slot.condition = row.condition;
  slot.endedAt = row.endedAt;
  slot.ending = row.ending;
  slot.windowLimit = row.windowLimit;
  slot.windowRemaining = row.windowRemaining;
  slot.held = row.held;
  slot.charged = row.charged;
  slot.by = row.by;
  slot.param = row.param;
  slot.retryAfterMs = row.retryAfterMs;
  slot.simulated = row.simulated;
  slot.degraded = row.degraded;
}
