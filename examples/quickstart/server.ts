/** The smallest metered API: one operation, one key, sixty requests a minute. The README shows this file. */
import { createServer } from "node:http";
import { defineApi, defineWire, standard } from "sluice";
import { createNodeListener } from "sluice/adapter/node";
import { createGate, handlers, reply } from "sluice/gate";
import { createMemoryStores } from "sluice/store/memory";

const wire = defineWire({
  ...standard.wire, // a ready error catalogue; bring your own codes when you have them
  about: { title: "Acme" },
  basePath: "/v1",
  key: { prefixes: { live: "acme_" }, alphabet: "base62", length: 32, places: [{ bearer: true }] },
  plans: ["free"],
  windows: { requests: { per: "key", limit: 60, windowMs: 60_000 } },
  operations: { hello: { method: "GET", path: "/hello", summary: "Says hello." } },
});
const server = { plans: { free: { title: "Free" } }, operations: { hello: {} } };
const api = defineApi(wire, server, standard.pages);

const stores = createMemoryStores();
const upstream = handlers(api, { hello: (_, { caller }) => reply({ hello: caller.accountId }) });
const pepper = crypto.getRandomValues(new Uint8Array(32));
const gate = createGate(api, { stores, upstream, pepper });

const change = { by: "quickstart", atMs: gate.clock.wallMs() };
const account = { id: "acct_1", name: "First", plan: "free", subscription: "active" } as const;
await stores.directory.putAccount(account, change);
const { secret } = await gate.keys.create({ accountId: "acct_1", name: "demo", by: "quickstart" });
const port = Number(process.env["PORT"] ?? 3000);
createServer(createNodeListener(gate)).listen(port, "127.0.0.1", () =>
  console.log(`curl -i http://127.0.0.1:${port}/v1/hello -H "Authorization: Bearer ${secret}"`),
);
