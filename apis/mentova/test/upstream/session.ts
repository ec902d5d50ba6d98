// One account's conversation with a fresh upstream in virtual time, so that tests read as what they
// ask and what they get.

import { seededRandom, VirtualClock } from "sluice/base";
import {
  type Caller,
  createMentovaUpstream,
  type MentovaUpstream,
  type Records,
} from "../../upstream/index.ts";

export const startMs = Date.UTC(2026, 5, 1, 9);

export interface Reply {
  readonly status: number;
  /** The parsed JSON; tests compare it with what they expect, so its type does not matter. */
  readonly body: unknown;
}

export class Session {
  readonly clock: VirtualClock;
  readonly upstream: MentovaUpstream;
  readonly caller: Caller;

  constructor(clock: VirtualClock, upstream: MentovaUpstream, caller: Caller) {
    this.clock = clock;
    this.upstream = upstream;
    this.caller = caller;
  }

  /** The same upstream, as another account sees it. */
  as(accountId: string): Session {
    return new Session(this.clock, this.upstream, { ...this.caller, accountId });
  }

  withLimits(limits: Readonly<Record<string, number>>): Session {
    const caller = { ...this.caller, limits: { ...this.caller.limits, ...limits } };
    return new Session(this.clock, this.upstream, caller);
  }

  get(path: string): Promise<Reply> {
    return this.#send(path, { method: "GET" });
  }

  delete(path: string): Promise<Reply> {
    return this.#send(path, { method: "DELETE" });
  }

  post(path: string, body: unknown): Promise<Reply> {
    return this.send("POST", path, JSON.stringify(body));
  }

  patch(path: string, body: unknown): Promise<Reply> {
    return this.send("PATCH", path, JSON.stringify(body));
  }

  send(method: string, path: string, body: string): Promise<Reply> {
    return this.#send(path, { method, body });
  }

  async #send(path: string, init: RequestInit): Promise<Reply> {
    const request = new Request(`http://upstream.test${path}`, init);
    const response = await this.upstream.fetch(request, this.caller);
    const body: unknown = await response.json();
    return { status: response.status, body };
  }
}

let newRecords: () => Records | undefined = () => undefined;

/** From here on, sessions of this test file that bring no records get such ones. */
export function keepRecordsIn(make: () => Records): void {
  newRecords = make;
}

export interface SessionOptions {
  readonly campaignDelayMs?: number;
  readonly seed?: number;
  readonly wallMs?: number;
  readonly records?: Records;
}

export function newSession(options: SessionOptions = {}): Session {
  const { seed = 1, wallMs = startMs, records = newRecords(), campaignDelayMs } = options;
  const clock = new VirtualClock(wallMs);
  const upstream = createMentovaUpstream({
    clock,
    random: seededRandom(seed),
    ...(records && { records }),
    ...(campaignDelayMs !== undefined && { campaignDelayMs }),
  });
  const caller: Caller = {
    accountId: "acct_1",
    keyId: "key_1",
    plan: "agency",
    limits: { brands: 10, avatarsPerBrand: 5, slotsPerCampaign: 5 },
    requestId: "request_1",
  };
  return new Session(clock, upstream, caller);
}

/** What such an answer carries under `data`, read as a list or a single thing with an id. */
export function dataOf<T = { readonly id: string }>(reply: Reply): T {
  if (typeof reply.body !== "object" || reply.body === null || !("data" in reply.body)) {
    throw new Error(`Expected data, got ${JSON.stringify(reply)}`);
  }
  return reply.body.data as T;
}
