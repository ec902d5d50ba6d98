// What one of each thing costs, as it was measured: the numbers that an estimate multiplies. `sluice simulate scale
// --measure` measures them all again, on another machine.

export interface UnitCost {
  readonly value: number;
  readonly unit: "µs of a core" | "bytes";
  /** What one of it is. */
  readonly says: string;
}

export type UnitCosts = Readonly<Record<UnitCostName, UnitCost>>;
export type UnitCostName = keyof typeof measured;

/** Where, when and by what the numbers below were measured. */
export const measuredBy = {
  command:
    "sluice simulate scale --measure --sample 1000000 --redis-url <url> --database-url <url>",
  on: "2026-11-22",
  machine: "2 virtual cores (Xeon, 2.5 GHz), Node 26.10, Redis 7.0, PostgreSQL 15, one machine",
} as const;

const us = (value: number, says: string): UnitCost => ({ value, unit: "µs of a core", says });
const bytes = (value: number, says: string): UnitCost => ({ value, unit: "bytes", says });

export const measured = {
  requestUs: us(
    31.4,
    "a request in a node: HTTP/1.1, the nine steps, its decision in Redis, its row of the log",
  ),
  chargedUs: us(19.4, "more for a request that reserves and settles credits in PostgreSQL"),
  limitsBatchUs: us(12, "a batch of decisions, in Redis"),
  decisionUs: us(5.6, "each decision in it"),
  ledgerBatchUs: us(588, "a batch of reservations or settlements, in PostgreSQL"),
  commandUs: us(25.2, "each reservation and each settlement in it"),
  lookUpUs: us(22.5, "a key that is looked up, in PostgreSQL"),
  logRowUs: us(7.5, "a row of the log, in PostgreSQL"),
  cachedKeyBytes: bytes(1_331, "a verified key that a node remembers"),
  limitsKeyBytes: bytes(241, "a key's window in Redis, with up to 16 requests in it"),
  limitsPlaceBytes: bytes(4.7, "each further request in a window"),
  keyRowBytes: bytes(2_130, "a key in PostgreSQL, with its account and indexes"),
  logRowBytes: bytes(500, "a row of the log, with its indexes"),
  chargeBytes: bytes(942, "a reservation and its settlement, with entries and indexes"),
} as const satisfies Readonly<Record<string, UnitCost>>;
