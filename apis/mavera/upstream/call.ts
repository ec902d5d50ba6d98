// What a handler gets and what it gives back. The body has been read before a handler starts, so
// handlers are synchronous, and each runs as one piece of work on the records. What lasts longer
// comes after that.

import type { Clock, Random } from "sluice/base";
import type { Caller } from "./caller.ts";
import type { ServerEvent } from "./event-stream.ts";
import type { Failure } from "./failure.ts";
import type { JobRecord, Records } from "./records.ts";

/** What the API stands on: its data, its time, its chance, and whoever does its jobs. */
export interface Environment {
  readonly records: Records;
  readonly clock: Clock;
  readonly random: Random;
  readonly startJob: (job: JobRecord) => void;
}

export interface Call {
  readonly environment: Environment;
  readonly caller: Caller;
  readonly query: URLSearchParams;
  /** The parsed JSON of a POST, of any shape; `undefined` for other methods. */
  readonly body: unknown;
}

export interface Success {
  readonly status: 200 | 201;
  readonly body: object;
}

/** An answer that takes its time: in one piece at the end, or as a stream of events. */
export interface Lasting {
  readonly delayMs: number;
  readonly stream: boolean;
  /** The answer in one piece, once the time is over. */
  readonly whole: () => Success | Failure;
  readonly events: () => readonly ServerEvent[];
}

export type Answer = Success | Lasting | Failure;

/** The ids of the path follow the call in the order in which the pattern names them. */
export type Handler = (call: Call, ...ids: string[]) => Answer;

export function found(body: object): Success {
  return { status: 200, body };
}

export function created(body: object): Success {
  return { status: 201, body };
}
