// What one API's requests come to, counted where a number is added to a number: no label is hashed and nothing is made for a
// request. Every label is from the contract, so their number is known from the start.

import type { AnyApi } from "sluice";
import type { LogRow } from "sluice/gate";
import { Durations } from "./durations.ts";

/** Requests that no operation has; bytes that are no request. */
const none = "none";
/** A code that the contract does not have: the gate makes no such thing. */
const other = "other";

export interface OperationCounts {
  /** By the hundreds of the status: the first is not used. */
  readonly byStatusClass: number[];
  readonly byCode: Map<string, number>;
  readonly durations: Durations;
  credits: number;
  degraded: number;
}

export class ApiCounts {
  readonly api: string;
  readonly operations = new Map<string, OperationCounts>();
  readonly #codes = new Set<string>();
  #begun = 0;
  #ended = 0;

  /** @param name what the API is called in labels. */
  constructor(name: string) {
    this.api = name;
  }

  /** What a contract has is counted from now on. */
  include({ wire }: AnyApi): void {
    for (const code of Object.keys(wire.codes)) this.#codes.add(code);
    for (const operation of [...Object.keys(wire.operations), none]) {
      if (!this.operations.has(operation)) this.operations.set(operation, noCounts());
    }
  }

  get inFlight(): number {
    return this.#begun - this.#ended;
  }

  begin(): void {
    this.#begun++;
  }

  count(row: LogRow): void {
    // The gate's own mark for bytes that never became a call.
    if (row.method !== "-") this.#ended++;
    const counts = (this.operations.get(row.operation ?? none) ??
      this.operations.get(none)) as OperationCounts;
    counts.durations.add(row.durationMs);
    const statusClass = Math.floor(row.status / 100);
    counts.byStatusClass[statusClass] = (counts.byStatusClass[statusClass] ?? 0) + 1;
    counts.credits += row.charged;
    if (row.degraded) counts.degraded++;
    if (row.code !== undefined) {
      const code = this.#codes.has(row.code) ? row.code : other;
      counts.byCode.set(code, (counts.byCode.get(code) ?? 0) + 1);
    }
  }
}

function noCounts(): OperationCounts {
  return {
    byStatusClass: [0, 0, 0, 0, 0, 0],
    byCode: new Map(),
    durations: new Durations(),
    credits: 0,
    degraded: 0,
  };
}
