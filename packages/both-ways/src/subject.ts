// One of the repository's APIs as the suites that they share see it.

import type { AnyApi } from "sluice";
import type { VirtualClock } from "sluice/base";
import type { FetchHandler, LogRow, OperatorStores, Stores } from "sluice/gate";
import type { Way } from "./serve.ts";

/** An answer as `fetch` reads it. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What is asked, beside the method and the path. */
export interface Asked {
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
}

/** The API while it is served. */
export interface Served<Reply extends Answered> {
  /** What its gate keeps everything in. */
  readonly kept: Stores;
  send(what: string, how?: Asked): Promise<Reply>;
  /** The row of a request, as soon as the gate is done with it. */
  row(requestId: string): Promise<LogRow>;
}

export interface ServedWith {
  readonly clock: VirtualClock;
  readonly kept: OperatorStores;
  /** @default the way of this run of the tests */
  readonly way?: Way;
  /** Stands before the plain API. */
  readonly wrap?: (fetch: FetchHandler) => FetchHandler;
  /** What stands behind the gate reports what its declaration does not say, on purpose. */
  readonly saysAnything?: true;
}

export interface Provoked<Live> {
  readonly live: Live;
  readonly reply: Answered;
  /** Lets go whatever had to be under way for it. */
  release(): void;
}

export interface Subject<
  Code extends string,
  Reply extends Answered = Answered,
  Live extends Served<Reply> = Served<Reply>,
> {
  readonly api: AnyApi;
  readonly codes: readonly Code[];
  /** When its virtual time begins. */
  readonly startMs: number;
  /** A `GET` that succeeds. */
  readonly reads: string;
  /** What is asked for each kind of stream that it has. */
  readonly streams: Readonly<Record<string, { readonly what: string; readonly json: unknown }>>;
  /** A key that may ask for every operation. */
  keyOf(live: Live): string;
  /** Fresh, and gone when the test is over. */
  start(how: ServedWith): Promise<Live>;
  /** The same, which has answered with this code. */
  provoke(code: Code, how: ServedWith): Promise<Provoked<Live>>;
  /** One session in which every operation is asked for, and answers. */
  askEverything(
    live: Live,
    send: (operation: string, what: string, json?: unknown) => Promise<Reply>,
  ): Promise<void>;
}

export function requestIdOf({ headers }: Pick<Answered, "headers">): string {
  return headers.get("X-Request-Id") ?? "";
}
