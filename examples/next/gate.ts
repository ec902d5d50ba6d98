/** The contract of Acme, its gate, and a key to try it with: once a process, however often Next.js loads this module. */
import { defineApi, defineWire, standard } from "sluice";
import { createGate, routes } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";
import { z } from "zod";

const wire = defineWire({
  ...standard.wire,
  about: { title: "Acme" },
  basePath: "/v1",
  key: { prefixes: { live: "acme_" }, alphabet: "base62", length: 32, places: [{ bearer: true }] },
  plans: ["free"],
  windows: { requests: { per: "key", limit: 60, windowMs: 60_000 } },
  operations: {
    hello: { method: "GET", path: "/hello", summary: "Says hello." },
    echo: { method: "POST", path: "/echo", summary: "Says it again." },
  },
});
const echo = { body: z.object({ text: z.string().max(100) }) };
const server = { plans: { free: { title: "Free" } }, operations: { hello: {}, echo } };
export const api = defineApi(wire, server, standard.pages);

async function open() {
  const stores = createMemoryStores();
  const pepper = crypto.getRandomValues(new Uint8Array(32));
  const gate = createGate(api, { stores, upstream: routes(api), pepper });
  const change = { by: "example", atMs: gate.clock.wallMs() };
  const account = { id: "acct_1", name: "First", plan: "free", subscription: "active" } as const;
  await stores.directory.putAccount(account, change);
  const { secret } = await gate.keys.create({ accountId: "acct_1", name: "demo", by: "example" });
  return { gate, secret };
}

const kept = globalThis as { acme?: ReturnType<typeof open> };
kept.acme ??= open();
export const { gate, secret } = await kept.acme;
