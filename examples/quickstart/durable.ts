/** The quickstart's API on one SQLite file: run it twice, and the second time it remembers the first. */
import { defineApi, defineWire, standard } from "sluice";
import { createGate, handlers, recentWindows, reply } from "sluice/gate";
import { openPepper, openSqliteStores } from "sluice/store/sqlite";

const wire = defineWire({
  ...standard.wire,
  about: { title: "Acme" },
  basePath: "/v1",
  key: { prefixes: { live: "acme_" }, alphabet: "base62", length: 32, places: [{ bearer: true }] },
  plans: ["free"],
  windows: { requests: { per: "key", limit: 60, windowMs: 60_000 } },
  operations: { hello: { method: "GET", path: "/hello", summary: "Says hello." } },
});
const server = { plans: { free: { title: "Free" } }, operations: { hello: {} } };
const api = defineApi(wire, server, standard.pages);
const upstream = handlers(api, { hello: (_, { caller }) => reply({ hello: caller.accountId }) });

const stores = await openSqliteStores({ file: "acme.db" });
const gate = createGate(api, { stores, upstream, pepper: openPepper("pepper.json") });
stores.limits.restore(await recentWindows(api, stores.log, gate.clock.wallMs()));
gate.sweeper.start();

const change = { by: "durable", atMs: gate.clock.wallMs() };
const account = { id: "acct_1", name: "First", plan: "free", subscription: "active" } as const;
await stores.directory.putAccount(account, change);
await gate.keys.create({ accountId: "acct_1", name: "another", by: "durable" });
console.log(`keys: ${(await stores.directory.keysOf("acct_1", { limit: 100 })).length}`);
await stores.close();
