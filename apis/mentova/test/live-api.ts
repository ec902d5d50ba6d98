// Mentova behind its gate, over real HTTP on a free port and in virtual time, with one account for each way
// in which the API says yes or no.

import { Outages } from "@sluice-internal/both-ways/outages";
import { Rows } from "@sluice-internal/both-ways/rows";
import { serve, type Way } from "@sluice-internal/both-ways/serve";
import { Undeclared } from "@sluice-internal/both-ways/undeclared";
import { wayOfTests } from "@sluice-internal/both-ways/way-of-tests";
import { seededRandom, VirtualClock } from "sluice/base";
import type { Account, FetchHandler, Gate, GateEvent, LogRow, Stores } from "sluice/gate";
import { createMemoryStores, type MemoryStores } from "sluice/store/memory";
import { expect, onTestFinished } from "vitest";
import { mentova } from "../contract/index.ts";
import { createMentovaUpstream, type MentovaUpstream } from "../upstream/index.ts";
import { type Ask, ask, type Reply } from "./reply.ts";

export type KeyName = "agency" | "second" | "stranger" | "free" | "revoked" | "expired" | "test";

export interface LiveApi {
  readonly url: string;
  readonly clock: VirtualClock;
  readonly gate: Gate;
  /** Empty where a test brought its own. */
  readonly stores: MemoryStores;
  /** What the gate keeps everything in. */
  readonly kept: Stores;
  readonly upstream: MentovaUpstream;
  readonly keys: Readonly<Record<KeyName, string>>;
  readonly outages: Outages;
  readonly events: readonly GateEvent[];
  /** What reached the plain API. */
  readonly passedOn: readonly Request[];
  /** Sends a request; the key is the agency's, unless `key` or a header says otherwise. */
  send(what: string, how?: Ask): Promise<Reply>;
  /** The row of a request, as soon as the gate is done with it. */
  row(requestId: string): Promise<LogRow>;
  creditsLeft(accountId?: string): number;
}

export interface LiveApiOptions {
  /** Stands before the plain API. */
  readonly wrap?: (fetch: FetchHandler) => FetchHandler;
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

export const agencyId = "acct_agency";
export const strangerId = "acct_stranger";
export const startMs = Date.UTC(2026, 5, 1, 9);
const by = "test";

function account(id: string, plan: string): Account {
  return { id, name: id, plan, subscription: "active" };
}

export const agency = account(agencyId, "agency");
const accounts = [agency, account(strangerId, "agency"), account("acct_free", "free")];

/** A fresh API, gone when the test is over. */
export async function startApi(options: LiveApiOptions = {}): Promise<LiveApi> {
  const { wrap = (fetch) => fetch, way = wayOfTests, headersTimeoutMs } = options;
  const { clock = new VirtualClock(startMs) } = options;
  const random = seededRandom("mentova tests");
  const stores = createMemoryStores();
  const { kept = stores } = options;
  const rows = new Rows();
  const undeclared = new Undeclared(mentova);
  const outages = new Outages();
  const upstream = createMentovaUpstream({ clock, random });
  const passedOn: Request[] = [];
  const events: GateEvent[] = [];
  const handler: FetchHandler = (request, caller) => {
    passedOn.push(request.clone());
    return upstream.fetch(request, caller);
  };
  const served = await serve(way, {
    api: mentova,
    stores: {
      ...kept,
      limits: outages.breakable("limits", kept.limits),
      ledger: outages.breakable("ledger", kept.ledger),
    },
    plain: wrap(handler),
    pepper: random.bytes(32),
    onEvent: (event) => events.push(event),
    onAnswer(row) {
      rows.note(row);
      undeclared.note(row);
    },
    clock,
    random,
    ...(headersTimeoutMs !== undefined && { headersTimeoutMs }),
  });
  const { gate } = served;
  const url = `${served.url}/api/v1`;
  for (const one of accounts) await kept.directory.putAccount(one, { by, atMs: startMs });
  const keys = await createKeys(gate);
  onTestFinished(async () => {
    await served.close();
    if (options.saysAnything !== true) expect(undeclared.list).toEqual([]);
  });
  return {
    ...{ url, clock, gate, stores, kept, upstream, keys, outages, events, passedOn },
    send: (what, how = {}) => ask(url, what, { headers: {}, key: keys.agency, ...how }),
    row: (requestId) => rows.of(requestId),
    creditsLeft: (accountId = agencyId) =>
      stores.ledger.balance(
        { accountId, allowance: mentova.server.plans.agency.allowance },
        clock.wallMs(),
      ).remaining,
  };
}

async function createKeys(gate: Gate): Promise<LiveApi["keys"]> {
  const create = async (accountId: string, name: KeyName, more: { expiresAtMs?: number } = {}) => {
    const environment = name === "test" ? "test" : "live";
    return await gate.keys.create({ accountId, name, environment, by, ...more });
  };
  const revoked = await create(agencyId, "revoked");
  await gate.keys.revoke(revoked.key.id, by);
  return {
    agency: (await create(agencyId, "agency")).secret,
    second: (await create(agencyId, "second")).secret,
    stranger: (await create(strangerId, "stranger")).secret,
    free: (await create("acct_free", "free")).secret,
    revoked: revoked.secret,
    expired: (await create(agencyId, "expired", { expiresAtMs: startMs })).secret,
    test: (await create(agencyId, "test")).secret,
  };
}

/** Spends an account's credits down to what is to be left. */
export async function spendDownTo(api: LiveApi, left: number, accountId = agencyId): Promise<void> {
  const { ledger } = api.kept;
  const nowMs = api.clock.wallMs();
  const funds = { accountId, allowance: mentova.server.plans.agency.allowance };
  const { remaining } = await ledger.balance(funds, nowMs);
  const amount = remaining - left;
  const holdId = `spend-${accountId}-${nowMs}`;
  const hold = { holdId, funds, budgets: [], amount, expiresAtMs: nowMs };
  await ledger.reserve({ ...hold, operation: "launchCampaign", keyId: by }, nowMs);
  await ledger.settle({ holdId, charge: amount, rememberMs: 0 }, nowMs);
}
