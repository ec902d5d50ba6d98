// What happened, for people: the port. A row goes into a bounded buffer and at once back to the gate;
// it reaches the file a little later, behind the money. Whoever asks finds it in either place.

import type {
  DayQuery,
  DaySum,
  LogQuery,
  LogRow,
  RequestLog,
  Usage,
} from "../../../gate/stores.ts";
import { type PackedRow, unpackRow, type WaitingRows } from "../../log/index.ts";
import type { Queries } from "../thread/queries.ts";

export class SqliteRequestLog implements RequestLog {
  readonly #waiting: WaitingRows;
  readonly #queries: Queries;

  constructor(waiting: WaitingRows, queries: Queries) {
    this.#waiting = waiting;
    this.#queries = queries;
  }

  append(row: LogRow): void {
    this.#waiting.append(row);
  }

  async find({ limit, ...filter }: LogQuery): Promise<readonly LogRow[]> {
    if (limit < 1) return [];
    await this.#waiting.settled();
    const found: LogRow[] = [];
    let { after } = filter;
    for (;;) {
      const rest = { ...filter, ...(after && { after }) };
      const page = await this.#queries.ask("find", rest, limit - found.length);
      for (const row of page.rows) found.push(unpackRow(row));
      if (page.next === undefined) return found;
      after = page.next;
    }
  }

  async explain(requestId: string): Promise<LogRow | undefined> {
    const waiting = this.#waiting.find(requestId);
    if (waiting !== undefined) return waiting;
    const row: PackedRow | undefined = await this.#queries.ask("explain", requestId);
    return row && unpackRow(row);
  }

  async usage(accountId: string, fromMs: number, toMs: number): Promise<Usage> {
    await this.#waiting.settled();
    return this.#queries.ask("usage", accountId, fromMs, toMs);
  }

  async days(query: DayQuery): Promise<readonly DaySum[]> {
    await this.#waiting.settled();
    return this.#queries.ask("days", query);
  }

  dropped(): number {
    return this.#waiting.dropped;
  }

  /** Resolves once every row that was appended is in the file; rejects when that is impossible now. */
  flush(): Promise<void> {
    return this.#waiting.flush();
  }
}
