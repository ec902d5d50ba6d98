// Rows on their way to the file: a ring of slots that are used again, because a row that waits would
// outlive the young generation of the collector. When it is full, the oldest row makes room.

import type { LogRow } from "../../gate/stores.ts";
import { type PackedRow, packRow } from "./columns.ts";
import { overwriteRow, type RowSlot } from "./row-slot.ts";

export class LogBuffer {
  readonly #rowsMax: number;
  readonly #slots: RowSlot[] = [];
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
    else {
      slot.requestId = row.requestId;
      overwriteRow(slot, row);
    }
  }

  /** Takes the oldest rows out, packed. */
  take(max: number): PackedRow[] {
    const rows: PackedRow[] = [];
    for (let left = Math.min(max, this.size); left > 0; left--) {
      rows.push(packRow(this.#slots[this.#first++ % this.#rowsMax] as RowSlot));
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
