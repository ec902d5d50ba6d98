// One account's conversation with a fresh upstream in virtual time, so that tests read as what they
// ask and what they get.

import { seededRandom, VirtualClock } from "sluice/base";
import {
  type Caller,
  createMaveraUpstream,
  type JobEnd,
  type MaveraUpstream,
  type Records,
} from "../../upstream/index.ts";
import { type Frame, framesIn } from "./frames.ts";

export const startMs = Date.UTC(2026, 5, 1, 9);

export interface Reply<T = unknown> {
  readonly status: number;
  readonly body: T;
}

/** What most answers have; tests compare the rest with what they expect. */
export interface Thing {
  readonly id: string;
  readonly status: string;
  readonly thread_id: string;
}

export interface List {
  readonly data: readonly Thing[];
  readonly has_more: boolean;
  readonly next_cursor: string | null;
  readonly total: number;
}

export class Session {
  readonly clock: VirtualClock;
  readonly upstream: MaveraUpstream;
  readonly caller: Caller;

  constructor(clock: VirtualClock, upstream: MaveraUpstream, caller: Caller) {
    this.clock = clock;
    this.upstream = upstream;
    this.caller = caller;
  }

  /** The same upstream, as somebody else sees it, or in another call. */
  as(change: Partial<Caller>): Session {
    return new Session(this.clock, this.upstream, { ...this.caller, ...change });
  }

  get<T = Thing>(path: string): Promise<Reply<T>> {
    return this.#reply(this.open("GET", path));
  }

  list(path: string): Promise<Reply<List>> {
    return this.get<List>(path);
  }

  post<T = Thing>(path: string, body: unknown): Promise<Reply<T>> {
    return this.send("POST", path, JSON.stringify(body));
  }

  send<T = Thing>(method: string, path: string, body: string): Promise<Reply<T>> {
    return this.#reply(this.open(method, path, { body }));
  }

  /** All of a stream that takes no time. */
  async stream(path: string, body: object): Promise<readonly Frame[]> {
    const text = JSON.stringify({ ...body, stream: true });
    const response = await this.open("POST", path, { body: text });
    return framesIn(await response.text());
  }

  open(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const request = new Request(`http://upstream${path}`, { method, ...init });
    return this.upstream.fetch(request, this.caller);
  }

  async #reply<T>(answer: Promise<Response>): Promise<Reply<T>> {
    const response = await answer;
    return { status: response.status, body: (await response.json()) as T };
  }
}

let newRecords: () => Records | undefined = () => undefined;

/** From here on, sessions of this test file that bring no records get such ones. */
export function keepRecordsIn(make: () => Records): void {
  newRecords = make;
}

export interface SessionOptions {
  readonly seed?: number;
  readonly clock?: VirtualClock;
  readonly records?: Records;
  readonly onJobEnd?: (end: JobEnd) => Promise<void>;
}

export function newSession(options: SessionOptions = {}): Session {
  const { seed = 1, clock = new VirtualClock(startMs), onJobEnd } = options;
  const records = options.records ?? newRecords();
  const upstream = createMaveraUpstream({
    clock,
    random: seededRandom(seed),
    ...(records && { records }),
    ...(onJobEnd && { onJobEnd }),
  });
  const caller: Caller = {
    accountId: "acct_1",
    keyId: "key_1",
    plan: "starter",
    limits: {},
    requestId: "request_1",
  };
  return new Session(clock, upstream, caller);
}
