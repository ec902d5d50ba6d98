// The gate as it is measured: key, plan, exact limit, rate headers, request id and log row, on the
// memory store unless told otherwise. The limit is far above what the load can reach, so nothing is
// refused.

import { defineApi, defineWire, fixed, monthly, standard } from "sluice";
import { createGate, type Gate, handlers, reply, type Stores, type Upstream } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { benchKey, ITEMS } from "../src/answer.ts";

export const ACCOUNT_ID = "acct_bench";
const PEPPER_BYTES = 32;
/** More than any load spends in a month. */
const CREDITS = 1_000_000_000;

export interface BenchGateOptions {
  /** @default in memory */
  readonly stores?: Stores;
  /** Each call costs a credit, so it is reserved and settled. @default false */
  readonly isCharged?: boolean;
  /** What does the work. @default a handler that answers with the items */
  readonly upstream?: (api: BenchApi) => Upstream;
}

type BenchApi = ReturnType<typeof benchApi>;

export function benchApi(isCharged = false) {
  const wire = defineWire({
    ...standard.wire,
    about: { title: "Bench" },
    basePath: "/v1",
    key: {
      prefixes: { live: "bench_live_" },
      alphabet: "hex",
      length: 32,
      places: [{ header: "X-API-Key" }, { bearer: true }],
    },
    plans: ["free", "paid"],
    windows: { requests: { per: "key", limit: { free: 60, paid: 1_000_000 }, windowMs: 1_000 } },
    operations: { listItems: { method: "GET", path: "/items", summary: "Lists the items." } },
  });
  return defineApi(
    wire,
    {
      plans: {
        free: { title: "Free" },
        paid: { title: "Paid", allowance: { credits: CREDITS, reset: monthly } },
      },
      operations: { listItems: { plans: ["paid"], ...(isCharged && { price: fixed(1) }) } },
    },
    standard.pages,
  );
}

export async function createBenchGate(options: BenchGateOptions = {}): Promise<Gate> {
  const { stores = createMemoryStores(), isCharged = false, upstream = itemsHandler } = options;
  const api = benchApi(isCharged);
  const gate = createGate(api, {
    stores,
    upstream: upstream(api),
    pepper: crypto.getRandomValues(new Uint8Array(PEPPER_BYTES)),
  });
  const change = { by: "bench", atMs: gate.clock.wallMs() };
  await stores.directory.putAccount(
    { id: ACCOUNT_ID, name: "Bench", plan: "paid", subscription: "active" },
    change,
  );
  await gate.keys.create({
    accountId: ACCOUNT_ID,
    name: "bench",
    secret: benchKey(),
    by: "bench",
  });
  return gate;
}

function itemsHandler(api: BenchApi): Upstream {
  return handlers(api, { listItems: () => reply(ITEMS) });
}
