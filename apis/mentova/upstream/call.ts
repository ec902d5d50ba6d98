// What a handler gets and what it gives back. The body has been read before a handler starts, so
// handlers are synchronous, and each runs as one piece of work on the records: nothing can come
// between a count and the insert that relies on it.

import type { Clock, Random } from "sluice/base";
import type { Caller } from "./caller.ts";
import type { Problem } from "./problem.ts";
import type { BrandRecord, Records } from "./records.ts";

/** What the API stands on: its data, its time, its chance. */
export interface Environment {
  readonly records: Records;
  readonly clock: Clock;
  readonly random: Random;
  readonly campaignDelayMs: number;
}

export interface Call {
  readonly environment: Environment;
  readonly caller: Caller;
  readonly query: URLSearchParams;
  /** The parsed JSON of a POST or PATCH, of any shape; `undefined` for other methods. */
  readonly body: unknown;
}

export interface Success {
  readonly status: 200 | 201;
  readonly body: object;
}

export type Answer = Success | Problem;

/** The ids of the path follow the call in the order in which the pattern names them. */
export type Handler = (call: Call, ...ids: string[]) => Answer;

/** A handler of something under a brand, once that brand is known to be the caller's own. */
export type BrandHandler = (call: Call, record: BrandRecord, ...ids: string[]) => Answer;

export function found(data: unknown): Success {
  return { status: 200, body: { data } };
}

export function created(data: unknown): Success {
  return { status: 201, body: { data } };
}

export function deleted(): Success {
  return found({ deleted: true });
}

export function isoDate(wallMs: number): string {
  return new Date(wallMs).toISOString();
}
