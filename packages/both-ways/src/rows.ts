// The rows of a gate's log, as they are written: tests wait for one instead of guessing when its request has ended.

import type { LogRow } from "sluice/gate";

export class Rows {
  readonly #rows = new Map<string, PromiseWithResolvers<LogRow>>();
  #next = Promise.withResolvers<LogRow>();

  /** The one that is written next, whosever it is. */
  get next(): Promise<LogRow> {
    return this.#next.promise;
  }

  /** The row of a request, as soon as the gate is done with it. */
  of(requestId: string): Promise<LogRow> {
    return this.#place(requestId).promise;
  }

  note(row: LogRow): void {
    const copy = { ...row };
    this.#place(row.requestId).resolve(copy);
    this.#next.resolve(copy);
    this.#next = Promise.withResolvers<LogRow>();
  }

  #place(requestId: string): PromiseWithResolvers<LogRow> {
    const place = this.#rows.get(requestId) ?? Promise.withResolvers<LogRow>();
    this.#rows.set(requestId, place);
    return place;
  }
}
