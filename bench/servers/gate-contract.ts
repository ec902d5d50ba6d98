// The gate as it is measured: key, plan, exact limit, rate headers, request id and log row, on the
// memory store. The limit is far above what the load can reach, so nothing is refused.

import { defineApi, defineWire, standard } from "sluice";
import { createGate, type Gate, handlers, reply } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { benchKey, ITEMS } from "../src/answer.ts";

const PEPPER_BYTES = 32;

export async function createBenchGate(): Promise<Gate> {
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
  const api = defineApi(
    wire,
    {
      plans: { free: { title: "Free" }, paid: { title: "Paid" } },
      operations: { listItems: { plans: ["paid"] } },
    },
    standard.pages,
  );
  const stores = createMemoryStores();
  const gate = createGate(api, {
    stores,
    upstream: handlers(api, { listItems: () => reply(ITEMS) }),
    pepper: crypto.getRandomValues(new Uint8Array(PEPPER_BYTES)),
  });
  const change = { by: "bench", atMs: gate.clock.wallMs() };
  await stores.directory.putAccount(
    { id: "acct_bench", name: "Bench", plan: "paid", subscription: "active" },
    change,
  );
  await gate.keys.create({
    accountId: "acct_bench",
    name: "bench",
    secret: benchKey(),
    by: "bench",
  });
  return gate;
}
