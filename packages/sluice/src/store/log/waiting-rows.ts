// Rows that are not yet in the database, and the way there: what every log on an engine has in common.

import type { LogRow } from "../../gate/stores.ts";
import type { LogBuffer } from "./buffer.ts";
import { unpackRow } from "./columns.ts";
import type { LogWriter } from "./log-writer.ts";

export class WaitingRows {
  readonly #buffer: LogBuffer;
  readonly #writer: LogWriter;

  constructor(buffer: LogBuffer, writer: LogWriter) {
    this.#buffer = buffer;
    this.#writer = writer;
  }

  append(row: LogRow): void {
    this.#buffer.push(row);
    this.#writer.notice();
  }

  find(requestId: string): LogRow | undefined {
    const waiting = this.#buffer.find(requestId);
    if (waiting !== undefined) return waiting;
    const packed = this.#writer.find(requestId);
    return packed && unpackRow(packed);
  }

  get dropped(): number {
    return this.#buffer.dropped + this.#writer.refused;
  }

  /** Resolves once every row that was appended is in the database; rejects when that is impossible now. */
  flush(): Promise<void> {
    return this.#writer.flush();
  }

  /** What cannot be written is not found; what was written is. */
  async settled(): Promise<void> {
    await this.#writer.flush().catch(() => undefined);
  }
}
