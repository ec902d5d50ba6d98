/** Our gates, as somebody runs them: alone with stores in memory or in one file, or several over Redis and PostgreSQL. */
import { Redis } from "ioredis";
import pg from "pg";
import { createFetchHandler } from "sluice/adapter/fetch";
import { type Clock, systemClock } from "sluice/base";
import { createGate, type Gate, handlers, recentWindows, reply, type Stores } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { openPostgresStores } from "sluice/store/postgres";
import { createRedisLimits } from "sluice/store/redis";
import { openSqliteStores } from "sluice/store/sqlite";
import { acme } from "./acme.ts";

/** The same for all gates: which of them a key came from does not matter. */
const PEPPER = new Uint8Array(32).fill(7);
const BASE = "https://api.acme.test/v1";
/** So long a dead process's slots stay taken. */
export const LEASE_MS = 1_000;
/** As long as a note takes. */
const NOTE_MS = 100;

export type Place =
  | { readonly kind: "memory"; readonly stores?: Stores }
  | { readonly kind: "sqlite"; readonly file: string }
  | { readonly kind: "shared"; readonly database: object; readonly redisPort: number };

export interface OurGate {
  readonly gate: Gate;
  readonly stores: Stores;
  /** How often a note was kept, by its gate. */
  readonly notes: () => number;
  /** Of a call that began and has not ended. */
  readonly hanging: () => number;
  newCaller(): Promise<OurCaller>;
  callerOf(secret: string): Pick<OurCaller, "call">;
  close(): Promise<void>;
}

export interface OurCaller {
  readonly accountId: string;
  readonly keyId: string;
  readonly secret: string;
  call(path: string, init?: RequestInit): Promise<Response>;
  balance(): Promise<{ readonly remaining: number; readonly held: number }>;
}

export async function openOurGate(place: Place, clock: Clock = systemClock): Promise<OurGate> {
  const { stores, close } = await openStores(place);
  let notes = 0;
  let hanging = 0;
  const upstream = handlers(acme, {
    hello: (_, { caller }) => reply({ hello: caller.accountId }),
    async render({ params }) {
      if (params.how === "throws") throw new Error("out of paint");
      if (params.how === "works") return reply({ rendered: true });
      hanging++;
      return new Promise(() => undefined);
    },
    async note() {
      await clock.sleep(NOTE_MS);
      return reply({ note: ++notes }, 201);
    },
  });
  const gate = createGate(acme, {
    stores,
    upstream,
    pepper: PEPPER,
    clock,
    onEvent: () => undefined,
  });
  const handle = createFetchHandler(gate);
  const callerOf = (secret: string) => ({
    call: (path: string, init: RequestInit = {}) => {
      const headers = { ...init.headers, authorization: `Bearer ${secret}` };
      return handle(new Request(BASE + path, { ...init, headers }));
    },
  });
  return {
    gate,
    stores,
    notes: () => notes,
    hanging: () => hanging,
    callerOf,
    newCaller: () => newCaller(gate, stores, callerOf),
    async close() {
      gate.close();
      await close();
    },
  };
}

async function newCaller(
  gate: Gate,
  { directory, ledger }: Stores,
  callerOf: OurGate["callerOf"],
): Promise<OurCaller> {
  const id = `acct_${crypto.randomUUID()}`;
  const change = { by: "bench", atMs: gate.clock.wallMs() };
  const account = { id, name: "One", plan: "free", subscription: "active" } as const;
  await directory.putAccount(account, change);
  const { key, secret } = await gate.keys.create({ accountId: id, name: "key", by: "bench" });
  return {
    accountId: id,
    keyId: key.id,
    secret,
    ...callerOf(secret),
    balance: () => balanceOf({ ledger }, id, gate.clock.wallMs()),
  };
}

export async function balanceOf(
  { ledger }: Pick<Stores, "ledger">,
  accountId: string,
  nowMs: number,
) {
  const { allowance } = acme.server.plans.free;
  return ledger.balance({ accountId, allowance }, nowMs);
}

async function openStores(place: Place): Promise<{ stores: Stores; close(): Promise<void> }> {
  switch (place.kind) {
    case "memory":
      return { stores: place.stores ?? createMemoryStores(), close: async () => undefined };
    case "sqlite": {
      const stores = await openSqliteStores({ file: place.file });
      stores.limits.restore(await recentWindows(acme, stores.log, systemClock.wallMs()));
      return { stores, close: () => stores.close() };
    }
    case "shared": {
      const pool = new pg.Pool({ ...place.database, max: 10, connectionTimeoutMillis: 2_000 });
      pool.on("error", () => undefined);
      const client = new Redis({ port: place.redisPort, autoResendUnfulfilledCommands: false });
      client.on("error", () => undefined);
      const stored = await openPostgresStores({ pool });
      const limits = createRedisLimits({ client, leaseMs: LEASE_MS });
      return {
        stores: { ...stored, limits },
        async close() {
          await stored.close().catch(() => undefined);
          client.disconnect();
          await pool.end();
        },
      };
    }
  }
}
