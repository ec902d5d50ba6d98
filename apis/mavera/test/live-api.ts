// Mavera behind its gate, over real HTTP on a free port and in virtual time.

import type { Departures } from "@sluice-internal/both-ways/departures";
import { Outages } from "@sluice-internal/both-ways/outages";
import { serve, type Way } from "@sluice-internal/both-ways/serve";
import { Undeclared } from "@sluice-internal/both-ways/undeclared";
import { wayOfTests } from "@sluice-internal/both-ways/way-of-tests";
import { seededRandom, VirtualClock } from "sluice/base";
import type { Balance, FetchHandler, Gate, GateEvent, LogRow, Stores } from "sluice/gate";
import { createMemoryStores, type MemoryStores } from "sluice/store/memory";
import { expect, onTestFinished } from "vitest";
import { answers } from "../answers/index.ts";
import { mavera } from "../contract/index.ts";
import { createMaveraUpstream, type MaveraUpstream, type Records } from "../upstream/index.ts";
import { Arrivals } from "./arrivals.ts";
import { LogWatch } from "./log-watch.ts";
import { type Keys, movePeopleIn, starterId } from "./people.ts";
import { type Ask, ask, open, type Reply } from "./reply.ts";

export interface LiveApi {
  readonly url: string;
  readonly clock: VirtualClock;
  readonly gate: Gate;
  /** Empty where a test brought its own. */
  readonly stores: MemoryStores;
  /** What the gate keeps everything in. */
  readonly kept: Stores;
  readonly upstream: MaveraUpstream;
  readonly keys: Keys;
  readonly outages: Outages;
  readonly events: readonly GateEvent[];
  readonly arrivals: Arrivals;
  readonly departures: Departures;
  /** Sends a request and reads the answer; the key is the starter's unless `key` says otherwise. */
  send(what: string, how?: Ask): Promise<Reply>;
  /** The same, without reading the answer's body. */
  open(what: string, how?: Ask): Promise<Response>;
  /** The row of a request, as soon as the gate is done with it. */
  row(requestId: string): Promise<LogRow>;
  funds(accountId?: string): Balance;
  /** Ends it as a crash does: jobs stop where they are. Safe to call twice. */
  die(): Promise<void>;
}

export interface LiveApiOptions {
  /** Stands before the plain API. */
  readonly wrap?: (fetch: FetchHandler) => FetchHandler;
  /** Where the plain API keeps what it knows. */
  readonly records?: Records;
  /** The process that died before: this one has its stores, save for what was in its memory. */
  readonly before?: LiveApi;
  /** @default the way of this run of the tests */
  readonly way?: Way;
  /** @default in memory */
  readonly kept?: Stores;
  /** @default one that starts at the same moment for all */
  readonly clock?: VirtualClock;
  /** Until the head of a request must have come. @default no test is so slow */
  readonly headersTimeoutMs?: number;
  /** What stands behind it reports what its declaration does not say, on purpose. */
  readonly saysAnything?: true;
}

/** Neither a whole second nor a whole minute. */
export const startMs = Date.UTC(2026, 5, 15, 9, 30, 12) + 345;

/** A fresh API, gone when the test is over. */
export async function startApi(options: LiveApiOptions = {}): Promise<LiveApi> {
  const { wrap = (fetch) => fetch, records, before, way = wayOfTests, headersTimeoutMs } = options;
  const clock = options.clock ?? before?.clock ?? new VirtualClock(startMs);
  const random = seededRandom(before === undefined ? "mavera tests" : "mavera tests, again");
  const fresh = createMemoryStores();
  const stores = before === undefined ? fresh : { ...before.stores, limits: fresh.limits };
  const { kept = stores } = options;
  const outages = new Outages();
  const watch = new LogWatch();
  const arrivals = new Arrivals();
  const undeclared = new Undeclared(mavera);
  const events: GateEvent[] = [];
  const upstream = createMaveraUpstream({
    clock,
    random,
    ...(records && { records }),
    async onJobEnd({ requestId, outcome }) {
      await served.gate.jobs.end(requestId, outcome);
    },
  });
  const plain = wrap(upstream.fetch);
  const served = await serve(way, {
    api: mavera,
    stores: {
      directory: outages.breakable("directory", kept.directory),
      limits: outages.breakable("limits", kept.limits),
      ledger: outages.breakable("ledger", kept.ledger),
      log: watch.watched(kept.log),
    },
    answers,
    plain(request, caller) {
      arrivals.note(request, caller);
      return plain(request, caller);
    },
    pepper: seededRandom("mavera tests' pepper").bytes(32),
    onEvent: (event) => events.push(event),
    onAnswer: (row) => undeclared.note(row),
    clock,
    random,
    ...(headersTimeoutMs !== undefined && { headersTimeoutMs }),
  });
  const { gate, departures } = served;
  const url = `${served.url}/api/v1`;
  const keys = before?.keys ?? (await movePeopleIn(kept, gate));
  const die = () => {
    upstream.close();
    return served.close();
  };
  onTestFinished(async () => {
    await die();
    if (options.saysAnything !== true) expect(undeclared.list).toEqual([]);
  });
  return {
    ...{ url, clock, gate, stores, kept, upstream },
    ...{ keys, outages, events, arrivals, departures, die },
    send: (what, how = {}) => ask(url, what, { key: keys.starter, ...how }),
    open: (what, how = {}) => open(url, what, { key: keys.starter, ...how }),
    row: (requestId) => watch.row(requestId),
    funds: (accountId = starterId) => fundsOf(stores, accountId, clock.wallMs()),
  };
}

function fundsOf({ directory, ledger }: MemoryStores, accountId: string, nowMs: number): Balance {
  const plan = directory.account(accountId)?.plan ?? "";
  const { allowance } = mavera.server.plans[plan as keyof typeof mavera.server.plans];
  return ledger.balance({ accountId, allowance }, nowMs);
}

/** The smallest thing to ask `POST /responses` for; costs one credit. */
export const hello = { model: "mavera-1", input: "Hello" } as const;
