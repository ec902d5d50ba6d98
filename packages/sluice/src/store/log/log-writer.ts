// The log's way into the file, behind the money: one chunk in flight, a small one while money is under
// way, and nobody waits for it. Rows that could not be written are tried again.

import type { Clock } from "../../base/index.ts";
import type { LogBuffer } from "./buffer.ts";
import type { PackedRow } from "./columns.ts";

/** What takes the rows. */
export interface LogSink {
  /** How many could not be written for a fault of their own; rejects when none could be. */
  write(rows: readonly PackedRow[]): Promise<number>;
  /** Whether commands are under way that the log must not hold up. */
  readonly isBusy: boolean;
}

export interface LogWriterOptions {
  readonly buffer: LogBuffer;
  readonly sink: LogSink;
  readonly clock: Clock;
  /** As many rows are written without waiting. */
  readonly chunkRows: number;
  /** No row waits longer, unless writing fails. */
  readonly everyMs: number;
}

/** Rows between two batches of money: about a millisecond's worth. */
const rowsWhileBusy = 100;

export class LogWriter {
  readonly #options: LogWriterOptions;
  /** Taken out of the buffer, and not known to be written; the number of the first. */
  #chunk: readonly PackedRow[] = [];
  #chunkFrom = 0;
  /** Rows with numbers below this are not to wait. */
  #wanted = 0;
  #running: Promise<void> | undefined;
  #cancelTimer: (() => void) | undefined;
  #refused = 0;
  #closed = false;

  constructor(options: LogWriterOptions) {
    this.#options = options;
  }

  /** Rows that were not written for a fault of their own, or because nothing could be written at the end. */
  get refused(): number {
    return this.#refused;
  }

  /** A row was added to the buffer. */
  notice(): void {
    if (this.#running !== undefined || this.#closed) return;
    const { buffer, chunkRows, clock, everyMs } = this.#options;
    // After a failure the timer alone tries again.
    if (buffer.size >= chunkRows && this.#chunk.length === 0) {
      this.#start(buffer.first + chunkRows);
      return;
    }
    this.#cancelTimer ??= clock.after(everyMs, () => {
      this.#cancelTimer = undefined;
      if (this.#running === undefined && !this.#closed) this.#start(buffer.next);
    });
  }

  /** Resolves once every row that was there is written; rejects when writing fails. */
  async flush(): Promise<void> {
    const { next } = this.#options.buffer;
    while (this.#unwrittenFrom < next) {
      if (this.#running === undefined) this.#start(next);
      await this.#running;
    }
  }

  /** Writes what is there, if it can be written now, and then nothing more. */
  async close(): Promise<void> {
    await this.flush().catch(() => undefined);
    this.#closed = true;
    this.#cancelTimer?.();
    this.#refused += this.#chunk.length;
    this.#chunk = [];
    this.#options.buffer.drop();
  }

  /** A row that was taken out of the buffer and is not known to be written. */
  find(requestId: string): PackedRow | undefined {
    return this.#chunk.findLast(([id]) => id === requestId);
  }

  get #unwrittenFrom(): number {
    return this.#chunk.length > 0 ? this.#chunkFrom : this.#options.buffer.first;
  }

  /** Writes rows with numbers below `wanted`, those of a chunk that failed first. */
  #start(wanted: number): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#wanted = wanted;
    const running = this.#write().finally(() => {
      this.#running = undefined;
      if (this.#unwrittenFrom < this.#options.buffer.next) this.notice();
    });
    this.#running = running;
    // Whoever flushes hears of a failure; nobody else waits.
    running.catch(() => undefined);
  }

  async #write(): Promise<void> {
    const { buffer, sink, chunkRows } = this.#options;
    while (this.#unwrittenFrom < this.#wanted) {
      if (this.#chunk.length === 0) {
        this.#chunkFrom = buffer.first;
        this.#chunk = buffer.take(sink.isBusy ? Math.min(rowsWhileBusy, chunkRows) : chunkRows);
      }
      this.#refused += await sink.write(this.#chunk);
      this.#chunk = [];
    }
  }
}
