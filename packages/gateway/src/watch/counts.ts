// What one API's requests come to, counted where a number is added to a number: no label is hashed and nothing is made for a
// request. Every label is from the contract, so their number is known from the start.

import type { AnyApi } from "sluice";
import type { LogRow } from "sluice/gate";

/** Requests that no operation has; bytes that are no request. */
const none = "none";
/** A code that the contract does not have: the gate makes no such thing. */
const other = "other";

export interface OperationCounts {
  /** By the hundreds of the status: the first is not used. */
  readonly byStatusClass: number[];
  readonly byCode: Map<string, number>;
  credits: number;
  degraded: number;
}

export class ApiCounts {
  readonly api: string;
  readonly operations: ReadonlyMap<string, OperationCounts>;
  readonly #codes: ReadonlySet<string>;
  #begun = 0;
  #ended = 0;

  /** @param name what the API is called in labels. */
  constructor(name: string, { wire }: AnyApi) {
    this.api = name;
    this.#codes = new Set(Object.keys(wire.codes));
    const names = [...Object.keys(wire.operations), none];
    this.operations = new Map(
      names.map((operation) => [
        operation,
        { byStatusClass: [0, 0, 0, 0, 0, 0], byCode: new Map(), credits: 0, degraded: 0 },
      ]),
    );
  }

  get inFlight(): number {
    return this.#begun - this.#ended;
  }

  begin(): void {
    this.#begun++;
  }

  /** The operation's label. */
  count(row: LogRow): string {
    // The gate's own mark for bytes that never became a call.
    if (row.method !== "-") this.#ended++;
    const known = row.operation !== undefined && this.operations.has(row.operation);
    const operation = known ? (row.operation ?? none) : none;
    const counts = this.operations.get(operation) as OperationCounts;
    const statusClass = Math.floor(row.status / 100);
    counts.byStatusClass[statusClass] = (counts.byStatusClass[statusClass] ?? 0) + 1;
    counts.credits += row.charged;
    if (row.degraded) counts.degraded++;
    if (row.code !== undefined) {
      const code = this.#codes.has(row.code) ? row.code : other;
      counts.byCode.set(code, (counts.byCode.get(code) ?? 0) + 1);
    }
    return operation;
  }
}
